"""Whether a licence or an episode goes on at an instant, and what is left of it when it is ended then.

What is ended stays in the register up to that instant: what was lawful before remains so.
"""

import msgspec

from regulator.domain.episodes import Episode, EpisodeEvent, EpisodeStep
from regulator.domain.instants import Instant
from regulator.domain.licences import Period, PeriodState, Statement, state_at

Told = tuple[Period, ...] | tuple[EpisodeEvent, ...]
"""The periods of a licence, or the events of an episode."""


def told_by(word: Statement | Episode) -> Told:
    """Return what a word says of time."""
    return word.periods if isinstance(word, Statement) else word.events


def holds(told: Told, at: Instant) -> bool:
    """Tell whether a licence is valid, or an episode begun and not lifted, at an instant."""
    periods = [one for one in told if isinstance(one, Period)]
    if periods:
        present = state_at(periods, at)
        return present is not None and present.state is PeriodState.VALID
    events = [one for one in told if isinstance(one, EpisodeEvent) and one.at <= at]
    began = min((one.at for one in events if one.step is not EpisodeStep.LIFTED), default=None)
    if began is None:
        return False
    return all(one.step is not EpisodeStep.LIFTED or one.at < began for one in events)


def lasts(told: Told, at: Instant) -> bool:
    """Tell whether anything that is said reaches beyond an instant, so that it can be ended then."""
    if any(isinstance(one, Period) and (one.end is None or one.end > at) for one in told):
        return True
    return holds(told, at) and not any(isinstance(one, Period) for one in told)


def ended(word: Statement | Episode, at: Instant) -> Statement | Episode:
    """Return a word as it was up to an instant, and no further."""
    if isinstance(word, Episode):
        lifted = EpisodeEvent(EpisodeStep.LIFTED, at)
        return msgspec.structs.replace(word, events=(*word.events, lifted))
    periods = tuple(
        one if one.end is not None and one.end <= at else Period(one.start, at, one.state)
        for one in word.periods
        if one.start < at
    )
    return msgspec.structs.replace(word, periods=periods)
