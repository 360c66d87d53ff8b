"""One feed partition in this judge's hands: runs in, durable conclusions out.

The only safe order: violations, then state, then what was told, then tally and receipt, each durable
before the next; then the run is acknowledged. A crash between two of them is mended on opening
(``opening``).
"""

import asyncio
from collections.abc import Awaitable, Callable

from regulator.clock import Clock
from regulator.domain.instants import DAY, HOUR, Instant
from regulator.joins.keeping import Keeping
from regulator.judging.announcing import Occasion
from regulator.judging.hearing import Hearing
from regulator.judging.judged import Judged
from regulator.quality.tally import tally_of
from regulator.wire.receipts import encode_receipt, receipt_of
from regulator.wire.tallies import encode_tally
from regulator.wire.told import encode_told
from streams import topics
from streams.faust import Run
from streams.hours import arrived_at, hourly
from streams.metrics import JudgeMetrics
from streams.writing import Writer

_HELD = 24 * HOUR
"""Orders whose newest record is older leave the judge's memory, unless they wait for something."""

_HELD_ENDED = 4 * HOUR
"""So soon those leave that have ended: what still comes of them is made good by the desk."""

_AT_ONCE = 500
"""Orders judged again in one step: some tenths of a second in which nothing else is done."""

_WAITED = 7 * DAY
"""So long they wait: as long as their feed is kept."""


class Unit:
    """Judges one partition; one thing at a time."""

    def __init__(
        self,
        hearing: Hearing,
        *,
        writer: Writer,
        metrics: JudgeMetrics,
        clock: Clock,
        fence: Callable[[], Awaitable[None]],
        sandbox: bool = False,
    ) -> None:
        """``sandbox``: its findings go where no officer looks, and into no count of findings."""
        self.hearing = hearing
        self._writer = writer
        self._metrics = metrics
        self._clock = clock
        self._fence = fence
        self._one_at_a_time = asyncio.Lock()
        book = hearing.book
        platform = topics.platform_of(book.feed)
        self._states = topics.orders(platform)
        self._receipts = topics.receipts(platform)
        self._base = topics.base(platform)
        self._quality = topics.quality(platform)
        self._queue = topics.queue(sandbox=sandbox)
        self._violations = topics.violations_partition(book.feed, book.partition)
        self._sandbox = sandbox
        self._recall_from: int | None = None

    async def hear(self, run: Run) -> None:
        """Judge a run and make what follows from it durable."""
        async with self._one_at_a_time:
            for part in hourly(run):
                await self._hear(part)

    async def rejudge(self) -> None:
        """Judge again what the register has reached: some at a time, so that runs need not wait for all."""
        while True:
            async with self._one_at_a_time:
                judged = self.hearing.conclude(most=_AT_ONCE)
                await self._keep(judged)
                self._count(judged)
            if not self.hearing.book.has_more:
                return
            await asyncio.sleep(0)

    async def forget(self) -> None:
        """Let go of old orders; the desk has them."""
        async with self._one_at_a_time:
            await self._fence()
            now = self._clock()
            old = self.hearing.book.forget(
                Keeping(
                    arrived_before=Instant(now - _HELD),
                    ended_before=Instant(now - _HELD_ENDED),
                    waiting_before=Instant(now - _WAITED),
                )
            )
            await self._writer.forget(self._states, self.hearing.book.partition, old)

    def recall_when_reached(self, end: int, *, committed: int | None) -> None:
        """Judge the reminded orders once everything that was on the feed has come again."""
        self._recall_from = end
        self._recall_after(committed or 0)

    async def _hear(self, run: Run) -> None:
        first = run.first
        for record in run.records:
            arrival = Instant(record.timestamp * topics.MILLISECOND)
            self.hearing.hear(record.value or b"", arrival=arrival, offset=record.offset)
            if self.hearing.account.lines > topics.RECEIPT_LINES and record.offset < run.last:
                await self._conclude(run, first, record.offset)
                first = record.offset + 1
        self._recall_after(run.last + 1)
        await self._conclude(run, first, run.last)

    async def _conclude(self, run: Run, first: int, last: int) -> None:
        judged = self.hearing.conclude(most=_AT_ONCE)
        account = self.hearing.close_account()
        await self._keep(judged)
        await self._tell()
        partition = run.partition.partition
        receipt = receipt_of(account, run.topic, partition, first=first, last=last)
        writes = [self._writer.one(self._receipts, 0, encode_receipt(receipt))]
        if not self._sandbox:
            tally = tally_of(
                account, run.topic, partition, first=first, last=last, arrived_at=arrived_at(run)
            )
            writes.append(self._writer.one(self._quality, 0, encode_tally(tally)))
        await asyncio.gather(*writes)
        self._metrics.records(account, sandbox=self._sandbox)
        self._count(judged)

    async def _keep(self, judged: Judged) -> None:
        if not judged.events and not judged.changed and not judged.others:
            return
        await self._fence()
        said_to = await self._writer.violations(self._queue, self._violations, judged.events)
        agreed = said_to if self._recall_from is None else None  # else the next judge reads it back again
        partition = self.hearing.book.partition
        await self._writer.states(
            self._states, partition, judged.changed, others=judged.others, checkpoint=agreed
        )

    async def _tell(self) -> None:
        """Pass on what the platform told of itself; a sandbox tells nobody."""
        told = self.hearing.told()
        if told and not self._sandbox:
            await self._writer.one(self._base, 0, encode_told(told))

    def _recall_after(self, offset: int) -> None:
        if self._recall_from is not None and offset >= self._recall_from:
            self._recall_from = None
            self.hearing.book.recall(Occasion(self._clock()))

    def _count(self, judged: Judged) -> None:
        if not self._sandbox:
            self._metrics.events(judged.events, self._clock())
            self._metrics.shadow(judged)
        self._metrics.failures(judged)
        self._metrics.shadow_failures(self.hearing.book.shadows.failed)
