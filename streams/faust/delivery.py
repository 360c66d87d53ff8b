"""What lies between the fetch and the commit of one worker: no Kafka, no Faust, one event loop."""

import asyncio
from collections.abc import Collection, Mapping
from contextlib import suppress

from streams.faust.arrivals import Arrivals
from streams.faust.elapsed import elapsed
from streams.faust.fence import NO_GENERATION, Fence
from streams.faust.fetching import Fetched
from streams.faust.health import Ages
from streams.faust.ledger import Ledger
from streams.faust.openings import AskBounds, Bounds, OnClosed, OnOpened, Openings
from streams.faust.runs import Run, TopicPartition
from streams.faust.terms import Terms


class Delivery:
    """Takes in what was fetched, hands out runs, knows what is due, open, and still ours."""

    def __init__(self, terms: Terms, *, ask: AskBounds, on_opened: OnOpened, on_closed: OnClosed) -> None:
        """Start with nothing assigned and the flow suspended."""
        self.terms = terms
        self.fence = Fence(session_timeout=terms.session_timeout)
        self.ledger = Ledger()
        self.openings = Openings(ask, on_opened=on_opened, on_closed=on_closed, opened=self._opened)
        self._arrivals = Arrivals(run_records=terms.run_records, run_bytes=terms.run_bytes)
        self._flowing = False
        self._arrived = asyncio.Event()
        self._room = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._looked_at = self._moved_at = self._settled_at = elapsed()

    # the pump's side

    def wanted(self) -> Collection[TopicPartition]:
        """Return the partitions to fetch from, none while the flow is suspended.

        While there is enough, only those that have nothing here: one that floods holds up no other.
        """
        if self._flowing:
            self._looked_at = elapsed()
        if not self._flowing or self.fence.generation == NO_GENERATION:
            return ()
        wanted = self.openings.open.keys()
        if self._arrivals.full:
            return [partition for partition in wanted if not self._arrivals.holds(partition)]
        return wanted

    async def room(self, *, within: float) -> None:
        """Wait until `wanted` may have changed."""
        self._room.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._room.wait(), within)

    def bring(self, fetched: Fetched) -> None:
        """Take in what was fetched, unless a rebalance came between: then it is read again."""
        if not self._flowing or not self.fence.member(fetched.generation):
            return
        if self.ledger.in_hand is None and not self._arrivals:
            self._moved_at = elapsed()  # until now there was nothing to move
        for partition, records in fetched.records.items():
            self._arrivals.bring(partition, records, generation=fetched.generation)
        self._arrived.set()

    # the agent's side

    async def next_run(self) -> Run:
        """Wait for the next run and put it into the agent's hands."""
        await asyncio.sleep(0)
        while (run := self._arrivals.take()) is None:
            self._arrived.clear()
            await self._arrived.wait()
        self.ledger.hand(run)
        self._idle.clear()
        self._room.set()
        self._moved_at = elapsed()
        return run

    def finish(self, run: Run, *, acknowledged: bool) -> None:
        """Take the run back from the agent."""
        self.ledger.finish(run, acknowledged=acknowledged)
        self._idle.set()
        self._moved_at = elapsed()

    def abandon(self) -> None:
        """Take back, unacknowledged, the run whose handling raised."""
        if self.ledger.in_hand is not None:
            self.finish(self.ledger.in_hand, acknowledged=False)

    # the group's side

    def suspend(self) -> None:
        """Hand out nothing more; what was fetched is read again."""
        self._flowing = False
        self._arrivals.clear()

    def resume(self) -> None:
        """Let runs flow."""
        self._flowing = True
        self._room.set()

    async def idle(self, *, within: float) -> bool:
        """Wait until no run is in hand; tell whether that came true in time."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), within)
        return self._idle.is_set()

    def assign(self, partitions: Collection[TopicPartition], *, generation: int) -> None:
        """Take over a new assignment."""
        unsettled = set(self.ledger.due())
        if self.ledger.in_hand is not None:
            unsettled.add(self.ledger.in_hand.partition)
        kept = self.openings.assign(partitions, generation=generation, unsettled=unsettled)
        self.ledger.keep(kept)
        self.fence.join(generation)

    def settle(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Note what the broker has accepted."""
        self.ledger.settle(offsets)
        self._settled_at = elapsed()

    def _opened(self, partition: TopicPartition, bounds: Bounds) -> None:
        self.ledger.begin(partition, committed=bounds.committed)
        self._room.set()

    # everybody's side

    def still_ours(self, what: Run | TopicPartition, *, generation: int) -> bool:
        """Tell whether nobody else can hold this; `generation` is the one aiokafka knows now."""
        partition = what.partition if isinstance(what, Run) else what
        since = what.generation if isinstance(what, Run) else self.fence.generation
        return generation == since and self.openings.begun(partition) and self.fence.holds(since)

    def lost(self, what: Run | TopicPartition, *, generation: int) -> bool:
        """Tell whether it is certain that this is not ours, or no more the run that it was.

        During a rebalance it is not certain what becomes of a partition, only of a run. A member
        that the group gave up keeps nothing.
        """
        if isinstance(what, Run):
            return generation != what.generation or not self.fence.member(what.generation)
        given_up = generation == NO_GENERATION != self.fence.generation
        return given_up or not self.openings.begun(what)

    def ages(self) -> Ages:
        """Return how long ago things last happened."""
        now = elapsed()
        return Ages(heard=self.fence.silence(), looked=now - self._looked_at, settled=now - self._settled_at)

    def note_lag(self, lag: int) -> None:
        """Note how far behind this worker is; where it is not, there is nothing to commit."""
        if not lag:
            self._settled_at = elapsed()

    def stuck_for(self) -> float:
        """Return for how long runs have been waiting or in hand without any movement."""
        waiting = self.ledger.in_hand is not None or len(self._arrivals) > 0
        return elapsed() - self._moved_at if waiting else 0.0

    def behind(self, partition: TopicPartition, *, reached: int | None, end: int | None) -> int:
        """Return how many offsets up to `end` are not yet handled and committed."""
        bounds = self.openings.open[partition]
        done = self.ledger.committed(partition)
        done = bounds.begin if done is None else done
        if reached is not None and self.ledger.settled(partition) and not self._arrivals.holds(partition):
            # Offsets without records (compaction, transactions) are passed without a commit.
            done = max(done, reached)
        return max(0, max(end or 0, bounds.end) - done)
