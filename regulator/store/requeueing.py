"""Says the whole register again, for a topic that was lost."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select

from regulator.domain.instants import Instant
from regulator.domain.licences import SourceName
from regulator.domain.register import EpisodeStated, RegisterChange, Stated, Vouched
from regulator.store.episode_rows import episode_of
from regulator.store.mileages import mileage_of
from regulator.store.outbox import OutboxStore
from regulator.store.schema import episodes, mileages, statements
from regulator.store.statement_rows import statement_of

_AT_ONCE = 1_000


def requeue(connection: Connection, heartbeats: Mapping[SourceName, Instant], *, at: Instant) -> int:
    """Queue all that stands in place of what waits, what vouches for it last; return how much that is."""
    box = OutboxStore(connection)
    box.clear()
    count = 0
    for query, read in _all_that_stands():
        for changes in _in_batches(connection, query, read):
            box.queue(changes, at=at)
            count += len(changes)
    vouched = sorted(heartbeats.items())
    box.queue([Vouched(source=source, complete_to=to) for source, to in vouched], at=at)
    return count + len(vouched)


def _all_that_stands() -> Iterator[tuple[Select[Any], Callable[[RowMapping], RegisterChange]]]:
    yield _standing(statements), lambda row: Stated(statement=statement_of(row))
    yield _standing(episodes), lambda row: EpisodeStated(episode=episode_of(row))
    yield select(mileages).order_by(mileages.c.vehicle, mileages.c.at), mileage_of


def _standing(table: Any) -> Select[Any]:
    return select(table).where(table.c.superseded_at.is_(None), ~table.c.withdrawn).order_by(table.c.id)


def _in_batches(
    connection: Connection, query: Select[Any], read: Callable[[RowMapping], RegisterChange]
) -> Iterator[list[RegisterChange]]:
    rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
    for batch in rows.mappings().partitions():
        yield [read(row) for row in batch]
