"""The judge: opens and closes partitions, follows the register, hands runs to their units."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack

from regulator.clock import Clock
from regulator.config import Config, Platform
from regulator.domain.feed import FeedKind
from regulator.domain.findings import Because
from regulator.domain.instants import SECOND, Instant
from regulator.domain.licences import LicenceKind, SourceName
from regulator.judging.announcing import Occasion
from regulator.judging.court import Court
from regulator.judging.hearing import Border, Hearing
from regulator.judging.order_book import OrderBook
from regulator.secrets import Secrets
from regulator.wire.dialects import border_for
from regulator.wire.register import decode_change
from streams import topics
from streams.faust import App, Fenced, Opened, Run, TopicPartition
from streams.follower import Follower, Kept
from streams.judge.opening import reopen
from streams.judge.reading import read_whole
from streams.judge.returns import Returns
from streams.judge.unit import Unit
from streams.metrics import JudgeMetrics
from streams.renewal import REFUSED, Renewal
from streams.writing import Writer

_FORGET_EVERY = 300.0
_BREATH = 0.02
"""Between two rounds of judging again, seconds: a burst of statements makes one round."""
_RESTART = Because(source=SourceName(""), kind="restart")
_LIMITS = Because(source=SourceName(""), kind="limits")
_AT_ONCE = 500
"""Orders that are judged again between two breaths, when limits have changed for all that are held."""


class Judge:
    """Everything a judge's process holds. Its methods are the app's hooks."""

    def __init__(
        self,
        *,
        court: Court,
        config: Config,
        secrets: Secrets,
        brokers: str,
        metrics: JudgeMetrics,
        clock: Clock,
    ) -> None:
        self.app: App
        self._court = court
        self._config = config
        self._secrets = secrets
        self._brokers = brokers
        self._metrics = metrics
        self._clock = clock
        self._writer = Writer(brokers)
        self._register = Follower(brokers, topics.REGISTER, [0])
        self._returns = Returns(brokers, clock)
        self._open = AsyncExitStack()
        self._units: dict[TopicPartition, Unit] = {}
        self._reached = asyncio.Event()
        self._renewal = Renewal(config)

    async def before_joining(self) -> None:
        """Read the whole register, and what was returned: nothing may be judged by half of it."""
        await self._open.enter_async_context(self._writer)
        await self._open.enter_async_context(self._register)
        await read_whole(self._register, self._court.index)
        await self._open.enter_async_context(self._returns)

    async def on_opened(self, opened: Opened) -> None:
        """Take a partition up where its last judge left it."""
        partition = opened.partition
        platform = self._platform(partition.topic)
        book = OrderBook(self._court.law, feed=partition.topic, partition=partition.partition)
        hearing = Hearing(self._border(platform), book)
        unit = Unit(
            hearing,
            writer=self._writer,
            metrics=self._metrics,
            clock=self._clock,
            fence=lambda: self.app.fence(partition),
            sandbox=platform.sandbox,
        )
        await reopen(
            hearing,
            brokers=self._brokers,
            queue=topics.queue(sandbox=platform.sandbox),
            occasion=Occasion(self._clock(), _RESTART),
        )
        unit.recall_when_reached(opened.end, committed=opened.committed)
        self._returns.give_back(book)
        self._court.open(hearing)
        self._units[partition] = unit
        self._reached.set()

    async def on_closed(self, partition: TopicPartition) -> None:
        """Leave a partition to another judge."""
        self._units.pop(partition, None)
        self._court.close(partition.topic, partition.partition)

    async def on_stopped(self) -> None:
        """Disconnect, from however much was connected."""
        await self._open.aclose()

    async def hear(self, run: Run) -> None:
        """Judge one run; when this returns, everything that follows from it is durable."""
        unit = self._units[run.partition]
        await unit.hear(run)
        if unit.hearing.book.has_more:
            self._reached.set()

    async def follow_register(self) -> None:
        """Follow the register for ever."""
        async for batch in self._register.on():
            self._follow(batch)
            self._reached.set()

    async def follow_returns(self) -> None:
        """Give orders that began anew their first lives back, for ever."""
        async for order in self._returns.on():
            if any([hearing.book.give_back(order, Occasion(self._clock())) for hearing in self._court]):
                self._reached.set()

    async def rejudge(self) -> None:
        """Judge again, for ever, what the register or an opening has reached."""
        while True:
            await self._reached.wait()
            self._reached.clear()
            for partition, unit in list(self._units.items()):
                if partition in self.app.opened():
                    await self._unless_lost(partition, unit.rejudge)
                else:  # it is still opening, or it is being taken away: in either case soon told apart
                    self._reached.set()
            await asyncio.sleep(_BREATH)

    async def renew(self) -> None:
        """Follow limits that change, for ever: what is held is judged again, some of it at a time."""
        await self._renewal.run(self._reconsider)

    async def _reconsider(self) -> None:
        occasion = Occasion(self._clock(), _LIMITS)
        for partition, unit in list(self._units.items()):
            hearing = unit.hearing
            hearing.renew(self._border(self._platform(partition.topic)))
            held = [order.key for order in hearing.book]
            for first in range(0, len(held), _AT_ONCE):
                hearing.book.reconsider(held[first : first + _AT_ONCE], occasion)
                if partition in self.app.opened():
                    await self._unless_lost(partition, unit.rejudge)
                await asyncio.sleep(0)
        self._reached.set()

    async def _unless_lost(self, partition: TopicPartition, work: Callable[[], Awaitable[None]]) -> None:
        """Do something with a partition; what is not ours any more is another judge's to do."""
        try:
            await work()
        except Fenced:
            if partition in self.app.opened():
                raise

    async def forget(self) -> None:
        """Let go of old orders now and then."""
        while True:
            await asyncio.sleep(_FORGET_EVERY)
            for partition, unit in list(self._units.items()):
                await self._unless_lost(partition, unit.forget)

    def gauges(self) -> Mapping[str, Mapping[str, float]]:
        """Return what Prometheus asks for, as it is now."""
        index, now = self._court.index, self._clock()
        law = self._court.law
        undetermined = dict.fromkeys(law.rule_ids, 0.0)
        shadow = dict.fromkeys(map(str, law.shadow.on), 0.0)
        for hearing in self._court:
            if self._platform(hearing.book.feed).sandbox:
                continue
            for rule, number in hearing.book.undetermined().items():
                undetermined[rule] += number
            for rule, number in hearing.book.shadows.standing().items():
                shadow[rule] += number
        return {
            "regulator_register_complete_to_seconds": {
                source: (now - complete_to) / SECOND for source, complete_to in index.heartbeats.items()
            },
            "regulator_register_licences": {kind: index.count(kind) for kind in LicenceKind},
            "regulator_consumer_lag": topics.by_topic(self.app.lag().items()),
            "regulator_undetermined": undetermined,
            "regulator_shadow_standing_findings": shadow,
            "regulator_shadow_rules_off": {
                **dict.fromkeys(shadow, 0.0),
                **dict.fromkeys(law.shadow.failed, 1.0),
            },
            REFUSED: self._renewal.gauges(),
        }

    def _platform(self, feed: str) -> Platform:
        return self._config.platforms[topics.platform_of(feed)]

    def _border(self, platform: Platform) -> Border:
        return border_for(
            platform,
            FeedKind.ORDERS,
            pseudonym_key=self._secrets.pseudonym_key,
            fillers=self._config.driver_fillers,
            limits=self._config.limits,
        )

    def _follow(self, batch: Sequence[Kept]) -> None:
        for record in batch:
            if record.value is not None:
                arrival = Instant(record.timestamp * topics.MILLISECOND)
                self._court.follow(decode_change(record.value), arrival)
