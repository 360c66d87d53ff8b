"""How far topics were read: written in the transaction of what was read, so that both are true or neither."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, func, select

from regulator.domain.instants import Instant
from regulator.store.schema import consumed
from regulator.store.upserts import upsert

Partition = tuple[str, int]
"""Topic and number."""


class Reached(msgspec.Struct, frozen=True):
    """The next offset to be read, and when the last record before it came into its topic."""

    offset: int
    arrived_at: Instant


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """When the last batch was written, and when the newest record that is visible came into its topic."""

    consumed_at: Instant
    arrived_at: Instant


class ProgressStore:
    """Keeps the next offset of each partition."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def offsets(self, consumer: str) -> Mapping[Partition, int]:
        """Return the next offset to be read of every partition that was read before."""
        query = select(consumed.c.topic, consumed.c.partition, consumed.c.offset)
        rows = self._connection.execute(query.where(consumed.c.consumer == consumer))
        return {(topic, partition): offset for topic, partition, offset in rows}

    def write(self, consumer: str, reached: Mapping[Partition, Reached], *, at: Instant) -> None:
        """Say up to where partitions have had their effect."""
        rows = [
            {
                "consumer": consumer,
                "topic": topic,
                "partition": partition,
                "offset": one.offset,
                "arrived_at": one.arrived_at,
                "consumed_at": at,
            }
            for (topic, partition), one in reached.items()
        ]
        upsert(self._connection, consumed, rows)

    def newest(self, topic_like: str = "%") -> Progress | None:
        """Return how fresh SQL is, of topics like an SQL pattern; None where nothing was ever read."""
        query = select(func.max(consumed.c.consumed_at), func.max(consumed.c.arrived_at))
        row = self._connection.execute(query.where(consumed.c.topic.like(topic_like))).one()
        return None if row[0] is None else Progress(consumed_at=row[0], arrived_at=row[1])
