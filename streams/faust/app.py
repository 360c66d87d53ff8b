"""The Faust app: a consumer of runs, its hooks, its health."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

import faust
from faust.app.base import BootStrategy
from faust.exceptions import ImproperlyConfigured
from faust.types import TopicT
from faust.types.transports import TransportT
from mode import Service

from streams.faust.consumer import RunConsumer, RunTransport
from streams.faust.delivery import Delivery
from streams.faust.elapsed import elapsed
from streams.faust.fence import NO_GENERATION, Fenced
from streams.faust.health import Health, Vitals, judge_health
from streams.faust.ledger import Counts
from streams.faust.openings import Bounds, OnClosed, OnOpened
from streams.faust.runs import Run, TopicPartition
from streams.faust.stream import RunStream
from streams.faust.terms import Terms
from streams.faust.watchdog import watch

WATCH_EVERY = 1.0
FENCE_AGAIN_AFTER = 0.1


@dataclass(frozen=True, slots=True)
class Step:
    """Something awaited at the start or the end of a worker; the name is shown by /health."""

    name: str
    action: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """What the owner of an app does at its turning points."""

    before_joining: tuple[Step, ...]
    on_opened: OnOpened
    on_closed: OnClosed
    after_stopping: tuple[Step, ...]


class ConsumerOnly(BootStrategy):
    """Start no producer: Faust's sends single messages, the agents here write batches of their own."""

    enable_kafka_producer = False


class App(faust.App):
    """A Faust app whose one agent gets runs; see the package."""

    BootStrategy = ConsumerOnly
    mundane_level = "debug"

    def __init__(
        self, name: str, *, topics: Collection[str], terms: Terms, hooks: Hooks, **settings: Any
    ) -> None:
        """Make no connection and touch no file; `settings` are Faust's."""
        super().__init__(name, Stream=RunStream, **settings)
        self.terms = terms
        self.delivery = Delivery(terms, ask=self._ask, on_opened=hooks.on_opened, on_closed=hooks.on_closed)
        self.feed: TopicT = self.topic(*topics)
        self._hooks = hooks
        self._stage = "starting"
        self.beat_at: float | None = None
        """When the event loop was last seen at work; None before the start and after the stop has begun."""

    # what the owner asks

    def opened(self) -> frozenset[TopicPartition]:
        """Return the partitions that are open now."""
        return frozenset(self.delivery.openings.open)

    def still_ours(self, what: Run | TopicPartition) -> bool:
        """Tell whether no other worker can have been given this meanwhile."""
        return self.delivery.still_ours(what, generation=self._generation())

    async def fence(self, what: Run | TopicPartition) -> None:
        """Wait until it is certain that this is still ours; raises Fenced when it is not."""
        while not self.still_ours(what):
            if self.delivery.lost(what, generation=self._generation()):
                raise Fenced(f"{what} may belong to another worker by now")
            await asyncio.sleep(FENCE_AGAIN_AFTER)

    def lag(self) -> Mapping[TopicPartition, int]:
        """Return, for each open partition, how many offsets are not yet handled and committed."""
        return {partition: self._behind(partition) for partition in self.opened()}

    def counts(self) -> Counts:
        """Return what was done since the start."""
        return self.delivery.ledger.counts

    def health(self) -> Health:
        """Say whether this worker consumes, and if not, why."""
        ages = self.delivery.ages()
        known = self._consumer is not None and self._runs.coordinator_known()
        return judge_health(
            Vitals(
                stage="stopping" if self.should_stop else self._stage,
                coordinator_known=known,
                generation=self._generation(),
                session_timeout=self.terms.session_timeout,
                ages=ages,
                lag=sum(self.lag().values()),
            )
        )

    # Faust's turning points

    async def on_start(self) -> None:
        """Do what comes before joining the group."""
        readers = [agent.name for agent in self.agents.values()]
        if len(readers) != 1:
            raise ImproperlyConfigured(f"an app has exactly one agent, this one has {readers}")
        for step in self._hooks.before_joining:
            self._stage = step.name
            await step.action()
        self._stage = "joining the consumer group"
        await super().on_start()

    async def on_started(self) -> None:
        """Note that the first assignment has come."""
        await super().on_started()
        self._stage = "running"

    async def on_shutdown(self) -> None:
        """Do what comes after the last commit."""
        await super().on_shutdown()
        for step in self._hooks.after_stopping:
            await step.action()

    @Service.task
    async def _watch(self) -> None:
        while not self.should_stop:
            self.beat_at = elapsed()
            await self._runs.check()
            if self._stage == "running":
                self.delivery.note_lag(sum(self.lag().values()))
                watch(self.delivery)
            await self.sleep(WATCH_EVERY)
        self.beat_at = None

    # inside

    @property
    def _runs(self) -> RunConsumer:
        return cast(RunConsumer, self.consumer)

    def _generation(self) -> int:
        return NO_GENERATION if self._consumer is None else self._runs.generation()

    def _behind(self, partition: TopicPartition) -> int:
        reached, end = self._runs.reached(partition)
        return self.delivery.behind(partition, reached=reached, end=end)

    async def _ask(self, partitions: Collection[TopicPartition]) -> Mapping[TopicPartition, Bounds]:
        return await self._runs.bounds(partitions)

    def _new_transport(self) -> TransportT:
        return RunTransport(self.conf.broker_consumer, self)

    def _create_directories(self) -> None:
        """Create none: nothing is kept on disk."""
