"""A file's rows on their way into the register, on disk: there may be more of them than memory holds.

A private database of SQLite's that vanishes when it is closed. Drivers' numbers lie in it enclosed.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain
from types import TracebackType
from typing import Any

import msgspec

from regulator.store.enclosing import new_key
from regulator.wire.register_pieces import Thing, disagreement

_TABLES = (
    "CREATE TABLE rows (kind, name, row INTEGER, head, pieces, number)",
    "CREATE TABLE wrong (row INTEGER, column, value, expected)",
    "CREATE TABLE spoilt (kind, name, PRIMARY KEY (kind, name)) WITHOUT ROWID",
    "CREATE TABLE seen (kind, name, PRIMARY KEY (kind, name)) WITHOUT ROWID",
    "CREATE TABLE lost (kind, name)",
)
_PRAGMAS = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-32768", "locking_mode=EXCLUSIVE")
_GOOD = """
    SELECT * FROM rows WHERE NOT EXISTS
        (SELECT 1 FROM spoilt WHERE spoilt.kind = rows.kind AND spoilt.name = rows.name)
    ORDER BY kind, name, row
"""
_ALL = "SELECT * FROM rows ORDER BY kind, name, row"
_Columns = tuple[Any, ...]
_NO_ROW: _Columns = (None, None)
"""Comes behind the last one."""
_LEFT_OUT = "SELECT count(*) FROM rows JOIN spoilt ON spoilt.kind = rows.kind AND spoilt.name = rows.name"


class Fate(StrEnum):
    """What would become of a thing: of those in the file, and of those that the file lacks."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    """It holds now, and would not by the file."""
    OLDER = "older"
    """What the register has is newer: kept as history."""
    SAME = "same"
    LOST = "lost"
    """The source holds it, it is not over, and the file lacks it."""


_NUMBERS = {fate: number for number, fate in enumerate(Fate)}


StagedRow = tuple[str, str, int, bytes, bytes, bytes | None]
"""Kind, name, number of the row, head, pieces; the enclosed number of the driver whom it names."""


class BadRow(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one row, fit to be shown: personal data are masked."""

    row: int
    column: str
    value: str
    expected: str


class Group(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The rows of one thing, and the enclosed number of the driver whom they name."""

    thing: Thing
    number: bytes | None = None


class Stage:
    """Where rows wait. Use as a context manager."""

    def __init__(self) -> None:
        self._line = sqlite3.connect("", isolation_level=None, cached_statements=16)
        for pragma in _PRAGMAS:
            self._line.execute(f"PRAGMA {pragma}")
        for table in _TABLES:
            self._line.execute(table)
        self._line.execute("BEGIN")
        self.enclosing_key = new_key()
        self._disagreeing = 0
        self._fates = bytearray()
        """One byte a thing: of all that is known of a file, this alone is held in memory."""

    def __enter__(self) -> "Stage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()

    def add(self, rows: Iterable[StagedRow]) -> None:
        """Add rows."""
        self._line.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)", rows)

    def refuse(self, wrong: BadRow, about: tuple[str, str] | None) -> None:
        """Note what is wrong with a row; what else the file says of the same thing stays out with it."""
        self._line.execute("INSERT INTO wrong VALUES (?, ?, ?, ?)", msgspec.structs.astuple(wrong))
        if about is not None:
            self._line.execute("INSERT OR IGNORE INTO spoilt VALUES (?, ?)", about)

    def groups(self) -> Iterator[Group]:
        """Yield things whose rows are all good and agree, in their order; the others are refused."""
        spoilt = self._count("SELECT count(*) FROM spoilt")
        rows = self._line.execute(_GOOD if spoilt else _ALL)
        first: _Columns = next(rows, _NO_ROW)
        more: list[_Columns] = []
        for row in chain(rows, (_NO_ROW,) if first is not _NO_ROW else ()):
            if row[1] == first[1] and row[0] == first[0]:
                more.append(row)
                continue
            group = self._joined(first, more)
            if group is not None:
                yield group
            first, more = row, more and []

    def see(self, things: Sequence[Thing]) -> None:
        """Note things as found in the file."""
        self._line.executemany(
            "INSERT OR IGNORE INTO seen VALUES (?, ?)", [(one.kind, one.name) for one in things]
        )

    def unseen(self, kind: str, names: Sequence[str]) -> list[str]:
        """Return those names that the file lacks."""
        query = f"SELECT name FROM seen WHERE kind = ? AND name IN ({', '.join('?' * len(names))})"  # noqa: S608 - marks
        there = {name for (name,) in self._line.execute(query, (kind, *names))}
        there.update(
            name for (name,) in self._line.execute(query.replace("FROM seen", "FROM spoilt"), (kind, *names))
        )
        return [name for name in names if name not in there]

    def judge(self, fates: Iterable[Fate]) -> None:
        """Note the fates of the next things, in the order of ``groups``."""
        self._fates.extend(map(_NUMBERS.__getitem__, fates))

    def lose(self, kind: str, names: Sequence[str]) -> None:
        """Note what the file lacks."""
        self._line.executemany("INSERT INTO lost VALUES (?, ?)", [(kind, name) for name in names])

    def news(self, wanted: Collection[Fate]) -> Iterator[Group]:
        """Yield the things of some fates, in order."""
        numbers = {_NUMBERS[fate] for fate in wanted}
        if not numbers.isdisjoint(self._fates):
            for number, group in zip(self._fates, self.groups(), strict=True):
                if number in numbers:
                    yield group

    def lost(self) -> Iterator[tuple[str, str]]:
        """Yield kind and name of what the file lacks, kind by kind."""
        yield from self._line.execute("SELECT kind, name FROM lost ORDER BY rowid")

    def wrong(self) -> Iterator[BadRow]:
        """Yield what is wrong, row by row."""
        for row, column, value, expected in self._line.execute("SELECT * FROM wrong ORDER BY row"):
            yield BadRow(row=row, column=column, value=value, expected=expected)

    def count_wrong(self) -> int:
        """Count the rows that cannot be taken."""
        return self._count("SELECT count(*) FROM wrong")

    def count_left_out(self) -> int:
        """Count the good rows of things that have a bad one."""
        return self._count(_LEFT_OUT) - self._disagreeing

    def _count(self, query: str) -> int:
        return int(self._line.execute(query).fetchone()[0])

    def _joined(self, first: _Columns, more: Sequence[_Columns]) -> Group | None:
        """Put a thing's rows together; None where they disagree."""
        kind, name, row, head, pieces, number = first
        for other in more:
            if other[3] != head:
                self._disagree(first, other)
                return None
        thing = Thing(kind, name, row, head, (pieces, *[one[4] for one in more]))
        return Group(thing, number)

    def _disagree(self, first: _Columns, other: _Columns) -> None:
        column, value = disagreement(first[0], other[3], first[3])
        expected = f"the same as in row {first[2]}, of the same certificate or episode"
        self.refuse(BadRow(row=other[2], column=column, value=value, expected=expected), (first[0], first[1]))
        self._disagreeing += 1
