"""A broker on paper: what a worker's thread would hear and say, without a broker."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from faust.types import TP
from faust.types.transports import TransportT
from mode import CrashingSupervisor, Service

from streams.faust.app import App, Hooks
from streams.faust.consumer import RunConsumer, RunTransport
from streams.faust.elapsed import elapsed
from streams.faust.fetching import Fetched
from streams.faust.openings import Bounds, OnClosed, OnOpened
from streams.faust.runs import Opened, Run, TopicPartition
from streams.faust.terms import Terms

FEED = "feed"
ZERO = TopicPartition(FEED, 0)
CRASH = b"crash"


@dataclass(frozen=True)
class PaperRecord:
    offset: int
    value: bytes | None = b""
    key: bytes | None = None
    timestamp: int = 0


def records(*values: bytes, first: int = 0) -> list[PaperRecord]:
    return [PaperRecord(first + n, value) for n, value in enumerate(values)]


class PaperBroker:
    """Partitions and committed offsets that outlive a worker."""

    def __init__(self, *values: bytes, partitions: int = 1) -> None:
        self.log = {TopicPartition(FEED, n): [] for n in range(partitions)}
        self.log[ZERO] = records(*values)
        self.committed: dict[TopicPartition, int] = {}
        self.refusals = 0
        """How many of the next commits are refused."""
        self.generation = 0


class PaperThread(Service):
    """Stands in for BrokerThread: one member of the group, which holds all partitions."""

    def __init__(self, broker: PaperBroker, consumer: RunConsumer, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.broker = broker
        self.consumer = consumer
        self.held: set[TopicPartition] = set()
        self.read: dict[TopicPartition, int] = {}

    async def subscribe(self, topics: Collection[str]) -> None:
        self.add_future(self.rebalance(set(self.broker.log)))

    async def rebalance(self, partitions: set[TopicPartition], *, skip: int = 1) -> None:
        """Go through one rebalance; `skip` > 1: through some that others took part in alone."""
        app = self.consumer.app
        app.on_rebalance_start()
        await self.consumer.on_partitions_revoked({TP(*p) for p in self.held})
        self.broker.generation += skip
        app.consumer_generation_id = self.broker.generation
        self.held = partitions
        self.read = {p: self.broker.committed.get(p, 0) for p in partitions}
        self.consumer.delivery.fence.heard(elapsed())
        await self.consumer.on_partitions_assigned({TP(*p) for p in partitions}, self.broker.generation)

    async def fetch(self, partitions: Collection[TopicPartition], *, generation: int, wait: float) -> Fetched:
        fresh = {p: self.broker.log[p][self.read[p] :] for p in partitions}
        taken = {p: found for p, found in fresh.items() if found}
        if not taken:
            await asyncio.sleep(0.01)
        for partition, found in taken.items():
            self.read[partition] += len(found)
        return Fetched(self.broker.generation, taken)

    async def commit_runs(
        self, offsets: Mapping[TopicPartition, int], *, generation: int, within: float
    ) -> bool:
        if self.broker.refusals or generation != self.broker.generation:
            self.broker.refusals = max(0, self.broker.refusals - 1)
            return False
        self.broker.committed.update(offsets)
        return True

    async def bounds(self, partitions: Collection[TopicPartition]) -> Mapping[TopicPartition, Bounds]:
        return {p: Bounds(self.broker.committed.get(p), 0, len(self.broker.log[p])) for p in partitions}

    async def check(self) -> None:
        pass

    def assignment(self) -> set[TP]:
        return {TP(*p) for p in self.held}

    def generation(self) -> int:
        return self.broker.generation

    def coordinator_known(self) -> bool:
        return True

    def reached(self, partition: TopicPartition) -> tuple[int | None, int | None]:
        return self.read.get(partition), len(self.broker.log[partition])


async def nothing(*_: object) -> None:
    """A hook that does nothing."""


class PaperApp(App):
    """An app whose consumer speaks with a broker on paper."""

    def __init__(
        self, broker: PaperBroker, *, on_opened: OnOpened, on_closed: OnClosed, terms: Terms
    ) -> None:
        hooks = Hooks(before_joining=(), on_opened=on_opened, on_closed=on_closed, after_stopping=())
        super().__init__(
            "paper", topics=[FEED], terms=terms, hooks=hooks,
            broker="kafka://nowhere", agent_supervisor=CrashingSupervisor, broker_commit_interval=0.05,
            topic_disable_leader=True, web_enabled=False, table_standby_replicas=0,
        )  # fmt: skip
        self.broker = broker

    def _new_transport(self) -> TransportT:
        broker = self.broker

        class PaperConsumer(RunConsumer):
            def _new_consumer_thread(self) -> PaperThread:  # type: ignore[override]
                return PaperThread(broker, self, loop=self.loop, beacon=self.beacon)

        class PaperTransport(RunTransport):
            Consumer = PaperConsumer

        return PaperTransport(self.conf.broker_consumer, self)

    @property
    def thread(self) -> PaperThread:
        return self.consumer._thread


Handle = Callable[[Run], Any]


@asynccontextmanager
async def worker(
    broker: PaperBroker,
    handle: Handle,
    *,
    on_opened: Callable[[Opened], Any] = nothing,
    on_closed: Callable[[TopicPartition], Any] = nothing,
    **terms: Any,
) -> AsyncIterator[PaperApp]:
    """Run an app whose agent awaits `handle` for each run."""
    app = PaperApp(broker, on_opened=on_opened, on_closed=on_closed, terms=Terms(**terms))

    @app.agent(app.feed)
    async def agent(runs: AsyncIterator[Run]) -> None:
        async for run in runs:
            await handle(run)

    await app.start()
    try:
        yield app
    finally:
        await app.stop()


async def until(condition: Callable[[], object], *, within: float = 60.0) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(within):
        while not condition():
            await asyncio.sleep(0.01)


def values(run: Run) -> Sequence[bytes | None]:
    return [record.value for record in run.records]
