"""Judges what no judge holds any more, a little at a time, so that whatever is live goes first."""

import time

from regulator.clock import Clock
from regulator.store import Store
from regulator.store.outbox import OutboxStore, Post
from regulator.store.rejudging import Rejudging, Said
from regulator.wire.violations import encode_violation
from streams import topics
from streams.desk.archive_metrics import ArchiveMetrics
from streams.desk.patience import Patience

_LOOK_SECONDS = 0.5
_BREATHS = 2.0
"""After a step it rests so many times as long as the step took: live work has the database meanwhile."""


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
        with self._store.reading() as connection:
            look = self._rejudging.look(connection, at=at)
        if look is None:
            return False
        with self._store.writing() as connection:
            step = self._rejudging.keep(connection, look)
            OutboxStore(connection).post([_letter(one) for one in step.said], at=at)
        self._metrics.stepped(step)
        return True


def _letter(said: Said) -> Post:
    """Findings go where the judge puts those of the same feed, in one order with them."""
    event = said.event
    partition = topics.violations_partition(said.feed, said.partition)
    return Post(topics.VIOLATIONS, partition, event.finding.id.encode(), encode_violation(event))
