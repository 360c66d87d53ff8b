"""What rows of licences and rows of the watch list are read with."""

from collections.abc import Sequence
from typing import TypeVar

from regulator.domain.instants import Instant
from regulator.domain.register import Source
from regulator.wire.register_cells import Cell, CellRefused, digits_of, shown, text_of
from regulator.wire.register_days import Days, Read
from regulator.wire.register_dialect import COLUMNS, Dialect
from regulator.wire.register_heading import Heading

Cells = Sequence[Cell]
"""A row as wide as the row of heads, and None behind it; texts are stripped."""

_LARGEST = 2**63
_REMEMBERED = 1 << 15
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class RowReader:
    """Finds the cells of a row by our name of their column."""

    def __init__(
        self, heading: Heading, dialect: Dialect, *, source: Source, arrival: Instant, pseudonym_key: bytes
    ) -> None:
        self.heading = heading
        self.dialect = dialect
        self.source = source
        self.arrival = arrival
        self.key = pseudonym_key
        self._places = {column: heading.places.get(column, heading.width) for column in COLUMNS}
        self._always = dialect.always
        self._days = Days()
        self._sequences: dict[Cell, int] = {}

    def cell(self, cells: Cells, column: str) -> Cell:
        """Return a cell, or what the source's files leave unsaid; None where there is neither."""
        cell = cells[self._places[column]]
        return self._always.get(column) if cell is None or cell == "" else cell

    def day(self, cells: Cells, column: str, expected: str) -> Read | None:
        """Read a day or an instant; None where there is none. Raises CellRefused."""
        cell = self.cell(cells, column)
        if cell is None or cell == "":
            return None
        read = self._days.read(cell)
        if read is None:
            raise CellRefused(column, expected)
        return read

    def sequence(self, cells: Cells) -> int | None:
        """Return a statement's sequence; None where the file does not say. Raises CellRefused."""
        cell = self.cell(cells, "sequence")
        if cell is None or cell == "":
            return None
        known = self._sequences.get(cell)
        if known is None:
            text = digits_of(cell)
            if not text.isascii() or not text.isdecimal() or int(text) >= _LARGEST:
                raise CellRefused("sequence", "a whole number")
            known = remember(self._sequences, cell, int(text))
        return known

    def shown(self, cells: Cells, column: str) -> str:
        """Return what a cell holds, as it may be shown to a person."""
        return shown(self.cell(cells, column), personal=self.is_personal(cells, column))

    def is_personal(self, cells: Cells, column: str) -> bool:
        """Tell whether a column holds a person's number."""
        return column == "driver"

    def is_blank(self, cells: Cells) -> bool:
        """Tell whether a row holds nothing."""
        return not any(text_of(cell) for cell in cells)


def remember(known: dict[_Key, _Value], key: _Key, value: _Value) -> _Value:
    """Remember what a cell says: most columns say the same few things a million times."""
    if len(known) >= _REMEMBERED:
        known.clear()
    known[key] = value
    return value
