"""What the last comparison of SQL with the feeds came to, for operators."""

from collections.abc import Iterable, Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from regulator.clock import Clock
from regulator.domain.errors import Unavailable
from regulator.domain.instants import SECOND
from regulator.store import Store
from regulator.store.reconciliation import ReconciliationStore


class ReconciliationCollector(Collector):
    """Asks SQL when Prometheus does; before the first comparison there is nothing to say."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield what the last comparison came to."""
        try:
            with self._store.reading() as connection:
                newest = ReconciliationStore(connection).newest()
        except Unavailable:
            return
        for one in newest:
            yield _gauge("differences", "Findings of which replay and SQL differ.", one.tally.differences)
            yield _gauge("compared", "Orders compared.", one.tally.orders)
            yield _gauge("not_comparable", "Orders whose feed is kept no longer.", one.tally.not_comparable)
            age = (self._clock() - one.finished_at) / SECOND
            yield _gauge("finished_seconds", "How long ago the last comparison ended.", age)

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing before the first scrape: registering must not need SQL."""
        return ()


def _gauge(name: str, help_: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"regulator_reconciliation_{name}", help_, value)
