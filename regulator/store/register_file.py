"""Reads a register file into a stage: licences or a watch list, CSV or Excel, good rows and bad ones."""

from collections.abc import Callable, Mapping, Sequence, Set
from itertools import islice

import msgspec

from regulator.domain.drivers import FILLERS, Driver, DriverNumber
from regulator.domain.instants import Instant
from regulator.domain.register import Source
from regulator.store.driver_numbers import Sealed
from regulator.store.stage import BadRow, Stage, StagedRow
from regulator.wire.register_cells import Cell, CellRefused
from regulator.wire.register_dialect import Dialect
from regulator.wire.register_heading import Heading, missing, read_heading
from regulator.wire.register_pieces import Row
from regulator.wire.register_rows import LicenceRows
from regulator.wire.register_watch_rows import EpisodeRows
from regulator.wire.spreadsheets import BadFile, Rows

_AT_ONCE = 5_000
_FIRST_ROWS = 20
"""Among these the row of heads is looked for: departments put titles above it."""

Seal = Callable[[Mapping[Driver, DriverNumber]], Mapping[Driver, Sealed]]
"""Seals the numbers of those drivers who are not known yet."""


class RegisterFile(msgspec.Struct, frozen=True, kw_only=True):
    """What a file turned out to be. ``rows``: those that are not blank, below the row of heads."""

    rows: int
    unused: tuple[str, ...]


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """By whose words and for whom a file is read."""

    source: Source
    dialect: Dialect
    arrival: Instant
    pseudonym_key: bytes
    fillers: Set[str] = FILLERS


def stage_file(rows: Rows, stage: Stage, *, terms: Terms, seal: Seal) -> RegisterFile:
    """Read a file's rows into the stage; raises BadFile where it cannot be a register."""
    heading, cells = _find_heading(rows, terms)
    reader = _reader(heading, terms)
    reading = _Reading(reader, stage, cells)
    count = 0
    while batch := list(islice(rows, _AT_ONCE)):
        good = reading.read(batch)
        sealed = seal({row.driver: row.number for _, row in good if row.driver and row.number})
        stage.add(_staged(number, row, sealed) for number, row in good)
        count += len(batch)
    return RegisterFile(rows=count, unused=heading.unused)


def _staged(number: int, row: Row, sealed: Mapping[Driver, Sealed]) -> StagedRow:
    one = sealed.get(row.driver) if row.driver is not None else None
    told = (row.kind, row.name, number, row.head, row.pieces)
    return (*told, None, None, None) if one is None else (*told, one.driver, one.last4, one.number)


def _reader(heading: Heading, terms: Terms) -> LicenceRows | EpisodeRows:
    source, arrival, key = terms.source, terms.arrival, terms.pseudonym_key
    if not heading.watch_list:
        return LicenceRows(heading, terms.dialect, source=source, arrival=arrival, pseudonym_key=key)
    fillers = terms.fillers
    return EpisodeRows(
        heading, terms.dialect, source=source, arrival=arrival, pseudonym_key=key, fillers=fillers
    )


class _Reading:
    """Takes rows apart; what is wrong with one goes to the stage under the head that the file has."""

    def __init__(self, reader: LicenceRows | EpisodeRows, stage: Stage, heads: Sequence[Cell]) -> None:
        self._reader = reader
        self._stage = stage
        self._heads = heads

    def read(self, batch: Sequence[tuple[int, Sequence[Cell]]]) -> list[tuple[int, Row]]:
        width, read = len(self._heads), self._reader.read
        good = []
        for number, cells in batch:
            cells = [*cells, None] if len(cells) == width else _as_wide(cells, width)
            try:
                good.append((number, read(cells)))
            except CellRefused as why:
                self._refuse(number, cells, why)
        return good

    def _refuse(self, number: int, cells: Sequence[Cell], why: CellRefused) -> None:
        reader = self._reader
        wrong = BadRow(
            row=number,
            column=reader.heading.head(why.column),
            value=reader.shown(cells, why.column),
            expected=why.expected,
        )
        self._stage.refuse(wrong, reader.about(cells))


def _as_wide(cells: Sequence[Cell], width: int) -> list[Cell]:
    """Return a row as wide as the row of heads, and the cell of the columns that a file lacks."""
    return [*cells[:width], *[None] * (1 + max(0, width - len(cells)))]


def _find_heading(rows: Rows, terms: Terms) -> tuple[Heading, Sequence[Cell]]:
    """Return the row of heads: the first that names all that is needed."""
    closest: tuple[int, str] = (0, "it has no row with a text")
    for number, cells in islice(rows, _FIRST_ROWS):
        heading = read_heading(cells, terms.dialect)
        lacking = missing(heading, terms.dialect, terms.source)
        if not lacking:
            return heading, cells
        if len(heading.places) > closest[0] or number == 1:
            closest = (len(heading.places), f"row {number} comes closest and lacks {', '.join(lacking)}")
    raise BadFile(
        f"none of the first {_FIRST_ROWS} rows names the columns of a register: {closest[1]}."
        " Which heads are understood, and how to add some: register-columns.toml"
    )
