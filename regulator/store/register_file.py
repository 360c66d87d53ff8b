"""Reads a register file into a stage: licences or a watch list, CSV or Excel, good rows and bad ones."""

from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from regulator.store.row_reading import Batch, Task, read_batches
from regulator.store.stage import Stage
from regulator.wire.register_cells import Cell
from regulator.wire.register_heading import Heading, missing, read_heading
from regulator.wire.register_terms import Terms
from regulator.wire.spreadsheets import BadFile, Rows

__all__ = ["RegisterFile", "Terms", "stage_file"]

_AT_ONCE = 5_000
_FIRST_ROWS = 20
"""Among these the row of heads is looked for: departments put titles above it."""


class RegisterFile(msgspec.Struct, frozen=True, kw_only=True):
    """What a file turned out to be. ``rows``: those that are not blank, below the row of heads."""

    rows: int
    unused: tuple[str, ...]


def stage_file(rows: Rows, stage: Stage, *, terms: Terms) -> RegisterFile:
    """Read a file's rows into the stage; raises BadFile where it cannot be a register."""
    heading, cells = _find_heading(rows, terms)
    task = Task(heading=heading, heads=tuple(cells), terms=terms, enclosing_key=stage.enclosing_key)
    count = 0
    for read in read_batches(_batches(rows), task):
        for wrong, about in read.wrong:
            stage.refuse(wrong, about)
        stage.add(read.staged)
        count += len(read.staged) + len(read.wrong)
    return RegisterFile(rows=count, unused=heading.unused)


def _batches(rows: Rows) -> Iterator[Batch]:
    while batch := list(islice(rows, _AT_ONCE)):
        yield batch


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
