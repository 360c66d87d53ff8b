"""Times as officers read them: Asia/Shanghai, the day only where it is not today."""

from regulator.domain.instants import Instant, day_of, from_rfc3339, to_datetime


def clock_time(at: Instant | None, *, now: Instant, seconds: bool = False) -> str:
    """Return hours and minutes, with month and day before them where the day is another."""
    if at is None:
        return ""
    moment = to_datetime(at)
    form = "%H:%M:%S" if seconds else "%H:%M"
    if day_of(at) != day_of(now):
        form = ("%m-%d " if moment.year == to_datetime(now).year else "%Y-%m-%d ") + form
    return moment.strftime(form)


def event_time(text: str | None, *, now: Instant) -> str:
    """Return an RFC 3339 instant of the enforcement queue as an officer reads it."""
    return clock_time(from_rfc3339(text), now=now, seconds=True) if text else ""


def milliseconds(at: Instant | None) -> int | None:
    """Return an instant as JavaScript counts it."""
    return None if at is None else at // 1000
