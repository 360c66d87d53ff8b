"""Reads batches of a file's rows: good ones ready for the stage, bad ones with what is wrong with them.

Of a long file in processes of their own, beside the one that takes the file apart and stages what
they read: half of the work of reading is then done meanwhile.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from regulator.store.beside import done_beside
from regulator.store.enclosing import Enclosing
from regulator.store.stage import BadRow, StagedRow
from regulator.wire.register_cells import Cell, CellRefused
from regulator.wire.register_heading import Heading
from regulator.wire.register_pieces import Row
from regulator.wire.register_rows import LicenceRows
from regulator.wire.register_terms import Terms
from regulator.wire.register_watch_rows import EpisodeRows

Batch = Sequence[tuple[int, Sequence[Cell]]]
"""Numbers of rows, and their cells."""

_MOST_WORKERS = 2


class Read(NamedTuple):
    """What a batch turned out to be. Of a bad row also the thing it is about, if that can be told."""

    staged: list[StagedRow]
    wrong: list[tuple[BadRow, tuple[str, str] | None]]


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """All that it takes to read rows of a file. ``heads``: the row of heads; drivers' numbers enclosed."""

    heading: Heading
    heads: tuple[Cell, ...]
    terms: Terms
    enclosing_key: bytes


class RowReading:
    """Takes rows apart."""

    def __init__(self, task: Task) -> None:
        self._reader = _reader(task.heading, task.terms)
        self._width = len(task.heads)
        self._enclose = Enclosing(task.enclosing_key).enclose

    def __call__(self, batch: Batch) -> Read:
        """Read rows; what is wrong with one is told under the head that the file has."""
        read, width = self._reader.read, self._width
        staged: list[StagedRow] = []
        wrong = []
        for number, cells in batch:
            cells = [*cells, None] if len(cells) == width else _as_wide(cells, width)
            try:
                staged.append(self._staged(number, read(cells)))
            except CellRefused as why:
                wrong.append(self._wrong(number, cells, why))
        return Read(staged, wrong)

    def _staged(self, number: int, row: Row) -> StagedRow:
        enclosed = self._enclose(row.number) if row.driver is not None and row.number else None
        return (row.kind, row.name, number, row.head, row.pieces, enclosed)

    def _wrong(
        self, number: int, cells: Sequence[Cell], why: CellRefused
    ) -> tuple[BadRow, tuple[str, str] | None]:
        reader = self._reader
        bad = BadRow(
            row=number,
            column=reader.heading.head(why.column),
            value=reader.shown(cells, why.column),
            expected=why.expected,
        )
        return bad, reader.about(cells)


def read_batches(batches: Iterable[Batch], task: Task) -> Iterator[Read]:
    """Yield what each batch turned out to be, in their order."""
    return done_beside(batches, RowReading, task, most_workers=_MOST_WORKERS)


def _reader(heading: Heading, terms: Terms) -> LicenceRows | EpisodeRows:
    source, arrival, key = terms.source, terms.arrival, terms.pseudonym_key
    if not heading.watch_list:
        return LicenceRows(heading, terms.dialect, source=source, arrival=arrival, pseudonym_key=key)
    fillers = terms.fillers
    return EpisodeRows(
        heading, terms.dialect, source=source, arrival=arrival, pseudonym_key=key, fillers=fillers
    )


def _as_wide(cells: Sequence[Cell], width: int) -> list[Cell]:
    """Return a row as wide as the row of heads, and the cell of the columns that a file lacks."""
    return [*cells[:width], *[None] * (1 + max(0, width - len(cells)))]
