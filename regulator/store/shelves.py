"""Where words are kept: licences in one table, episodes in another, read and written in one way."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, RowMapping, Select, Table, bindparam, select, update

from regulator.domain.episodes import Episode
from regulator.domain.licences import SourceName, Statement
from regulator.store.batches import among, rows_among, tuples_among
from regulator.store.bulk import Values, insert_rows
from regulator.store.endings import Told
from regulator.store.episode_rows import episode_of, events_of
from regulator.store.histories import History, Kept
from regulator.store.schema import episodes, statements
from regulator.store.statement_rows import periods_of, statement_of
from regulator.store.words import EPISODE, Matter

_AT_ONCE = 5_000
_KEPT = ("id", "sequence", "withdrawn", "digest", "received_at", "superseded_at")


class Present(msgspec.Struct, frozen=True, gc=False):
    """A source's present word on a thing, as far as it takes to compare it. ``told``: as it is stored."""

    name: str
    id: int
    sequence: int
    withdrawn: bool
    digest: str
    told: str


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """A table of words.

    ``name`` is the column of the thing's number, ``subjects`` those of whom words name, ``told``
    the one of periods or events, which ``read`` reads.
    """

    table: Table
    name: str
    subjects: tuple[str, ...]
    told: str
    read: Callable[[str], Told]
    word: Callable[[RowMapping], Statement | Episode]

    @property
    def standing(self) -> ColumnElement[bool]:
        """The condition that a row is a source's present word."""
        return self.table.c.superseded_at.is_(None)

    def of(self, source: SourceName, kind: str) -> Select[Any]:
        """Select what is kept of a source's words on one kind of thing: the thing's number comes first."""
        columns = self.table.c
        query = select(columns[self.name], *(columns[name] for name in (*_KEPT, *self.subjects)))
        return self._of_kind(query, source, kind)

    def present(
        self, connection: Connection, source: SourceName, kind: str, names: Sequence[str]
    ) -> dict[str, Present]:
        """Return a source's present words on things of a kind, by the thing's number."""
        query = self.standing_of(source, kind, *self._present).where(among(self.table.c[self.name]))
        return {row[0]: Present(*tuple(row)) for row in tuples_among(connection, query, names)}

    def all_present(
        self, connection: Connection, source: SourceName, kind: str
    ) -> Iterator[Sequence[Present]]:
        """Yield all of a source's present words on things of a kind, but for withdrawals, in batches."""
        query = self.standing_of(source, kind, *self._present).where(~self.table.c.withdrawn)
        rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
        for batch in rows.partitions():
            yield [Present(*tuple(row)) for row in batch]

    def standing_of(self, source: SourceName, kind: str, *columns: Any) -> Select[Any]:
        """Select columns of a source's present words on things of a kind."""
        return self._of_kind(select(*columns), source, kind).where(self.standing)

    def words(self, connection: Connection, ids: Iterable[int]) -> dict[int, Statement | Episode | None]:
        """Return whole words by their rows' numbers; None where one is a withdrawal."""
        query = select(self.table).where(among(self.table.c.id))
        rows = rows_among(connection, query, ids)
        return {row["id"]: None if row["withdrawn"] else self.word(row) for row in rows}

    @property
    def _present(self) -> tuple[Any, ...]:
        columns = self.table.c
        return (
            columns[self.name],
            columns.id,
            columns.sequence,
            columns.withdrawn,
            columns.digest,
            columns[self.told],
        )

    def _of_kind(self, query: Select[Any], source: SourceName, kind: str) -> Select[Any]:
        query = query.where(self.table.c.source == source)
        return query if self is EPISODES else query.where(self.table.c.kind == kind)

    def fill(self, connection: Connection, histories: Mapping[Matter, History]) -> None:
        """Put all that was ever said about things into their histories."""
        names: dict[tuple[SourceName, str], list[str]] = {}
        for source, kind, name in histories:
            names.setdefault((source, kind), []).append(name)
        for (source, kind), those in names.items():
            query = self.of(source, kind).where(among(self.table.c[self.name])).order_by(self.table.c.id)
            for row in tuples_among(connection, query, those):
                histories[source, kind, row[0]].kept.append(kept_of(row))

    def write(self, connection: Connection, histories: Iterable[History]) -> None:
        """Write what histories have come to."""
        words = [one for history in histories for one in history.kept]
        ended = [
            {"row": one.id, "ended": one.superseded_at}
            for one in words
            if one.ended_here and one.id is not None
        ]
        if ended:
            connection.execute(_ENDS[self.table], ended)
        insert_rows(connection, self.table, [_row_of(one) for one in words if one.id is None])


STATEMENTS = Shelf(
    table=statements,
    name="certificate",
    subjects=("subject",),
    told="periods",
    read=periods_of,
    word=statement_of,
)
EPISODES = Shelf(
    table=episodes,
    name="number",
    subjects=("vehicle", "driver"),
    told="events",
    read=events_of,
    word=episode_of,
)


def shelf_of(kind: str) -> Shelf:
    """Return where words on a kind of thing are kept."""
    return EPISODES if kind == EPISODE else STATEMENTS


def kept_of(row: Row[Any]) -> Kept:
    """Return what is known of a word without its text, from a row of ``Shelf.of``."""
    _, id, sequence, withdrawn, digest, received_at, superseded_at, *subjects = tuple(row)
    return Kept(
        id=id,
        sequence=sequence,
        withdrawn=withdrawn,
        digest=digest,
        received_at=received_at,
        superseded_at=superseded_at,
        subjects=tuple(subject for subject in subjects if subject),
    )


def _row_of(kept: Kept) -> Values:
    if kept.draft is None:
        raise ValueError("only what was just heard is written")
    provenance = (kept.received_at, kept.superseded_at, kept.origin, kept.digest)
    return (*kept.draft.values, *provenance, kept.replaced, kept.import_number)


_ENDS = {
    table: update(table).where(table.c.id == bindparam("row")).values(superseded_at=bindparam("ended"))
    for table in (statements, episodes)
}
