"""A feed's usual rhythm, learnt from its own arrivals, and when it is silent or late against it.

Of each hour of the day the usual number of messages is the mean over the days seen. A feed is
silent when, since its last message, so many would usually have come that their absence is no chance
(``silent_usual_gaps`` times the usual gap), and never sooner than ``silent_least_seconds``. It is
late when the share of untimely records of the last hours exceeds its usual share clearly. Before
three days are known plain limits hold. All of it is this project's own, nothing of it official.
"""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from regulator.domain.instants import DAY, HOUR, SECOND, Instant
from regulator.domain.limits import Limits

LEARNT_FROM = 14 * DAY
"""So far back a rhythm is learnt."""

_KNOWN_AFTER = 3 * DAY
_LATE_OVER = 2 * HOUR
_LATE_LEAST_RECORDS = 50
_LATE_FACTOR, _LATE_MORE = 3.0, 0.05


class Hour(msgspec.Struct, frozen=True, gc=False):
    """What arrived on a feed in the hour that began at ``hour``; ``newest_at``: its last message."""

    topic: str
    hour: Instant
    messages: int
    records: int
    handled: int
    untimely: int
    newest_at: Instant


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How long a feed may be silent: usual gaps, seconds at least, seconds and share before it is known."""

    usual_gaps: float
    least_seconds: float
    unlearnt_seconds: float
    unlearnt_late_share: float


def patience_of(limits: Limits, at: Instant) -> Patience:
    """Return what the limits in force at an instant allow a feed."""
    return Patience(
        usual_gaps=limits.value("silent_usual_gaps", at),
        least_seconds=limits.value("silent_least_seconds", at),
        unlearnt_seconds=limits.value("silent_before_learnt_seconds", at),
        unlearnt_late_share=limits.value("late_before_learnt_share", at),
    )


class Pulse(msgspec.Struct, frozen=True, kw_only=True):
    """How a feed is. ``usual_gap``: seconds between messages at this hour; None before it is known.

    ``late_share`` is None where too few records came lately to say.
    """

    topic: str
    newest_at: Instant
    silence: float
    silent: bool
    learnt: bool
    usual_gap: float | None
    late_share: float | None
    usual_late_share: float | None
    late: bool


def pulse_of(topic: str, hours: Sequence[Hour], *, now: Instant, patience: Patience) -> Pulse | None:
    """Tell how a feed is by its hours of the last LEARNT_FROM; None where nothing came in that time."""
    if not hours:
        return None
    newest = max(one.newest_at for one in hours)
    this_hour = now // HOUR * HOUR
    rhythm = _Rhythm([one for one in hours if one.hour < this_hour], until=Instant(this_hour))
    silence = max(0.0, (now - newest) / SECOND)
    late_share, usual_share = _late_shares(hours, now)
    return Pulse(
        topic=topic,
        newest_at=newest,
        silence=silence,
        silent=_is_silent(rhythm, newest, now, patience),
        learnt=rhythm.known,
        usual_gap=rhythm.gap(now) if rhythm.known else None,
        late_share=late_share,
        usual_late_share=usual_share if rhythm.known else None,
        late=_is_late(late_share, usual_share if rhythm.known else None, patience),
    )


class _Rhythm:
    """The usual number of messages of each hour of the day, over the hours since the first one seen."""

    def __init__(self, hours: Sequence[Hour], *, until: Instant) -> None:
        since = min((one.hour for one in hours), default=until)
        self.known = until - since >= _KNOWN_AFTER
        came: dict[int, int] = defaultdict(int)
        for one in hours:
            came[_of_day(one.hour)] += one.messages
        seen: dict[int, int] = defaultdict(int)
        for hour in range(since, until, HOUR):
            seen[_of_day(hour)] += 1
        self._usual = {which: came[which] / number for which, number in seen.items()}

    def gap(self, at: Instant) -> float | None:
        """Return the usual seconds between messages; None at an hour in which usually none come."""
        usual = self._usual.get(_of_day(at), 0.0)
        return HOUR / SECOND / usual if usual else None

    def expected(self, since: Instant, until: Instant) -> float:
        """Return how many messages usually come between two instants."""
        sum_, at = 0.0, int(since)
        while at < until:
            end = min(until, at // HOUR * HOUR + HOUR)
            sum_ += self._usual.get(_of_day(at), 0.0) * (end - at) / HOUR
            at = end
        return sum_


def _of_day(at: int) -> int:
    return at // HOUR % 24


def _is_silent(rhythm: _Rhythm, newest: Instant, now: Instant, patience: Patience) -> bool:
    silence = (now - newest) / SECOND
    if not rhythm.known:
        return silence > patience.unlearnt_seconds
    return silence > patience.least_seconds and rhythm.expected(newest, now) > patience.usual_gaps


def _late_shares(hours: Sequence[Hour], now: Instant) -> tuple[float | None, float | None]:
    """Return the share of untimely records of this hour and the two before it, and of those before."""
    since = now // HOUR * HOUR - _LATE_OVER
    lately = [one for one in hours if one.hour >= since]
    before = [one for one in hours if one.hour < since]
    return _share(lately, _LATE_LEAST_RECORDS), _share(before, 1)


def _share(hours: Sequence[Hour], least: int) -> float | None:
    handled = sum(one.handled for one in hours)
    return sum(one.untimely for one in hours) / handled if handled >= least else None


def _is_late(share: float | None, usual: float | None, patience: Patience) -> bool:
    if share is None:
        return False
    if usual is None:
        return share > patience.unlearnt_late_share
    return share > usual * _LATE_FACTOR and share > usual + _LATE_MORE
