"""Judges what no judge holds any more, a little at a time, so that whatever is live goes first."""

import logging
import time

from regulator.clock import Clock
from regulator.domain.instants import Instant
from regulator.judging.footing import Footing
from regulator.store import Store
from regulator.store.footings import FootingStore
from regulator.store.outbox import OutboxStore, Post
from regulator.store.rejudging import Rejudging, Said
from regulator.wire.violations import encode_violation
from streams import topics
from streams.desk.archive_metrics import ArchiveMetrics
from streams.desk.patience import Patience

_LOOK_SECONDS = 0.5
_BREATHS = 2.0
"""After a step it rests so many times as long as the step took: live work has the database meanwhile."""
_log = logging.getLogger(__name__)


class Archive:
    """The thread that works off what the register's changes ask of orders of long ago."""

    def __init__(
        self, store: Store, *, rejudging: Rejudging, patience: Patience, metrics: ArchiveMetrics, clock: Clock
    ) -> None:
        self._store = store
        self._rejudging = rejudging
        self._patience = patience
        self._metrics = metrics
        self._clock = clock
        self._stands_on: Footing | None = None

    def run(self) -> None:
        """Work until stopped; outages of SQL are waited out."""
        while not self._patience.stopping:
            began = time.monotonic()
            worked = self._patience.until_it_works(self.work)
            took = time.monotonic() - began
            self._patience.rest(_BREATHS * took if worked else _LOOK_SECONDS)

    def work(self) -> bool:
        """Do one step, if there is anything to do, and queue what is to be said. Raises Unavailable."""
        at = self._clock()
        self._stand_on_what_is_in_force(at)
        with self._store.reading() as connection:
            look = self._rejudging.look(connection, at=at)
        if look is None:
            return False
        with self._store.writing() as connection:
            step = self._rejudging.keep(connection, look, at=at)
            OutboxStore(connection).post([_letter(one) for one in step.said], at=at)
        self._metrics.stepped(step)
        return True

    def _stand_on_what_is_in_force(self, at: Instant) -> None:
        """Before each step: what was judged under old limits is kept by then, and comes before the job."""
        footing = self._rejudging.footing()
        if footing == self._stands_on:
            return
        with self._store.reading() as connection:
            plan = FootingStore(connection).plan(footing)
        if plan is not None:
            with self._store.writing() as connection:
                FootingStore(connection).begin(plan, at=at)
            if plan.total:
                _log.warning("%d past orders may be judged otherwise by what is in force now", plan.total)
        self._stands_on = footing


def _letter(said: Said) -> Post:
    """Findings go where the judge puts those of the same feed, in one order with them."""
    event = said.event
    partition = topics.violations_partition(said.feed, said.partition)
    return Post(topics.VIOLATIONS, partition, event.finding.id.encode(), encode_violation(event))
