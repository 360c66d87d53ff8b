"""The licence register at rest: the truth about it, and its history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, ScalarSelect, select

from regulator.domain.instants import Instant
from regulator.domain.licences import SourceName
from regulator.domain.register import Heartbeat, RegisterMessage, Vouched
from regulator.store.changes import REGISTER, next_change
from regulator.store.drafts import Change, Draft, draft_of
from regulator.store.histories import History, kept
from regulator.store.outbox import OutboxStore, key_of
from regulator.store.rejudgements import RejudgementStore
from regulator.store.requeueing import requeue
from regulator.store.schema import heartbeats, vouched
from regulator.store.shelves import EPISODES, STATEMENTS, Shelf
from regulator.store.upserts import upsert
from regulator.store.words import EPISODE, Matter
from regulator.wire.register import encode_change


class Heard(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that a source said, or its draft. ``origin``: where it is; imports have a number too."""

    content: RegisterMessage | Draft
    received_at: Instant
    origin: str
    import_number: int | None = None


class RegisterStore:
    """Takes what sources say. What changes is queued for the topic ``register`` in the same transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, heard: Sequence[Heard]) -> list[Change | Vouched]:
        """Take messages in their order and return what changed; what is known already changes nothing."""
        if not heard:
            return []
        next_change(self._connection, REGISTER)
        contents = [_drafted(one.content) for one in heard]
        histories = self._histories(contents)
        beats = self.heartbeats()
        changes: list[Change | Vouched] = []
        for one, content in zip(heard, contents, strict=True):
            if isinstance(content, Draft):
                change: Change | Vouched | None = _hear(one, content, histories[content.matter])
            else:
                change = _beat(content, beats)
            if change is not None:
                changes.append(change)
        for shelf, of_it in self._shelved(histories):
            shelf.write(self._connection, of_it.values())
        self._publish(changes, heard[-1].received_at)
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

    def _publish(self, changes: Sequence[Change | Vouched], at: Instant) -> None:
        self._write_heartbeats([one for one in changes if isinstance(one, Vouched)], at)
        OutboxStore(self._connection).put(map(_letter, changes), at=at)
        RejudgementStore(self._connection).ask([one for one in changes if isinstance(one, Change)], at=at)

    def _histories(self, contents: Iterable[Draft | Heartbeat]) -> dict[Matter, History]:
        found = {one.matter: History() for one in contents if isinstance(one, Draft)}
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

    def _write_heartbeats(self, beats: Sequence[Vouched], at: Instant) -> None:
        newest = {beat.source: beat.complete_to for beat in beats}
        if not newest:
            return
        before = dict(self._connection.execute(select(heartbeats.c.source, heartbeats.c.received_at)).all())
        rows = [
            {"source": name, "complete_to": to, "received_at": max(at, before.get(name, at))}
            for name, to in newest.items()
        ]
        upsert(self._connection, heartbeats, rows)
        upsert(self._connection, vouched, rows)


def _drafted(content: RegisterMessage | Draft) -> Draft | Heartbeat:
    return content if isinstance(content, Draft | Heartbeat) else draft_of(content)


def _hear(one: Heard, draft: Draft, history: History) -> Change | None:
    return history.hear(
        kept(draft, received_at=one.received_at, origin=one.origin, import_number=one.import_number)
    )


def _beat(content: Heartbeat, beats: dict[SourceName, Instant]) -> Vouched | None:
    known = beats.get(content.source)
    if known is not None and known >= content.complete_to:
        return None
    beats[content.source] = content.complete_to
    return Vouched(source=content.source, complete_to=content.complete_to)


def _letter(change: Change | Vouched) -> tuple[bytes, bytes]:
    if isinstance(change, Change):
        return change.draft.key, change.letter
    return key_of(change), encode_change(change)


def _by(known_by: Instant) -> ScalarSelect[Instant]:
    """Select the last that a source had vouched for by an instant."""
    query = select(vouched.c.complete_to).where(
        vouched.c.source == heartbeats.c.source, vouched.c.received_at <= known_by
    )
    return query.order_by(vouched.c.received_at.desc()).limit(1).scalar_subquery()
