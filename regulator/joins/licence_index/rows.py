"""The layout of a row: one period of one source's statement about one certificate of one subject.

A statement is as many rows, one after the other, as it has periods; without a period it is one row
that says so. All rows have the same width, so that numpy works on millions of them at once and
``struct`` on a single one.
"""

from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regulator.domain.instants import Instant
from regulator.domain.licences import STRENGTH, Period, PeriodState

Column = NDArray[Any]
"""One number or one row each of many."""

ROW = np.dtype(
    [
        ("hash", "<i8"),  # of the subject, this process's own
        ("key", "<u8", (2,)),  # the subject: see ``keys``
        ("start", "<i8"),
        ("end", "<i8"),  # OPEN: without end
        ("first", "<i4"),  # day of the first registration, as ``date.toordinal``; 0: none is stated
        ("area", "<u4"),  # a number of ``Areas``
        ("rank", "<u2"),  # of the source: the lowest counts
        ("form", "u1"),  # of the certificate's number: see ``papers``
        ("mark", "u1"),
        ("paper", "<u4", (5,)),  # the certificate's number
    ]
)
"""A row for numpy."""

_ROW = Struct("<q16sqqiIHBB20s")
WIDTH = _ROW.size
write_row, read_row = _ROW.pack, _ROW.unpack_from
"""A row for ``struct``: the same fields in the same order."""

KEY_AT, SPAN_AT, MARK_AT = 8, 24, 51
read_plain = Struct("<qqiI3xB").unpack_from
"""Read start, end, day of first registration, area and mark from SPAN_AT."""

OPEN = (1 << 63) - 1
STATE = 0b0000_0111
"""The bits of ``mark`` that are the state: a place in ``STRENGTH``, or NO_PERIOD."""
NO_PERIOD = len(STRENGTH)
VALID = STRENGTH.index(PeriodState.VALID)
HEAD = 0b0000_1000
"""The first row of a statement."""
GONE = 0b0001_0000
"""The statement no longer stands."""
MORE = 0b0010_0000
"""There may be other rows of the subject."""


def state_of(period: Period) -> int:
    """Return the number of a period's state."""
    return VALID if period.state is PeriodState.VALID else STRENGTH.index(period.state)


def period_of(start: int, end: int, mark: int) -> Period:
    """Return the period of a row that has one."""
    return Period(Instant(start), end_of(end), STRENGTH[mark & STATE])


def end_of(end: int) -> Instant | None:
    """Return the end of a row's period as everybody else writes it."""
    return None if end == OPEN else Instant(end)


def choose(rows: Column, places: Column) -> Column:
    """Return the rows in some places: as words, for numpy copies fields one by one."""
    words = rows.view("<u8").reshape(len(rows), WIDTH // 8)
    return words.take(places, axis=0).view(ROW).ravel()
