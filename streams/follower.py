"""Reads a compacted topic whole and keeps following it: registers, and orders' state.

No group, no commits: a follower always begins at the beginning and knows nothing of others.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Protocol

from aiokafka import AIOKafkaConsumer, TopicPartition

_WAIT_MS = 200
_AT_ONCE = 20_000
_FETCH_BYTES = 8 * 1024 * 1024


class Kept(Protocol):
    """A record of a compacted topic; ``value`` None says that its key is gone."""

    @property
    def offset(self) -> int:
        """Its offset on its partition."""
        ...

    @property
    def timestamp(self) -> int:
        """Milliseconds since 1970, the broker's clock."""
        ...

    @property
    def key(self) -> bytes | None:
        """What it is about."""
        ...

    @property
    def value(self) -> bytes | None:
        """What it says."""
        ...


class Follower:
    """Follows some partitions of one topic. Use as an asynchronous context manager."""

    def __init__(self, brokers: str, topic: str, partitions: Iterable[int]) -> None:
        self._partitions = [TopicPartition(topic, partition) for partition in partitions]
        self._brokers = brokers
        self._consumer: AIOKafkaConsumer

    async def __aenter__(self) -> "Follower":
        self._consumer = AIOKafkaConsumer(
            bootstrap_servers=self._brokers,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=_FETCH_BYTES,
            fetch_max_bytes=4 * _FETCH_BYTES,
        )
        await self._consumer.start()
        self._consumer.assign(self._partitions)
        await self._consumer.seek_to_beginning(*self._partitions)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._consumer.stop()

    async def seek(self, partition: int, offset: int) -> None:
        """Read a partition from an offset instead of from its beginning."""
        topic = self._partitions[0].topic
        self._consumer.seek(TopicPartition(topic, partition), offset)

    async def whole(self) -> AsyncIterator[Sequence[Kept]]:
        """Yield everything that is there now, in batches, and end."""
        ends = await self._consumer.end_offsets(self._partitions)
        while await self._behind(ends):
            for batch in await self._fetch():
                yield batch

    async def on(self) -> AsyncIterator[Sequence[Kept]]:
        """Yield what comes from now on, in batches, for ever."""
        while True:
            for batch in await self._fetch():
                yield batch

    async def _behind(self, ends: dict[TopicPartition, int]) -> bool:
        positions = {one: await self._consumer.position(one) for one in self._partitions}
        return any(positions[one] < ends[one] for one in self._partitions)

    async def _fetch(self) -> list[Sequence[Kept]]:
        fetched = await self._consumer.getmany(timeout_ms=_WAIT_MS, max_records=_AT_ONCE)
        return list(fetched.values())
