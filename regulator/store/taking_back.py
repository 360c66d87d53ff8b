"""Undoes an import: what stood before is stated anew, so that judges follow; nothing is erased.

A restored statement has the sequence of what it replaces: of equal ones the later counts, and the
next that the source sends counts again.
"""

from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, RowMapping, func, select

from regulator.domain.episodes import Episode, EpisodeNumber
from regulator.domain.errors import RegulatorError
from regulator.domain.instants import Instant
from regulator.domain.licences import Certificate, LicenceKind, SourceName, Statement
from regulator.domain.register import EpisodeWithdrawal, Withdrawal
from regulator.store import Store
from regulator.store.batches import in_batches
from regulator.store.imports import Import, ImportStore
from regulator.store.register import Heard, RegisterStore
from regulator.store.shelves import EPISODES, STATEMENTS, Shelf
from regulator.store.words import Word

_AT_ONCE = 2_000
_SHELVES = (STATEMENTS, EPISODES)


class CannotTakeBack(RegulatorError):
    """Look at what was imported since: the text says what stands in the way."""


class TakeBack:
    """One take-back: checked first, then done in batches; one that broke off is begun again."""

    def __init__(self, store: Store, number: int, *, at: Instant) -> None:
        self._store = store
        self._number = number
        self._at = at
        self._import: Import
        self.own_number = 0
        self.count = 0
        self.restored = 0

    def check(self, *, leaving: int | None) -> None:
        """Raise CannotTakeBack where there is nothing to restore, or something newer stands."""
        with self._store.reading() as connection:
            self._import = self._found(connection)
            self.count = sum(self._counted(connection, shelf, standing=True) for shelf in _SHELVES)
            replaced = sum(self._counted(connection, shelf, standing=False) for shelf in _SHELVES)
            begun = self._broken_off(connection)
            ours = ImportStore(connection).changed_so_far(begun) if begun is not None else 0
        newer = replaced - ours
        if newer and leaving is None:
            raise CannotTakeBack(
                f"{newer} statements of import {self._number} have been replaced by newer ones since:"
                f" to leave those as they are, say --leaving {newer}"
            )
        if leaving is not None and leaving != newer:
            raise CannotTakeBack(f"{newer} newer statements would be left as they are, not {leaving}")
        if not self.count and begun is None:
            raise CannotTakeBack(f"nothing that import {self._number} changed stands any more")

    def run(self) -> Iterator[int]:
        """Restore, one transaction a batch; yield how many statements each held."""
        self.own_number = self._begin()
        for shelf in _SHELVES:
            for ids in in_batches(self._standing(shelf), _AT_ONCE):
                yield self._restore(shelf, ids)
        with self._store.writing() as connection:
            self.restored = ImportStore(connection).end(self.own_number, at=self._at)

    def _found(self, connection: Connection) -> Import:
        found = ImportStore(connection).find(self._number)
        if found is None:
            raise CannotTakeBack(f"there is no import {self._number}: see regulator register imports")
        if found.taken_back_by is not None and self._broken_off(connection) is None:
            raise CannotTakeBack(f"import {self._number} has been taken back by import {found.taken_back_by}")
        return found

    def _broken_off(self, connection: Connection) -> int | None:
        """Return the number of a take-back of this import that did not end: it is gone on with."""
        return next(
            (
                one.number
                for one in ImportStore(connection).all()
                if one.takes_back == self._number and one.ended_at is None
            ),
            None,
        )

    def _begin(self) -> int:
        with self._store.writing() as connection:
            return ImportStore(connection).begin(
                self._import.source,
                self._import.file,
                digest=f"take-back {self._number}",
                rows=0,
                at=self._at,
                takes_back=self._number,
            )

    def _counted(self, connection: Connection, shelf: Shelf, *, standing: bool) -> int:
        columns = shelf.table.c
        query = select(func.count()).where(columns.import_number == self._number)
        # What came too late to stand was never anybody's present word.
        stood = columns.superseded_at > columns.received_at
        return int(connection.execute(query.where(shelf.standing if standing else stood)).scalar_one())

    def _standing(self, shelf: Shelf) -> list[int]:
        columns = shelf.table.c
        query = select(columns.id).where(columns.import_number == self._number, shelf.standing)
        with self._store.reading() as connection:
            return list(connection.execute(query.order_by(columns.id)).scalars())

    def _restore(self, shelf: Shelf, ids: Sequence[int]) -> int:
        columns = shelf.table.c
        query = select(shelf.table).where(columns.id.in_(ids), shelf.standing)
        with self._store.writing() as connection:
            present = connection.execute(query).mappings().all()
            replaced = [row["replaced"] for row in present if row["replaced"] is not None]
            before = shelf.words(connection, replaced)
            words = [_restored(before.get(row["replaced"]), row) for row in present]
            RegisterStore(connection).take([self._heard(word) for word in words])
        return len(words)

    def _heard(self, word: Word) -> Heard:
        origin = f"take-back of import {self._number}"
        return Heard(content=word, received_at=self._at, origin=origin, import_number=self.own_number)


def _restored(before: Statement | Episode | None, present: RowMapping) -> Word:
    """Return what stood before, or that there was nothing, in place of a word that stands."""
    sequence = present["sequence"]
    if before is not None:
        return msgspec.structs.replace(before, sequence=sequence)
    source = SourceName(present["source"])
    if "number" in present:
        return EpisodeWithdrawal(source=source, number=EpisodeNumber(present["number"]), sequence=sequence)
    return Withdrawal(
        source=source,
        kind=LicenceKind(present["kind"]),
        certificate=Certificate(present["certificate"]),
        sequence=sequence,
    )
