"""What was refused: where it came from and why, never what it said."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, select

from regulator.domain.instants import Instant
from regulator.store.schema import refusals
from regulator.store.upserts import upsert


class RefusedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One refused record of a topic. ``detail`` never holds personal data."""

    topic: str
    partition: int
    offset: int
    index: int
    reason: str
    order: str | None
    detail: str
    refused_at: Instant


class Range(msgspec.Struct, frozen=True):
    """The offsets of one partition that a receipt answers for, both ends inclusive."""

    topic: str
    partition: int
    first: int
    last: int

    def overlaps(self, other: "Range") -> bool:
        """Tell whether two receipts answer for the same offset."""
        same = (self.topic, self.partition) == (other.topic, other.partition)
        return same and self.first <= other.last and other.first <= self.last

    def holds(self, one: RefusedRecord) -> bool:
        """Tell whether a record lies inside."""
        same = (self.topic, self.partition) == (one.topic, one.partition)
        return same and self.first <= one.offset <= self.last


class RefusalStore:
    """Keeps refusals by origin."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def replace(self, ranges: Sequence[Range]) -> None:
        """Forget what older receipts said about ranges that newer ones answer for."""
        if ranges:
            statement = delete(refusals).where(
                refusals.c.topic == bindparam("of_topic"),
                refusals.c.partition == bindparam("of_partition"),
                refusals.c.offset.between(bindparam("first"), bindparam("last")),
            )
            rows = [
                {"of_topic": one.topic, "of_partition": one.partition, "first": one.first, "last": one.last}
                for one in ranges
            ]
            self._connection.execute(statement, rows)

    def write(self, refused: Sequence[RefusedRecord]) -> None:
        """Keep refusals; the same origin again is the same refusal."""
        upsert(self._connection, refusals, [msgspec.structs.asdict(one) for one in refused])

    def since(self, at: Instant) -> dict[tuple[str, str], int]:
        """Count refusals from an instant on, by topic and reason."""
        query = select(refusals.c.topic, refusals.c.reason, func.count()).where(refusals.c.refused_at >= at)
        rows = self._connection.execute(query.group_by(refusals.c.topic, refusals.c.reason))
        return {(topic, reason): count for topic, reason, count in rows}

    def newest(self, topic: str, limit: int) -> list[RefusedRecord]:
        """Return the last refusals of a topic, newest first."""
        query = select(refusals).where(refusals.c.topic == topic)
        newest = query.order_by(refusals.c.refused_at.desc(), refusals.c.offset.desc()).limit(limit)
        return [RefusedRecord(**row) for row in self._connection.execute(newest).mappings()]
