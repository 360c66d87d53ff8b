"""The track: positions in; where each car was last, and a receipt, out."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack

from regulator.config import Config, Platform
from regulator.domain.errors import TooManyDefects
from regulator.domain.feed import Accepted, FeedKind, Refusal
from regulator.domain.instants import Instant
from regulator.joins.positions import PositionBook
from regulator.judging.account import HANDLED, REPEATED, Account
from regulator.judging.hearing import Border
from regulator.quality.tally import tally_of
from regulator.secrets import Secrets
from regulator.wire.dialects import border_for
from regulator.wire.receipts import encode_receipt, receipt_of
from regulator.wire.tallies import encode_tally
from regulator.wire.tracks import encode_tracks
from streams import topics
from streams.faust import App, Opened, Run, TopicPartition
from streams.hours import arrived_at, hourly
from streams.metrics import FeedMetrics
from streams.renewal import REFUSED, Renewal
from streams.writing import Writer

_BLOCKS_KEPT = 2
"""Blocks of ten minutes in which a repeated position is recognised: older ones are untimely anyway."""

_DEFECTS_IN_A_RUN = 10


class Heard:
    """One partition of a positions feed: its border and its cars."""

    def __init__(self, border: Border, *, sandbox: bool = False) -> None:
        self.border = border
        self.sandbox = sandbox
        self.book = PositionBook(_BLOCKS_KEPT)

    def hear(self, run: Run) -> Account:
        """Take in a run and account for its records."""
        account = Account()
        read, take = self.border.read, self.book.take
        for record in run.records:
            account.messages += 1
            arrival = Instant(record.timestamp * topics.MILLISECOND)
            for outcome in read(record.value or b"", arrival):
                if isinstance(outcome, Accepted):
                    fate = HANDLED if take(outcome, arrival=arrival) else REPEATED
                    account.enter(outcome, fate, offset=record.offset, key=None)
                else:
                    account.refuse(outcome, offset=record.offset)
        return account


class TrackKeeper:
    """Everything a track's process holds. Its methods are the app's hooks."""

    def __init__(self, *, config: Config, secrets: Secrets, brokers: str, metrics: FeedMetrics) -> None:
        self.app: App
        self._config = config
        self._secrets = secrets
        self._metrics = metrics
        self._writer = Writer(brokers)
        self._open = AsyncExitStack()
        self._heard: dict[TopicPartition, Heard] = {}
        self._renewal = Renewal(config)

    async def before_joining(self) -> None:
        """Connect."""
        await self._open.enter_async_context(self._writer)

    async def on_opened(self, opened: Opened) -> None:
        """Begin with nothing: a car's newest position comes again within a minute."""
        platform = self._platform(opened.partition)
        self._heard[opened.partition] = Heard(self._border(platform), sandbox=platform.sandbox)

    async def on_closed(self, partition: TopicPartition) -> None:
        """Leave a partition to another track."""
        self._heard.pop(partition, None)

    async def on_stopped(self) -> None:
        """Disconnect, if anything was connected."""
        await self._open.aclose()

    async def hear(self, run: Run) -> None:
        """Track one run; when this returns, what follows from it is durable."""
        for part in hourly(run):
            await self._hear(self._heard[run.partition], part)

    async def _hear(self, heard: Heard, run: Run) -> None:
        account = heard.hear(run)
        _watch_defects(account, run)
        await self.app.fence(run)
        platform, partition = topics.platform_of(run.topic), run.partition.partition
        receipt = receipt_of(account, run.topic, partition, first=run.first, last=run.last)
        moved = heard.book.moved()
        writes = [self._writer.one(topics.receipts(platform), 0, encode_receipt(receipt))]
        if not heard.sandbox:  # no car of a sandbox is on anybody's map, none of its records in a measure
            tally = tally_of(
                account, run.topic, partition, first=run.first, last=run.last, arrived_at=arrived_at(run)
            )
            writes.append(self._writer.one(topics.TRACKS, 0, encode_tracks(moved)))
            writes.append(self._writer.one(topics.quality(platform), 0, encode_tally(tally)))
        await asyncio.gather(*writes)
        self._metrics.records(account, sandbox=heard.sandbox)

    async def renew(self) -> None:
        """Follow limits that change, for ever: they hold for what is heard from then on."""
        await self._renewal.run(self._reread)

    async def _reread(self) -> None:
        for partition, heard in self._heard.items():
            heard.border = self._border(self._platform(partition))

    def _platform(self, partition: TopicPartition) -> Platform:
        return self._config.platforms[topics.platform_of(partition.topic)]

    def _border(self, platform: Platform) -> Border:
        return border_for(
            platform,
            FeedKind.POSITIONS,
            pseudonym_key=self._secrets.pseudonym_key,
            fillers=self._config.driver_fillers,
            limits=self._config.limits,
        )

    def gauges(self) -> Mapping[str, Mapping[str, float]]:
        """Return what Prometheus asks for, as it is now."""
        return {
            "regulator_consumer_lag": topics.by_topic(self.app.lag().items()),
            REFUSED: self._renewal.gauges(),
        }


def _watch_defects(account: Account, run: Run) -> None:
    defects = account.count(Refusal.DEFECT)
    if defects > _DEFECTS_IN_A_RUN:
        raise TooManyDefects(
            f"our code failed on {defects} positions of {run.topic}: stopped; see the log, mend, start again"
        )
