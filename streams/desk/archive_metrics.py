"""What operators see of the archive."""

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from regulator.domain.errors import Unavailable
from regulator.store import Store
from regulator.store.archive import ArchiveStore
from regulator.store.footings import FootingStore
from regulator.store.rejudgements import RejudgementStore
from regulator.store.rejudging import Step


class ArchiveMetrics:
    """Counts what was judged again."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._orders = Counter(
            "regulator_rejudged_orders", "Archived orders judged again.", registry=registry
        )
        self._events = Counter(
            "regulator_rejudgement_events",
            "Events of findings on archived orders.",
            ["rule", "event"],
            registry=registry,
        )
        self._defects = Counter(
            "regulator_rejudgement_defects",
            "Archived orders on which our own code failed.",
            registry=registry,
        )

    def stepped(self, step: Step) -> None:
        """Count a step that is committed."""
        self._orders.inc(step.orders)
        self._defects.inc(step.defects)
        for said in step.said:
            self._events.labels(said.event.finding.rule, said.event.kind).inc()


class ArchiveCollector(Collector):
    """Asks SQL when Prometheus does; while SQL is away it says nothing rather than something old."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield how much is to be done."""
        try:
            with self._store.reading() as connection:
                progress = RejudgementStore(connection).progress()
                job = FootingStore(connection).job()
                left = ArchiveStore(connection).left()
        except Unavailable:
            return
        yield GaugeMetricFamily(
            "regulator_rejudgement_remaining",
            "Archived orders that a change of the register, or of what is in force, asks to be judged again.",
            progress.total - progress.done + (job.left if job is not None else 0),
        )
        yield GaugeMetricFamily(
            "regulator_archive_leaving_orders", "Orders that judges let go of, on their way.", left
        )

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing before the first scrape: registering must not need SQL."""
        return ()
