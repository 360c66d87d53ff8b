"""Instants, and the two ways the outside writes them.

An instant is a whole number of microseconds since 1970-01-01T00:00Z: exact for every format that
comes in, compared and stored as one machine word. The ministry writes Asia/Shanghai local time
(UTC+8, no summer time) as 14 digits; everybody else writes RFC 3339 with offset.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import NewType

Instant = NewType("Instant", int)

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

SHANGHAI = timezone(timedelta(hours=8))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOCAL_EPOCH = datetime(1970, 1, 1, 8, tzinfo=SHANGHAI)
_SHANGHAI_OFFSET = 8 * HOUR
_MICROSECOND = timedelta(microseconds=1)


def from_datetime(moment: datetime) -> Instant:
    """Turn an aware datetime into an instant; a naive one raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError(f"an instant needs an offset: {moment.isoformat()}")
    return Instant((moment - _EPOCH) // _MICROSECOND)


def to_datetime(instant: Instant) -> datetime:
    """Return the instant as a datetime in Asia/Shanghai; beyond the calendar's years, its first or last.

    Licences run "to 9999-12-31", whose end is an instant of the year 10000.
    """
    return _LOCAL_EPOCH + timedelta(microseconds=min(max(instant, _FIRST), _LAST))


def from_rfc3339(text: str) -> Instant:
    """Read an RFC 3339 instant; without an offset, or not a time at all, raises ValueError."""
    return from_datetime(datetime.fromisoformat(text))


def to_rfc3339(instant: Instant) -> str:
    """Write an instant as RFC 3339 in Asia/Shanghai, as short as it is exact."""
    return to_datetime(instant).isoformat()


def from_digits(digits: int) -> Instant | None:
    """Read ``YYYYMMDDhhmmss`` local time; None where no calendar or clock shows it.

    >>> to_rfc3339(from_digits(20260302081530))
    '2026-03-02T08:15:30+08:00'
    """
    day, clock = divmod(digits, 1_000_000)
    midnight = _midnight(day)
    hours, rest = divmod(clock, 10_000)
    minutes, seconds = divmod(rest, 100)
    if midnight is None or hours > 23 or minutes > 59 or seconds > 59:
        return None
    return Instant(midnight + (hours * 3600 + minutes * 60 + seconds) * SECOND)


def to_digits(instant: Instant) -> str:
    """Write an instant as 14 digits of local time; a part of a second is dropped."""
    return to_datetime(instant).strftime("%Y%m%d%H%M%S")


def start_of(day: date) -> Instant:
    """Return 00:00 in Asia/Shanghai of a day."""
    return Instant((day.toordinal() - _EPOCH.toordinal()) * DAY - _SHANGHAI_OFFSET)


def day_of(instant: Instant) -> date:
    """Return the day in Asia/Shanghai that holds an instant."""
    return to_datetime(instant).date()


def is_midnight(instant: Instant) -> bool:
    """Tell whether a day begins in Asia/Shanghai at an instant."""
    return (instant + _SHANGHAI_OFFSET) % DAY == 0


_FIRST, _LAST = start_of(date.min), Instant(start_of(date.max) + DAY - 1)


_MIDNIGHTS: dict[int, Instant | None] = {}
_REMEMBERED_DAYS = 4096


def _midnight(day: int) -> Instant | None:
    """00:00 of a day written as ``YYYYMMDD``, remembered: a feed names a handful of days a million times."""
    try:
        return _MIDNIGHTS[day]
    except KeyError:
        pass
    try:
        midnight: Instant | None = start_of(date(day // 10_000, day // 100 % 100, day % 100))
    except (ValueError, OverflowError):
        midnight = None
    if len(_MIDNIGHTS) < _REMEMBERED_DAYS:
        _MIDNIGHTS[day] = midnight
    return midnight
