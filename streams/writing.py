"""Durable writes of judges and tracks. Each call returns when the broker has everything."""

import asyncio
from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Self

from aiokafka import AIOKafkaProducer

from regulator.domain.findings import FindingEvent
from regulator.joins.orders import Order
from regulator.joins.recent import News, Origin
from regulator.wire.orders import encode_order
from regulator.wire.violations import encode_violation
from streams.topics import LARGEST_BYTES

CHECKPOINT = b"~checkpoint"
"""Key of the state record that says how far the queue agrees with the state."""

SEEN = b"~seen|"
"""Begins the keys of state records that say from where a content of no order came first."""

_NOTHING: News = MappingProxyType({})

Pair = tuple[bytes | None, bytes | None]


def seen_record(digest: int, origin: Origin | None) -> Pair:
    """Return the state record of a content; a tombstone where it is to be forgotten."""
    value = None if origin is None else b"%d,%d" % origin
    return SEEN + b"%x" % digest, value


def seen_in(key: bytes, value: bytes) -> tuple[int, Origin]:
    """Read what ``seen_record`` wrote."""
    offset, _, index = value.partition(b",")
    return int(key.removeprefix(SEEN), 16), (int(offset), int(index))


class Writer:
    """Writes batches with one producer; idempotent, so a retry neither doubles nor reorders."""

    def __init__(self, brokers: str) -> None:
        self._brokers = brokers
        self._producer: AIOKafkaProducer

    async def __aenter__(self) -> Self:
        """Connect. (A producer belongs to the loop in which it was made.)"""
        self._producer = AIOKafkaProducer(
            bootstrap_servers=self._brokers,
            acks="all",
            enable_idempotence=True,
            compression_type="lz4",
            max_batch_size=512 * 1024,
            max_request_size=LARGEST_BYTES,
            request_timeout_ms=30_000,
        )
        await self._producer.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Send what is left and disconnect."""
        await self._producer.stop()

    async def violations(self, topic: str, partition: int, events: Iterable[FindingEvent]) -> int | None:
        """Put events into a queue; return the offset after the last one, None if there were none."""
        pairs = [(event.finding.id.encode(), encode_violation(event)) for event in events]
        return await self._write(topic, partition, pairs)

    async def states(
        self,
        topic: str,
        partition: int,
        orders: Iterable[Order],
        *,
        others: News = _NOTHING,
        checkpoint: int | None = None,
    ) -> None:
        """Keep orders as they stand, other contents seen, and how far the queue agrees with the orders."""
        pairs: list[Pair] = [(order.key.encode(), encode_order(order)) for order in orders]
        pairs += [seen_record(digest, origin) for digest, origin in others.items()]
        if checkpoint is not None:
            pairs.append((CHECKPOINT, str(checkpoint).encode()))
        await self._write(topic, partition, pairs)

    async def forget(self, topic: str, partition: int, orders: Iterable[Order]) -> None:
        """Let go of orders that left the judge's memory."""
        await self._write(topic, partition, [(order.key.encode(), None) for order in orders])

    async def one(self, topic: str, partition: int, payload: bytes) -> None:
        """Write one message without a key."""
        await self._producer.send_and_wait(topic, payload, partition=partition)

    async def _write(self, topic: str, partition: int, pairs: Sequence[Pair]) -> int | None:
        """Write pairs in order, in as few batches as hold them."""
        if not pairs:
            return None
        sent = []
        batch = self._producer.create_batch()
        for key, value in pairs:
            if batch.append(key=key, value=value, timestamp=None) is None:
                sent.append(await self._producer.send_batch(batch, topic, partition=partition))
                batch = self._producer.create_batch()
                if batch.append(key=key, value=value, timestamp=None) is None:
                    await self._producer.send_and_wait(topic, value, key=key, partition=partition)
        if batch.record_count():
            sent.append(await self._producer.send_batch(batch, topic, partition=partition))
        offsets = [int(metadata.offset) for metadata in await asyncio.gather(*sent)]
        return max(offsets, default=-1) + int(batch.record_count())
