"""Opening a partition: its orders as they were kept, and what the queue has heard beyond them.

Violations are written before the state. Where a crash came in between, the queue says something
that the state does not know. Batches of states carry the queue's offset up to which the two agree
(not while orders are still to be recalled: what is read back here is not kept yet); what lies
beyond is read back here, so that nothing said is ever forgotten and a withdrawal can reach it.
"""

from collections.abc import Mapping

from regulator.judging.announcing import Occasion
from regulator.judging.hearing import Hearing
from regulator.wire.orders import decode_order
from regulator.wire.said import filed_as_said, key_said
from regulator.wire.violations import ViolationEvent, decode_violation
from streams import topics
from streams.follower import Follower
from streams.writing import CHECKPOINT, SEEN, seen_in


async def reopen(hearing: Hearing, *, brokers: str, queue: str, occasion: Occasion) -> None:
    """Load a hearing's orders and remind it of what its queue has heard."""
    book = hearing.book
    kept = await _kept(brokers, topics.orders(topics.platform_of(book.feed)), book.partition)
    checkpoint = load(hearing, kept, occasion)
    await _remind(hearing, brokers=brokers, queue=queue, since=checkpoint)


def load(hearing: Hearing, kept: Mapping[bytes, bytes], occasion: Occasion) -> int:
    """Load the newest value of every key; return the queue's offset up to which it agrees with them."""
    for key, payload in kept.items():
        if key.startswith(SEEN):
            hearing.book.remember(*seen_in(key, payload))
        elif key != CHECKPOINT:
            hearing.book.load(decode_order(payload), occasion)
    return int(kept.get(CHECKPOINT, b"0"))


def remind(hearing: Hearing, payload: bytes) -> None:
    """Remind a hearing of what the queue has heard, if that was about one of its orders."""
    event = decode_violation(payload)
    if _is_about(event, hearing):
        hearing.book.remind(key_said(event), *filed_as_said(event))


async def _kept(brokers: str, topic: str, partition: int) -> dict[bytes, bytes]:
    """Return the newest value of every key that is not gone."""
    kept: dict[bytes, bytes] = {}
    async with Follower(brokers, topic, [partition]) as follower:
        async for batch in follower.whole():
            for record in batch:
                if record.key is not None and record.value is not None:
                    kept[record.key] = record.value
                elif record.key is not None:
                    kept.pop(record.key, None)
    return kept


async def _remind(hearing: Hearing, *, brokers: str, queue: str, since: int) -> None:
    book = hearing.book
    partition = topics.violations_partition(book.feed, book.partition)
    async with Follower(brokers, queue, [partition]) as follower:
        await follower.seek(partition, since)
        async for batch in follower.whole():
            for record in batch:
                if record.value is not None:
                    remind(hearing, record.value)


def _is_about(event: ViolationEvent, hearing: Hearing) -> bool:
    book = hearing.book
    if event.origins:
        origin = event.origins[0]
        return (origin.topic, origin.partition) == (book.feed, book.partition)
    return book.knows(key_said(event))
