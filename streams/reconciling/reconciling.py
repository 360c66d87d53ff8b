"""Compares a day's orders: what SQL says stands, and what a replay of the feed finds."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from datetime import date

import msgspec

from regulator.clock import Clock
from regulator.config import Config, Platform
from regulator.domain.feed import FeedKind
from regulator.domain.findings import Finding
from regulator.domain.instants import DAY, Instant, start_of
from regulator.joins.orders import Order
from regulator.joins.register_index import RegisterIndex
from regulator.judging.conclusions import judge
from regulator.judging.hearing import Border
from regulator.law import law_in_force
from regulator.secrets import Secrets
from regulator.settings import Settings
from regulator.store import Store, open_store
from regulator.store.footings import FootingStore
from regulator.store.reconciliation import Difference, ReconciliationStore, Tally
from regulator.store.reconciling import Compared, compare
from regulator.wire.dialects import border_for
from regulator.wire.register import decode_change
from streams import topics
from streams.faust import TopicPartition
from streams.follower import Follower
from streams.judge.reading import read_whole
from streams.reconciling.window import Window, orders_of

_BEFORE = DAY
"""So long before its day an order may have begun."""
_LOOKS = 3
"""A difference counts when it is still there at the last look: what was on its way has arrived by then."""
_BETWEEN_LOOKS_SECONDS = 5.0


class Reconciled(msgspec.Struct, frozen=True):
    """What came of it. ``left``: past orders that other limits or rules ask to be judged again still."""

    tally: Tally
    differences: list[Difference]
    left: int = 0


def reconcile(settings: Settings, config: Config, secrets: Secrets, *, day: date, clock: Clock) -> Reconciled:
    """Compare one day, in Shanghai, and keep the result. Raises Unavailable, KafkaError."""
    with closing(open_store(settings.database)) as store:
        with store.writing() as connection:
            number = ReconciliationStore(connection).begin(day, at=clock())
        done = asyncio.run(_Comparison(settings, config, secrets, store=store, day=day, clock=clock).run())
        with store.writing() as connection:
            ReconciliationStore(connection).finish(number, done.tally, done.differences, at=clock())
            job = FootingStore(connection).job()
        return msgspec.structs.replace(done, left=job.left if job is not None else 0)


class _Comparison:
    """One comparison: partition after partition, each forgotten before the next."""

    def __init__(
        self, settings: Settings, config: Config, secrets: Secrets, *, store: Store, day: date, clock: Clock
    ) -> None:
        self._settings = settings
        self._config = config
        self._secrets = secrets
        self._store = store
        begin = start_of(day)
        end = Instant(min(begin + DAY, clock()))
        self._window = Window(Instant(begin - _BEFORE), begin, end)
        self._index = RegisterIndex(config.sources)
        self._law = law_in_force(config, secrets, self._index)
        self._register = Follower(settings.kafka, topics.REGISTER, [0])

    async def run(self) -> Reconciled:
        """Compare every partition of every feed."""
        tally, differences = Tally(), list[Difference]()
        async with AsyncExitStack() as open_:
            await open_.enter_async_context(self._register)
            await read_whole(self._register, self._index)
            for partition, platform in self._partitions():
                compared = await self._compare(partition, platform)
                tally = tally.plus(compared.tally)
                differences += compared.differences
        return Reconciled(tally, differences)

    async def _compare(self, partition: TopicPartition, platform: Platform) -> Compared:
        orders = await orders_of(
            partition,
            self._window,
            brokers=self._settings.kafka,
            border=self._border(platform),
            law=self._law,
        )
        compared = self._look(partition, orders)
        for _ in range(_LOOKS - 1):
            if not compared.differences:
                break
            await asyncio.sleep(_BETWEEN_LOOKS_SECONDS)
            await self._follow_register()
            doubtful = {one.order_key for one in compared.differences}
            again = self._look(partition, [order for order in orders if order.key in doubtful])
            compared = compared.corrected(again)
        return compared

    def _look(self, partition: TopicPartition, orders: list[Order]) -> Compared:
        def judged(order: Order) -> tuple[Finding, ...]:
            return judge(order, self._law, feed=partition.topic, partition=partition.partition).findings

        with self._store.reading() as connection:
            return compare(connection, orders, judged, until=self._window.end)

    async def _follow_register(self) -> None:
        """Take in what was said meanwhile."""
        async for batch in self._register.whole():
            for record in batch:
                if record.value is not None:
                    self._index.apply(decode_change(record.value))

    def _partitions(self) -> Iterator[tuple[TopicPartition, Platform]]:
        for name, platform in self._config.platforms.items():
            if not platform.sandbox:
                for number in range(platform.partitions):
                    yield TopicPartition(topics.feed_orders(name), number), platform

    def _border(self, platform: Platform) -> Border:
        return border_for(
            platform,
            FeedKind.ORDERS,
            pseudonym_key=self._secrets.pseudonym_key,
            fillers=self._config.driver_fillers,
            limits=self._config.limits,
        )
