"""The licence register at rest: the truth about it, and its history."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update

from regulator.domain.instants import Instant
from regulator.domain.licences import SourceName, Statement
from regulator.domain.register import Heartbeat, RegisterChange, Stated, Vouched, Withdrawal
from regulator.store.batches import among, rows_among
from regulator.store.changes import REGISTER, next_change
from regulator.store.outbox import OutboxStore
from regulator.store.schema import heartbeats, statements
from regulator.store.statement_rows import kept_of, row_of, statement_of
from regulator.store.statements import History, Matter, matter_of
from regulator.store.upserts import upsert

_AT_ONCE = 1_000


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a source said. ``origin``: where it can be found again."""

    content: Statement | Withdrawal | Heartbeat
    received_at: Instant
    origin: str


class RegisterStore:
    """Takes what sources say. What changes is queued for the topic ``register`` in the same transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, heard: Sequence[Heard]) -> list[RegisterChange]:
        """Take messages in their order and return what changed; what is known already changes nothing."""
        if not heard:
            return []
        next_change(self._connection, REGISTER)
        histories = self._histories(one.content for one in heard)
        vouched = self.heartbeats()
        changes: list[RegisterChange] = []
        for one in heard:
            change = self._hear(one, histories, vouched)
            if change is not None:
                changes.append(change)
        self._write(histories)
        self._write_heartbeats(changes, heard[-1].received_at)
        OutboxStore(self._connection).queue(changes, at=heard[-1].received_at)
        return changes

    def requeue(self, *, at: Instant) -> int:
        """Queue all that stands, in place of what waits: statements first, then what vouches for them."""
        next_change(self._connection, REGISTER)
        box = OutboxStore(self._connection)
        box.clear()
        count = 0
        query = select(statements).where(statements.c.superseded_at.is_(None), ~statements.c.withdrawn)
        streamed = {"yield_per": _AT_ONCE}
        rows = self._connection.execute(query.order_by(statements.c.id), execution_options=streamed)
        for batch in rows.mappings().partitions():
            box.queue([Stated(statement=statement_of(row)) for row in batch], at=at)
            count += len(batch)
        vouched = sorted(self.heartbeats().items())
        box.queue([Vouched(source=source, complete_to=to) for source, to in vouched], at=at)
        return count + len(vouched)

    def heartbeats(self) -> dict[SourceName, Instant]:
        """Return the instant up to which each source vouches for what it said."""
        query = select(heartbeats.c.source, heartbeats.c.complete_to)
        return {SourceName(source): complete_to for source, complete_to in self._connection.execute(query)}

    def _hear(
        self, one: Heard, histories: Mapping[Matter, History], vouched: dict[SourceName, Instant]
    ) -> RegisterChange | None:
        content = one.content
        if not isinstance(content, Heartbeat):
            history = histories[matter_of(content)]
            return history.hear(content, received_at=one.received_at, origin=one.origin)
        known = vouched.get(content.source)
        if known is not None and known >= content.complete_to:
            return None
        vouched[content.source] = content.complete_to
        return Vouched(source=content.source, complete_to=content.complete_to)

    def _histories(self, contents: Iterable[Statement | Withdrawal | Heartbeat]) -> Mapping[Matter, History]:
        matters = sorted({matter_of(one) for one in contents if not isinstance(one, Heartbeat)})
        found = {matter: History() for matter in matters}
        for (source, kind), group in groupby(matters, key=lambda matter: matter[:2]):
            query = _HISTORY.where(statements.c.source == source, statements.c.kind == kind)
            for row in rows_among(self._connection, query, [certificate for _, _, certificate in group]):
                found[source, kind, row["certificate"]].kept.append(kept_of(row))
        return found

    def _write(self, histories: Mapping[Matter, History]) -> None:
        kept = [one for history in histories.values() for one in history.kept]
        ended = [
            {"row": one.id, "ended": one.superseded_at}
            for one in kept
            if one.ended_here and one.id is not None
        ]
        if ended:
            self._connection.execute(_END, ended)
        fresh = [row_of(one) for one in kept if one.id is None]
        if fresh:
            self._connection.execute(insert(statements), fresh)

    def _write_heartbeats(self, changes: Iterable[RegisterChange], at: Instant) -> None:
        newest = {change.source: change.complete_to for change in changes if isinstance(change, Vouched)}
        rows = [{"source": name, "complete_to": to, "received_at": at} for name, to in newest.items()]
        upsert(self._connection, heartbeats, rows)


_HISTORY = (
    select(
        statements.c.id,
        statements.c.certificate,
        statements.c.sequence,
        statements.c.withdrawn,
        statements.c.subject,
        statements.c.digest,
        statements.c.received_at,
        statements.c.superseded_at,
    )
    .where(among(statements.c.certificate))
    .order_by(statements.c.id)
)
_END = update(statements).where(statements.c.id == bindparam("row")).values(superseded_at=bindparam("ended"))
