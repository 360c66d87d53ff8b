"""Faust's consumer and transport, their inside replaced by a `Delivery`."""

import asyncio
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from aiokafka.errors import ConsumerStoppedError, KafkaError, KafkaTimeoutError
from faust.transport.drivers import aiokafka as driver
from faust.types import TP
from faust.types.transports import TPorTopicSet
from mode import Service, ServiceT

from streams.faust.delivery import Delivery
from streams.faust.fetching import Fetched
from streams.faust.openings import Bounds
from streams.faust.pump import pump
from streams.faust.runs import TopicPartition
from streams.faust.thread import BrokerThread
from streams.faust.watchdog import Stuck

if TYPE_CHECKING:
    from streams.faust.app import App

COMMIT_WITHIN = 10.0
"""Seconds for one attempt to commit; what is due stays due and is tried again."""

ASK_AGAIN_AFTER = 1.0

FETCH_WAIT = 0.2
"""Seconds to wait for records; a partition opened meanwhile waits for the end of it."""

GLANCE_WAIT = 0.02
"""Seconds to wait for those of a few partitions, while the others have enough here for the moment."""


class RunConsumer(driver.Consumer):
    """A consumer that counts in runs. Joining, rebalancing and their callbacks stay Faust's."""

    mundane_level = "debug"
    app: "App"
    _thread: BrokerThread

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._committing = asyncio.Lock()

    @property
    def delivery(self) -> Delivery:
        """The account of this worker."""
        return self.app.delivery

    def _new_consumer_thread(self) -> BrokerThread:
        thread = BrokerThread(self, loop=self.loop, beacon=self.beacon)
        thread.fence = self.delivery.fence
        return thread

    # fetching

    async def _drain_messages(self, fetcher: ServiceT) -> None:
        try:
            await pump(self.delivery, self._fetch, until=lambda: self.should_stop or fetcher.should_stop)
        except (asyncio.CancelledError, ConsumerStoppedError):
            if not self.app.should_stop and not self.crashed:
                raise

    async def _fetch(self, partitions: Collection[TopicPartition], generation: int) -> Fetched:
        wait = FETCH_WAIT if len(partitions) == len(self.delivery.openings.open) else GLANCE_WAIT
        return await self._thread.fetch(partitions, generation=generation, wait=wait)

    def stop_flow(self) -> None:
        """Hand out nothing more."""
        super().stop_flow()
        self.delivery.suspend()

    def resume_flow(self) -> None:
        """Hand out runs again."""
        super().resume_flow()
        self.delivery.resume()

    # opening

    @Service.task
    async def _keep_open(self) -> None:
        await self.delivery.openings.run()

    async def bounds(self, partitions: Collection[TopicPartition]) -> Mapping[TopicPartition, Bounds]:
        """Ask the broker where partitions begin, end and were committed, until it answers."""
        while True:
            try:
                bounds = await self._thread.bounds(partitions)
            except KafkaError as error:
                if not (error.retriable or isinstance(error, KafkaTimeoutError)):
                    raise
                self.log.warning("No answer about partitions to be opened, asking again: %r", error)
                await asyncio.sleep(ASK_AGAIN_AFTER)
            else:
                self._report_expired(bounds)
                return bounds

    def _report_expired(self, bounds: Mapping[TopicPartition, Bounds]) -> None:
        for partition, (committed, begin, _) in bounds.items():
            if committed is not None and committed < begin:
                self.log.error("%s: %d..%d expired unhandled", partition, committed, begin - 1)

    # rebalancing

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Wait for the run in hand, commit, give everything back."""
        if self.app.should_stop:
            # Faust would close the connection under the run that is being finished.
            await self.wait_empty()
        else:
            await super().on_partitions_revoked(revoked)
        self.delivery.fence.leave()

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Take over what was assigned; Faust resumes the flow when it is ready."""
        if not self.app.should_stop:
            self.delivery.assign({TopicPartition(*tp) for tp in assigned}, generation=generation_id)
            await super().on_partitions_assigned(assigned, generation_id)

    async def perform_seek(self) -> None:
        """Do nothing: aiokafka starts every new assignment at what is committed."""

    async def wait_empty(self) -> None:
        """Wait for the run in hand, then commit; crash if the run takes longer than allowed.

        After a crash the thread has left the group: nothing can be committed, and comes again.
        """
        if self.crashed:
            return
        terms = self.delivery.terms
        within = terms.stop_within / 2 if self.app.should_stop else terms.rebalance_within * 0.9
        finished = await self.delivery.idle(within=within)
        await self.commit()
        if not finished:
            await self.crash(Stuck(f"{self.delivery.ledger.in_hand} not finished within {within:.0f} s"))

    async def on_task_error(self, exc: BaseException) -> None:
        """Take back the run whose handling raised, and commit those before it."""
        self.delivery.abandon()
        await self.commit()

    # what the group knows

    def generation(self) -> int:
        """Return the group generation as aiokafka knows it, else NO_GENERATION."""
        return self._thread.generation()

    def coordinator_known(self) -> bool:
        """Tell whether there is a broker that answers for the group."""
        return self._thread.coordinator_known()

    def reached(self, partition: TopicPartition) -> tuple[int | None, int | None]:
        """Return the offset up to which records were taken, and the end, as last heard."""
        return self._thread.reached(partition)

    async def check(self) -> None:
        """Raise what aiokafka keeps to itself until it is asked."""
        await self._thread.check()

    # committing

    async def commit(self, topics: TPorTopicSet | None = None, start_new_transaction: bool = True) -> bool:
        """Commit everything that is due, of all topics; tell whether it was accepted.

        Only in the generation in which it was handled, and only while that is certain: later, others
        may have committed more, and of a group that they have left the broker takes any commit.
        """
        async with self._committing:
            due, generation = self.delivery.ledger.due(), self.delivery.fence.generation
            if not due or not self.delivery.fence.holds(generation):
                return False
            if not await self._thread.commit_runs(due, generation=generation, within=COMMIT_WITHIN):
                return False
            self.delivery.settle(due)
            return True

    async def verify_all_partitions_active(self) -> None:
        """Do nothing: Faust compares two clocks here; see `watchdog`."""


class RunTransport(driver.Transport):
    """Faust's transport with this consumer."""

    Consumer = RunConsumer
