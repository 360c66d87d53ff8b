"""How the interface writes instants: 14 local digits, and PositionTime's three spellings."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from regulator.domain.instants import SECOND, Instant, from_digits
from regulator.wire.ministry.fields import Kind

Clock = Callable[[int | None], Instant | None]
"""Reads a number of the interface; None where it shows no instant."""

Calendar = Callable[[int | None], date | None]
"""Reads a number of the interface; None where it shows no day."""

Instants = tuple[Instant | None, ...]
"""A record's times in the order of ``MessageType.times``, the event time first."""

_REMEMBERED_SECONDS = 100_000
_EPOCH_DAY = 19_700_101
_EPOCH_MONTH = 197_001
_REMEMBERED_DAYS = 20_000


class _LocalTimes(dict[int | None, Instant | None]):
    """14 digits → instant, remembered: a feed tells the same seconds over and over."""

    def __missing__(self, digits: int | None) -> Instant | None:
        is_told = digits is not None and digits // 1_000_000 != _EPOCH_DAY
        instant = from_digits(digits) if is_told else None  # type: ignore[arg-type]  # not None
        if len(self) >= _REMEMBERED_SECONDS:
            self.clear()
        self[digits] = instant
        return instant


local_time: Clock = _LocalTimes().__getitem__
"""Read ``YYYYMMDDhhmmss``; None where no calendar or clock shows it, and for the epoch's day.

1970-01-01 is what a sender's empty field turns into; nobody rode then.
"""


def position_time(number: int | None) -> Instant | None:
    """Read a PositionTime: 14 digits from 20 on are local time, 13 milliseconds, 10 seconds."""
    if number is None:
        return None
    if 10**9 <= number < 10**10:
        return number * SECOND  # type: ignore[return-value]  # as above
    if 10**12 <= number < 10**13:
        return Instant(number * 1000)
    return local_time(number) if 20 * 10**12 <= number < 21 * 10**12 else None


@lru_cache(_REMEMBERED_DAYS)
def birthday(digits: int | None) -> date | None:
    """Read ``YYYYMMDD``; None where no calendar shows it."""
    if digits is None:
        return None
    try:
        return date(digits // 10_000, digits // 100 % 100, digits % 100)
    except (ValueError, OverflowError):
        return None


def day(digits: int | None) -> date | None:
    """Read ``YYYYMMDD``; None where no calendar shows it, and for the epoch."""
    return None if digits == _EPOCH_DAY else birthday(digits)


def month(digits: int | None) -> date | None:
    """Read ``YYYYMM`` as its first day; None where no calendar shows it, and for the epoch."""
    return None if digits is None or digits == _EPOCH_MONTH else birthday(digits * 100 + 1)


CALENDARS: Mapping[Kind, Calendar] = {
    Kind.DAY: day,
    Kind.BIRTHDAY: birthday,
    Kind.MONTH: month,
}
"""How days and months are read."""
