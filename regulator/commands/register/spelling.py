"""Periods and events as a clerk reads them."""

from regulator.domain.episodes import EpisodeEvent
from regulator.domain.instants import Instant, to_rfc3339
from regulator.domain.licences import Period
from regulator.store.endings import Told


def spell_told(told: Told) -> str:
    """Spell what is said of time: ``to`` is the instant at which a period is over."""
    return "; ".join(map(_spelt, told)) or "nothing"


def _spelt(one: Period | EpisodeEvent) -> str:
    if isinstance(one, EpisodeEvent):
        return f"{one.step} {_minute(one.at)}"
    return f"{one.state} {_minute(one.start)} – {_minute(one.end) if one.end is not None else '…'}"


def _minute(instant: Instant) -> str:
    return to_rfc3339(instant)[:16]
