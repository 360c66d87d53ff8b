"""The licence register at rest: the truth about it, and its history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, ScalarSelect, select

from regulator.domain.instants import Instant
from regulator.domain.licences import SourceName
from regulator.domain.register import Heartbeat, RegisterChange, RegisterMessage, Vouched
from regulator.store.changes import REGISTER, next_change
from regulator.store.outbox import OutboxStore
from regulator.store.rejudgements import RejudgementStore
from regulator.store.requeueing import requeue
from regulator.store.schema import heartbeats, vouched
from regulator.store.shelves import EPISODES, STATEMENTS, Shelf
from regulator.store.upserts import upsert
from regulator.store.words import EPISODE, History, Matter, kept, matter_of


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a source said. ``origin``: where it can be found again; imports have a number too."""

    content: RegisterMessage
    received_at: Instant
    origin: str
    import_number: int | None = None


class RegisterStore:
    """Takes what sources say. What changes is queued for the topic ``register`` in the same transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, heard: Sequence[Heard]) -> list[RegisterChange]:
        """Take messages in their order and return what changed; what is known already changes nothing."""
        if not heard:
            return []
        next_change(self._connection, REGISTER)
        matters = [_matter(one.content) for one in heard]
        histories = self._histories(matters)
        beats = self.heartbeats()
        changes = []
        for one, matter in zip(heard, matters, strict=True):
            change = _hear(one, histories[matter]) if matter is not None else self._beat(one.content, beats)
            if change is not None:
                changes.append(change)
        for shelf, of_it in self._shelved(histories):
            shelf.write(self._connection, of_it.values())
        self._write_heartbeats(changes, heard[-1].received_at)
        OutboxStore(self._connection).queue(changes, at=heard[-1].received_at)
        RejudgementStore(self._connection).ask(changes, at=heard[-1].received_at)
        return changes

    def requeue(self, *, at: Instant) -> int:
        """Queue all that stands, in place of what waits: statements first, then what vouches for them."""
        next_change(self._connection, REGISTER)
        return requeue(self._connection, self.heartbeats(), at=at)

    def heartbeats(self, known_by: Instant | None = None) -> dict[SourceName, Instant]:
        """Return the instant up to which each source vouches, or vouched by then, for what it said."""
        query = select(heartbeats.c.source, heartbeats.c.complete_to if known_by is None else _by(known_by))
        rows = self._connection.execute(query)
        return {SourceName(source): complete_to for source, complete_to in rows if complete_to is not None}

    def _beat(self, content: RegisterMessage, beats: dict[SourceName, Instant]) -> RegisterChange | None:
        if not isinstance(content, Heartbeat):
            return None
        known = beats.get(content.source)
        if known is not None and known >= content.complete_to:
            return None
        beats[content.source] = content.complete_to
        return Vouched(source=content.source, complete_to=content.complete_to)

    def _histories(self, matters: Iterable[Matter | None]) -> dict[Matter, History]:
        found = {matter: History() for matter in matters if matter is not None}
        for shelf, of_it in self._shelved(found):
            shelf.fill(self._connection, of_it)
        return found

    def _shelved(
        self, histories: Mapping[Matter, History]
    ) -> Iterator[tuple[Shelf, Mapping[Matter, History]]]:
        of_episodes = {matter: one for matter, one in histories.items() if matter[1] == EPISODE}
        if of_episodes:
            yield EPISODES, of_episodes
            histories = {matter: one for matter, one in histories.items() if matter[1] != EPISODE}
        yield STATEMENTS, histories

    def _write_heartbeats(self, changes: Iterable[RegisterChange], at: Instant) -> None:
        newest = {change.source: change.complete_to for change in changes if isinstance(change, Vouched)}
        if not newest:
            return
        before = dict(self._connection.execute(select(heartbeats.c.source, heartbeats.c.received_at)).all())
        rows = [
            {"source": name, "complete_to": to, "received_at": max(at, before.get(name, at))}
            for name, to in newest.items()
        ]
        upsert(self._connection, heartbeats, rows)
        upsert(self._connection, vouched, rows)


def _matter(content: RegisterMessage) -> Matter | None:
    return None if isinstance(content, Heartbeat) else matter_of(content)


def _hear(one: Heard, history: History) -> RegisterChange | None:
    if isinstance(one.content, Heartbeat):
        return None
    return history.hear(
        kept(one.content, received_at=one.received_at, origin=one.origin, import_number=one.import_number)
    )


def _by(known_by: Instant) -> ScalarSelect[Instant]:
    """Select the last that a source had vouched for by an instant."""
    query = select(vouched.c.complete_to).where(
        vouched.c.source == heartbeats.c.source, vouched.c.received_at <= known_by
    )
    return query.order_by(vouched.c.received_at.desc()).limit(1).scalar_subquery()
