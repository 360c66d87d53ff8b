"""All statements of one kind: rows on shelves, by the hash of their subject.

What comes in bulk is heaped up and put on the shelves in large portions; what comes singly goes to
its shelf at once. Either way the next question sees it: a shelf that was added to settles before it
answers, which takes milliseconds, however many licences there are.
"""

from datetime import date

import msgspec
import numpy as np

from regulator.domain.licences import Certificate, LicenceKind, Period, Statement
from regulator.joins.licence_index.areas import Areas
from regulator.joins.licence_index.briefs import rows_of_briefs
from regulator.joins.licence_index.columns import rows_of
from regulator.joins.licence_index.keys import key_for
from regulator.joins.licence_index.papers import Papers, naming
from regulator.joins.licence_index.portion import Portion
from regulator.joins.licence_index.rows import (
    HEAD,
    MORE,
    NO_PERIOD,
    OPEN,
    SPAN_AT,
    STATE,
    Column,
    choose,
    period_of,
    read_plain,
    read_row,
    state_of,
    write_row,
)
from regulator.joins.licence_index.shelf import Shelf

_SHELVES = 256
_HEAP = 500_000

_REMEMBERED = 30_000

Plain = tuple[int, int, int, int, int]
"""Start, end, day of first registration, area and mark of a row."""
_NO_ROW: tuple[()] = ()

_Name = tuple[int, int, bytes]
"""Rank, form and paper: what tells a subject's statements apart."""


class Entry(msgspec.Struct, frozen=True):
    """One source's statement about one certificate of a subject."""

    rank: int
    certificate: Certificate
    area: str
    first_registered: date | None
    periods: list[Period]


class Only(msgspec.Struct, frozen=True, gc=False):
    """The only period of a subject's only statement; ``mark`` holds its state, ``end`` may be OPEN."""

    certificate: Certificate
    start: int
    end: int
    mark: int


