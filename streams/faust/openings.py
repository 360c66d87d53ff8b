"""Which partitions are open: assigned, and their state loaded by `on_opened`."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import NamedTuple

from streams.faust.elapsed import elapsed
from streams.faust.runs import Opened, TopicPartition

log = logging.getLogger(__name__)

OnOpened = Callable[[Opened], Awaitable[None]]
OnClosed = Callable[[TopicPartition], Awaitable[None]]


class Bounds(NamedTuple):
    """What the broker said of a partition when it was about to be opened."""

    committed: int | None
    begin: int
    end: int


AskBounds = Callable[[Collection[TopicPartition]], Awaitable[Mapping[TopicPartition, Bounds]]]


class Openings:
    """Opens what was assigned and closes what was taken away, one after the other, in one task.

    A partition kept from one generation to the very next, with everything handled committed, stays
    open: nobody else can have had it. Any other is closed, and opened again if it is ours.
    """

    def __init__(
        self,
        ask: AskBounds,
        *,
        on_opened: OnOpened,
        on_closed: OnClosed,
        opened: Callable[[TopicPartition, Bounds], None],
    ) -> None:
        """Ask the broker by `ask`; call `opened` when a partition is open."""
        self._ask = ask
        self._on_opened = on_opened
        self._on_closed = on_closed
        self._opened = opened
        self._assigned: frozenset[TopicPartition] = frozenset()
        self._generation = -1
        self._begun: dict[TopicPartition, int] = {}
        self._closing: list[TopicPartition] = []
        self._open: dict[TopicPartition, Bounds] = {}
        self._current: tuple[TopicPartition, float, asyncio.Future[None]] | None = None
        self._wake = asyncio.Event()

    @property
    def open(self) -> Mapping[TopicPartition, Bounds]:
        """The open partitions, with what the broker said when they were opened."""
        return self._open

    @property
    def opening(self) -> tuple[TopicPartition, float] | None:
        """The partition whose `on_opened` is running, and since when (`elapsed`)."""
        return self._current[:2] if self._current is not None else None

    def begun(self, partition: TopicPartition) -> bool:
        """Tell whether a partition is open or being opened."""
        return partition in self._begun

    @property
    def complete(self) -> bool:
        """Whether everything assigned is open."""
        return self._open.keys() == self._assigned

    def assign(
        self,
        partitions: Collection[TopicPartition],
        *,
        generation: int,
        unsettled: Collection[TopicPartition] = (),
    ) -> frozenset[TopicPartition]:
        """Take over a new assignment; return the partitions kept open.

        `unsettled` are those of which something handled could not be committed: it comes again.
        """
        for partition, since in list(self._begun.items()):
            if partition in partitions and since == generation - 1 and partition not in unsettled:
                self._begun[partition] = generation
            else:
                self._give_up(partition)
        self._assigned = frozenset(partitions)
        self._generation = generation
        self._wake.set()
        return frozenset(self._begun)

    def _give_up(self, partition: TopicPartition) -> None:
        del self._begun[partition]
        self._open.pop(partition, None)
        self._closing.append(partition)
        if self._current is not None and self._current[0] == partition:
            self._current[2].cancel()

    async def run(self) -> None:
        """Open and close for ever; raises what a hook raises."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._closing:
                partition = self._closing.pop(0)
                await self._on_closed(partition)
                log.info("Closed %s[%d]", *partition)
            await self._open_missing()

    async def _open_missing(self) -> None:
        missing = self._assigned - self._begun.keys()
        if not missing:
            return
        bounds = await self._ask(missing)
        for partition in sorted(missing):
            if self._wake.is_set():
                return
            await self._open_one(partition, bounds[partition])

    async def _open_one(self, partition: TopicPartition, bounds: Bounds) -> None:
        self._begun[partition] = self._generation
        opened = Opened(
            partition=partition, generation=self._generation, committed=bounds.committed, end=bounds.end
        )
        task = asyncio.ensure_future(self._on_opened(opened))
        self._current = (partition, elapsed(), task)
        try:
            await asyncio.wait([task])
        finally:
            self._current = None
            task.cancel()
        given_up = partition not in self._begun
        if task.cancelled():
            if not given_up:
                raise RuntimeError(f"on_opened({partition}) was cancelled by somebody else")
            return
        task.result()
        if not given_up:
            self._open[partition] = bounds
            log.info("Opened %s[%d] at %s of %d", *partition, bounds.committed, bounds.end)
            self._opened(partition, bounds)
