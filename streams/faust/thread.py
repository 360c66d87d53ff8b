"""The consumer's own thread: everything that speaks with the broker."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from typing import Any

from aiokafka.consumer.fetcher import UNKNOWN_OFFSET
from aiokafka.coordinator.assignors.sticky.sticky_assignor import StickyPartitionAssignor
from aiokafka.errors import CommitFailedError, ConsumerStoppedError, IllegalStateError, KafkaError
from aiokafka.protocol.group import HeartbeatRequest, SyncGroupRequest
from aiokafka.structs import OffsetAndMetadata
from aiokafka.structs import TopicPartition as Pair
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread
from faust.types.transports import TransportT

from streams.faust.elapsed import elapsed
from streams.faust.fence import NO_GENERATION, Fence
from streams.faust.fetching import Fetched, fetch
from streams.faust.inflating import bound_decoders
from streams.faust.openings import Bounds
from streams.faust.runs import TopicPartition

LONGEST_POLL_MS = 250
"""How long a fetch may wait at the broker. A partition that was full meanwhile waits for its end."""

REBALANCE_IN_PROGRESS = 27


class BrokerThread(AIOKafkaConsumerThread):
    """Faust's consumer thread: fetches runs, asks and commits for many partitions at once."""

    fence: Fence
    mundane_level = "debug"

    def _create_worker_consumer(self, transport: TransportT) -> Any:
        bound_decoders()
        consumer = super()._create_worker_consumer(transport)  # type: ignore[arg-type]  # it is one
        consumer._fetch_max_wait_ms = LONGEST_POLL_MS
        consumer._isolation_level = "read_committed"
        # Loading a partition's state is dear: as many as can stay where they are.
        consumer._partition_assignment_strategy = (StickyPartitionAssignor,)
        return consumer

    async def on_start(self) -> None:
        """Connect, and listen for signs of life of the group."""
        await super().on_start()
        coordinator = self._ensure_consumer()._coordinator
        coordinator._send_req = self._listening(coordinator._send_req)

    def _listening(self, send: Callable[[Any], Awaitable[Any]]) -> Callable[[Any], Awaitable[Any]]:
        async def send_and_listen(request: Any) -> Any:
            sent = elapsed()
            response = await send(request)
            alive = isinstance(request, HeartbeatRequest | SyncGroupRequest)
            # While a rebalance is being prepared the old generation still holds.
            if alive and response.error_code in (0, REBALANCE_IN_PROGRESS):
                self.fence.heard(sent)
            return response

        return send_and_listen

    def _stopped_set(self) -> None:
        # After a crash the thread has ended by itself, and its loop is closed.
        with suppress(RuntimeError):
            super()._stopped_set()

    async def call_thread(self, fun: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
        """Run in the thread. Faust's two workers there can both be stuck behind a rebalance."""
        if self.thread_loop.is_closed():
            raise ConsumerStoppedError

        async def call() -> Any:
            result = fun(*args, **kwargs)
            return await result if asyncio.iscoroutine(result) else result

        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(call(), self.thread_loop))

    def generation(self) -> int:
        """Return the group generation as aiokafka knows it, else NO_GENERATION."""
        coordinator = self._consumer._coordinator if self._consumer is not None else None
        return NO_GENERATION if coordinator is None else int(coordinator.generation)

    def coordinator_known(self) -> bool:
        """Tell whether there is a broker that answers for the group."""
        coordinator = self._consumer._coordinator if self._consumer is not None else None
        return coordinator is not None and coordinator.coordinator_id is not None

    async def fetch(self, partitions: Collection[TopicPartition], *, generation: int, wait: float) -> Fetched:
        """Take what has been fetched; see `fetching.fetch`."""
        taken: Fetched = await self.call_thread(
            fetch, self._ensure_consumer(), partitions, generation=generation, wait=wait
        )
        return taken

    async def check(self) -> None:
        """Raise what aiokafka keeps to itself until it is asked: it has stopped consuming for good."""

        async def ask(consumer: Any) -> None:
            consumer._coordinator.check_errors()
            if consumer._fetcher.error_future.done():
                consumer._fetcher.error_future.result()
                raise RuntimeError("aiokafka's fetcher has ended")

        if self._consumer is not None and self._consumer._coordinator is not None:
            await self.call_thread(ask, self._consumer)

    async def commit_runs(
        self, offsets: Mapping[TopicPartition, int], *, generation: int, within: float
    ) -> bool:
        """Commit; False: the group is rebalancing or the broker does not answer, try again later."""
        return bool(await self.call_thread(self._commit_runs, offsets, generation, within))

    async def _commit_runs(
        self, offsets: Mapping[TopicPartition, int], generation: int, within: float
    ) -> bool:
        consumer = self._ensure_consumer()
        mine = consumer.assignment()
        ours = {Pair(*p): OffsetAndMetadata(o, "") for p, o in offsets.items() if p in mine}
        if not ours or self.generation() != generation:
            return False
        try:
            await asyncio.wait_for(consumer.commit(ours), within)
        except (CommitFailedError, IllegalStateError, TimeoutError) as error:
            self.log.info("Commit put off: %r", error)
            return False
        except KafkaError as error:
            if not error.retriable:
                raise
            self.log.info("Commit put off: %r", error)
            return False
        return len(ours) == len(offsets)

    async def bounds(self, partitions: Collection[TopicPartition]) -> Mapping[TopicPartition, Bounds]:
        """Ask for the committed, first and end offsets of partitions."""
        bounds: Mapping[TopicPartition, Bounds] = await self.call_thread(self._bounds, list(partitions))
        return bounds

    async def _bounds(self, partitions: list[TopicPartition]) -> Mapping[TopicPartition, Bounds]:
        consumer = self._ensure_consumer()
        committed = await consumer._coordinator.fetch_committed_offsets(partitions)
        begins = await consumer.beginning_offsets(partitions)
        ends = await consumer.end_offsets(partitions)
        known = {p: c.offset for p, c in committed.items() if c.offset != UNKNOWN_OFFSET}
        return {p: Bounds(known.get(p), begins[p], ends[p]) for p in partitions}

    def reached(self, partition: TopicPartition) -> tuple[int | None, int | None]:
        """Return the offset up to which records were taken, and the end, as last heard."""
        subscription = self._consumer._subscription.subscription if self._consumer is not None else None
        assignment = subscription.assignment if subscription is not None else None
        state = assignment.state_value(partition) if assignment is not None else None
        if state is None:
            return None, None
        return state._position, state.lso
