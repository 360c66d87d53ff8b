"""What SQL has decided and Kafka does not know yet: written with the decision, deleted when it is sent.

A topic's letters go out in the order of their numbers, which is the order of their transactions:
whoever writes changes of the register holds its counter until the end (``regulator.store.changes``).
"""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, insert, select

from regulator.domain.instants import Instant
from regulator.domain.register import (
    EpisodeStated,
    EpisodeWithdrawn,
    Mileage,
    RegisterChange,
    Stated,
    Vouched,
    Withdrawn,
)
from regulator.store.bulk import insert_rows
from regulator.store.drafts import key_of as key_of_matter
from regulator.store.schema import outbox
from regulator.store.words import EPISODE, matter_of
from regulator.wire.register import encode_change

TOPIC = "register"

_NEXT_TOPIC = (
    select(outbox.c.topic, outbox.c.id)
    .where(outbox.c.topic > bindparam("after"))
    .order_by(outbox.c.topic, outbox.c.id)
    .limit(1)
)


class Letter(msgspec.Struct, frozen=True):
    """One message to be sent."""

    id: int
    topic: str
    key: bytes
    value: bytes
    written_at: Instant
    partition: int = 0


class Post(msgspec.Struct, frozen=True):
    """A message that is to be sent."""

    topic: str
    partition: int
    key: bytes
    value: bytes


class Waiting(msgspec.Struct, frozen=True):
    """How many letters wait, and since when the first of them does."""

    count: int
    since: Instant | None


class OutboxStore:
    """A queue of messages for Kafka."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def queue(self, changes: Sequence[RegisterChange], *, at: Instant) -> None:
        """Put changes of the register behind what waits."""
        self.put([(key_of(change), encode_change(change)) for change in changes], at=at)

    def put(self, letters: Iterable[tuple[bytes, bytes]], *, at: Instant) -> None:
        """Put changes of the register behind what waits, each as its key and its text."""
        rows = [(TOPIC, key, value, at, 0) for key, value in letters]
        insert_rows(self._connection, outbox, rows)

    def post(self, messages: Sequence[Post], *, at: Instant) -> None:
        """Put messages for other topics behind what waits."""
        rows = [{**msgspec.structs.asdict(one), "written_at": at} for one in messages]
        if rows:
            self._connection.execute(insert(outbox), rows)

    def first(self, limit: int) -> list[Letter]:
        """Return what is to be sent to the topic ``register`` next, in order."""
        return self._letters(outbox.c.topic == TOPIC, limit)

    def first_of_others(self, limit: int) -> list[Letter]:
        """Return what is to be sent next to whichever other topic waits the longest, in order.

        What is for another topic waits until all of that is known to be sent: who gives an order
        back to its judge must have said before what the archive found about it.
        """
        first = self._first_of_others()
        if not first:
            return []
        topic = min(first, key=first.__getitem__)
        wanted = outbox.c.topic == topic
        others = [id for other, id in first.items() if other != topic]
        return self._letters(and_(wanted, outbox.c.id < min(others)) if others else wanted, limit)

    def _first_of_others(self) -> dict[str, int]:
        """Seek from topic to topic: a million changes of the register may lie between two letters."""
        ids, after = {}, ""
        while row := self._connection.execute(_NEXT_TOPIC, {"after": after}).first():
            after, ids[row.topic] = row.topic, row.id
        ids.pop(TOPIC, None)
        return ids

    def _letters(self, wanted: ColumnElement[bool], limit: int) -> list[Letter]:
        query = select(*(outbox.c[name] for name in Letter.__struct_fields__)).where(wanted)
        rows = self._connection.execute(query.order_by(outbox.c.id).limit(limit))
        return [Letter(*row) for row in rows]

    def find(self, id: int) -> Letter | None:
        """Return one letter that still waits."""
        row = self._connection.execute(select(outbox).where(outbox.c.id == id)).mappings().one_or_none()
        return Letter(**row) if row else None

    def sent(self, upto: int, *, topic: str = TOPIC) -> None:
        """Forget a topic's letters up to a number: the broker has them."""
        self._connection.execute(delete(outbox).where(outbox.c.id <= upto, outbox.c.topic == topic))

    def clear(self) -> None:
        """Forget every change of the register: all of it will be said anew."""
        self._connection.execute(delete(outbox).where(outbox.c.topic == TOPIC))

    def waiting(self) -> Waiting:
        """Say how much waits."""
        count = self._connection.execute(select(func.count()).select_from(outbox)).scalar_one()
        first = select(outbox.c.written_at).order_by(outbox.c.id).limit(1)
        return Waiting(count, self._connection.execute(first).scalar_one_or_none())


def key_of(change: RegisterChange) -> bytes:
    """Return the topic's key: the thing stated."""
    match change:
        case Stated(statement=said):
            return key_of_matter(matter_of(said))
        case Withdrawn():
            return key_of_matter((change.source, change.kind.value, change.certificate))
        case EpisodeStated(episode=said):
            return key_of_matter(matter_of(said))
        case EpisodeWithdrawn():
            return key_of_matter((change.source, EPISODE, change.number))
        case Mileage():
            return f"mileage|{change.vehicle}|{change.at}|{change.kilometres}".encode()
        case Vouched():
            return f"heartbeat|{change.source}".encode()