class Table:
    """Statements of one kind by subject."""

    def __init__(self, kind: LicenceKind, areas: Areas) -> None:
        self._kind = kind
        self._key = key_for(kind)
        self._areas = areas
        self._papers = Papers()
        self._shelves = [Shelf() for _ in range(_SHELVES)]
        self._heap: list[Column] = []
        self._heaped = 0
        self._asked: dict[str, Plain | tuple[()]] = {}

    def __len__(self) -> int:
        """Return the number of subjects, those left out that were loaded and are not settled yet."""
        return sum(shelf.subjects for shelf in self._shelves)

    def plain(self, subject: str) -> Plain | None:
        """Return start, end, day of first registration, area and mark of a row; None where there is none.

        There may be others of the subject if the mark says MORE. Remembered: what is asked of a car
        or driver is asked again a few times while its order goes on.
        """
        found = self._asked.get(subject)
        if found is None:
            shelf, row = self._first(subject)
            found = _NO_ROW if row < 0 else read_plain(shelf.rows, row + SPAN_AT)
            if len(self._asked) >= _REMEMBERED:
                self._asked.clear()
            self._asked[subject] = found
        return found or None

    def only(self, subject: str) -> Only | None:
        """Return a subject's only period; None if it has none, or more."""
        shelf, row = self._first(subject)
        if row < 0:
            return None
        _, _, start, end, _, _, _, form, mark, paper = read_row(shelf.rows, row)
        if mark & MORE or mark & STATE == NO_PERIOD:
            return None
        return Only(self._papers.read(form, paper), start, end, mark)

    def entries(self, subject: str) -> list[Entry]:
        """Return what each source states about each certificate of a subject."""
        hash_, key, shelf = self._place(subject)
        entries: dict[_Name, Entry] = {}
        for row in shelf.all(hash_, key):
            _, _, start, end, first, area, rank, form, mark, paper = read_row(shelf.rows, row)
            name = (rank, *naming(form, paper))
            if name not in entries:
                day = date.fromordinal(first) if first else None
                entries[name] = Entry(rank, self._papers.read(form, paper), self._areas.name(area), day, [])
            if mark & STATE != NO_PERIOD:
                entries[name].periods.append(period_of(start, end, mark))
        return list(entries.values())

    def put(self, statement: Statement, rank: int) -> None:
        """Let a statement stand in the place of what the same source stated about the same certificate."""
        self._replace(statement.subject, rank, statement.certificate, statement)

    def drop(self, subject: str, rank: int, certificate: Certificate) -> None:
        """Let nothing stand of what a source stated about a certificate of a subject."""
        self._replace(subject, rank, certificate, None)

    def load(self, portion: Portion) -> None:
        """Follow many changes in their order."""
        self._heap_up(rows_of(self._kind, portion, papers=self._papers, areas=self._areas))

    def load_briefs(self, briefs: Column, ranks: Column) -> None:
        """Let many statements stand, in their order."""
        rows = rows_of_briefs(self._kind, briefs, ranks, papers=self._papers, areas=self._areas)
        self._heap_up(rows)

    def settle(self) -> None:
        """Settle what has come in, so that no question has to wait for it."""
        self._clear()
        for shelf in self._shelves:
            shelf.settle_if_stale()

    def _heap_up(self, rows: Column) -> None:
        self._asked.clear()
        self._heap.append(rows)
        self._heaped += len(rows)
        if self._heaped > _HEAP:
            self._clear()

    def _first(self, subject: str) -> tuple[Shelf, int]:
        hash_, key, shelf = self._place(subject)
        return shelf, shelf.first(hash_, key)

    def _place(self, subject: str) -> tuple[int, bytes, Shelf]:
        """Return a subject's hash, its key, and the shelf it belongs on."""
        if self._heap:
            self._clear()
        key = self._key(subject)
        hash_ = hash(key)
        return hash_, key, self._shelves[hash_ % _SHELVES]

    def _clear(self) -> None:
        """Put the heap on the shelves."""
        if not self._heap:
            return
        rows = np.concatenate(self._heap)
        self._heap, self._heaped = [], 0
        numbers = (rows["hash"] % _SHELVES).astype("u1")
        order = np.argsort(numbers, kind="stable")
        rows, bounds = choose(rows, order), np.searchsorted(numbers[order], np.arange(_SHELVES + 1))
        for shelf, begin, end in zip(self._shelves, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            if begin < end:
                shelf.extend(rows[begin:end].tobytes())

    def _replace(
        self, subject: str, rank: int, certificate: Certificate, statement: Statement | None
    ) -> None:
        self._asked.pop(subject, None)
        hash_, key, shelf = self._place(subject)
        form, paper = self._papers.write(certificate)
        name = (rank, *naming(form, paper))
        old, beside, fresh = [], [], []
        for row in shelf.all(hash_, key):
            *_, its_rank, its_form, _, its_paper = read_row(shelf.rows, row)
            if (its_rank, *naming(its_form, its_paper)) == name:
                old.append(row)
                paper = its_paper
            else:
                beside.append(row)
        if statement is not None:
            if not old:
                paper = self._papers.keep(form, paper, certificate)
            fresh = self._rows(statement, (hash_, key), (rank, form, paper), crowded=bool(beside))
        if old or fresh:
            shelf.replace(hash_, old, fresh, beside=beside)

    def _rows(
        self, statement: Statement, who: tuple[int, bytes], name: _Name, *, crowded: bool
    ) -> list[bytes]:
        hash_, key = who
        rank, form, paper = name
        day, area = statement.first_registered, self._areas[statement.area]
        first = 0 if day is None else day.toordinal()
        spans: list[tuple[int, int, int]] = [
            (one.start, OPEN if one.end is None else one.end, state_of(one)) for one in statement.periods
        ]
        rows, flags = [], HEAD | (MORE if crowded or len(spans) > 1 else 0)
        for start, end, state in spans or [(0, 0, NO_PERIOD)]:
            rows.append(write_row(hash_, key, start, end, first, area, rank, form, state | flags, paper))
            flags &= ~HEAD
        return rows
