"""Days and instants as departments and their spreadsheets write them.

A day, an instant with offset (RFC 3339), or a time without one, which is Asia/Shanghai's.
"""

import re
from datetime import date, datetime, timedelta

import msgspec

from regulator.domain.instants import DAY, SHANGHAI, Instant, from_datetime, from_rfc3339, start_of
from regulator.wire.register_cells import Cell, text_of

A_DAY = "a day YYYY-MM-DD (or 2024/3/1, 20240301, 2024年3月1日)"
A_DAY_OR_INSTANT = f"{A_DAY} or an RFC 3339 instant"

_DAY = re.compile(
    r"(?P<y>[0-9]{4})(?:-(?P<m1>[0-9]{1,2})-(?P<d1>[0-9]{1,2})|/(?P<m2>[0-9]{1,2})/(?P<d2>[0-9]{1,2})"
    r"|\.(?P<m3>[0-9]{1,2})\.(?P<d3>[0-9]{1,2})|(?P<m4>[0-9]{2})(?P<d4>[0-9]{2})"
    r"|年(?P<m5>[0-9]{1,2})月(?P<d5>[0-9]{1,2})[日号]?)"
    r"(?:[T ]*(?P<h>[0-9]{1,2})[::时](?P<n>[0-9]{2})(?:[::分](?P<s>[0-9]{2})(?:\.[0-9]+)?秒?)?)?",
    re.ASCII,
)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""Spreadsheets count days from 1899-12-30: these are of 1954 and 2119."""
_SERIAL_ORIGIN = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no offset
_LAST_MINUTE = (23, 59)
_REMEMBERED = 1 << 16


class Read(msgspec.Struct, frozen=True, gc=False):
    """What a cell says. ``start``: its beginning; ``end``: where a period ends of which it is the last."""

    start: Instant
    end: Instant
    day: date | None = None


class Days:
    """Reads cells and remembers them: a register names a few thousand days a million times."""

    def __init__(self) -> None:
        self._known: dict[Cell, Read | None] = {}

    def read(self, cell: Cell) -> Read | None:
        """Return what a cell says; None where it is neither day nor time."""
        try:
            return self._known[cell]
        except KeyError:
            pass
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        read = self._known[cell] = _read(cell)
        return read


def _read(cell: Cell) -> Read | None:
    try:
        if isinstance(cell, datetime):
            return _of_time(cell)
        if isinstance(cell, date):
            return _of_day(cell)
        if isinstance(cell, int | float) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
            return _of_time(_SERIAL_ORIGIN + timedelta(seconds=round(cell * 86_400)))
        return _of_text(text_of(cell))
    except (ValueError, OverflowError):
        return None


def _of_text(text: str) -> Read | None:
    found = _DAY.fullmatch(text)
    if found is None:
        if len(text) == 14 and text.isascii() and text.isdecimal():
            return _of_time(datetime.strptime(text, "%Y%m%d%H%M%S"))  # noqa: DTZ007 - local, see above
        instant = from_rfc3339(text)
        return Read(instant, instant)
    month, day = (
        int(next(found[f"{part}{form}"] for form in "12345" if found[f"{part}{form}"])) for part in "md"
    )
    time = (int(found["h"] or 0), int(found["n"] or 0), int(found["s"] or 0))
    return _of_time(datetime(int(found["y"]), month, day, *time))  # noqa: DTZ001 - local, see above


def _of_time(time: datetime) -> Read:
    """Midnight, and the last minute of a day, are a spreadsheet's ways to say a day."""
    if time.tzinfo is not None:
        instant = from_datetime(time)
        return Read(instant, instant)
    day = _of_day(time.date())
    clock = (time.hour, time.minute)
    if clock == (0, 0) and not time.second:
        return day
    instant = from_datetime(time.replace(tzinfo=SHANGHAI))
    return Read(instant, day.end if clock == _LAST_MINUTE else instant, time.date())


def _of_day(day: date) -> Read:
    start = start_of(day)
    return Read(start, Instant(start + DAY), day)
