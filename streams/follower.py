"""Reads a compacted topic whole and keeps following it: registers, and orders' state.

No group, no commits: a follower always begins at the beginning and knows nothing of others.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence

from aiokafka import AIOKafkaConsumer, TopicPartition

from streams.faust.fetching import fetch_while
from streams.faust.runs import Record

_WAIT = 0.2
_AT_ONCE = 2_000
"""Records in a batch; between two batches the event loop has its turn."""
_FETCH_BYTES = 1024 * 1024

Kept = Record
"""A record of a compacted topic; ``value`` None says that its key is gone."""


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

    async def seek_to(self, partition: int, milliseconds: int) -> bool:
        """Read a partition from its first record of that time or later; False if there is none."""
        wanted = TopicPartition(self._partitions[0].topic, partition)
        found = (await self._consumer.offsets_for_times({wanted: milliseconds}))[wanted]
        if found is None:
            return False
        self._consumer.seek(wanted, found.offset)
        return True

    async def whole(self) -> AsyncIterator[Sequence[Kept]]:
        """Yield everything that is there now, in batches, and end."""
        ends = await self._consumer.end_offsets(self._partitions)
        while await self._behind(ends):
            async for batch in self._fetched():
                yield batch

    async def on(self) -> AsyncIterator[Sequence[Kept]]:
        """Yield what comes from now on, in batches, for ever."""
        while True:
            async for batch in self._fetched():
                yield batch

    async def _behind(self, ends: dict[TopicPartition, int]) -> bool:
        positions = {one: await self._consumer.position(one) for one in self._partitions}
        return any(positions[one] < ends[one] for one in self._partitions)

    async def _fetched(self) -> AsyncIterator[Sequence[Kept]]:
        fetched = await fetch_while(_ours, self._consumer, self._partitions, wait=_WAIT)
        for records in fetched.values():
            for first in range(0, len(records), _AT_ONCE):
                yield records[first : first + _AT_ONCE]
                await asyncio.sleep(0)


def _ours() -> bool:
    """Without a group nobody takes a partition away."""
    return True
