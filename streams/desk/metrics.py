"""What operators see of the desk. One instance a process, one registry a test."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from regulator.clock import Clock
from regulator.domain.errors import Unavailable
from regulator.domain.instants import SECOND, Instant
from regulator.domain.register import Sources
from regulator.store import Store
from regulator.store.findings import FindingStore
from regulator.store.notices import NoticeStore
from regulator.store.outbox import OutboxStore
from regulator.store.register_view import RegisterView
from streams.desk.gathered import Gathered

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10, 60)


class DeskMetrics:
    """Counts what the desk did."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._delay = Histogram(
            "regulator_desk_projection_delay_seconds",
            "From a finding being in the enforcement queue to its being committed in SQL.",
            buckets=_SECONDS,
            registry=registry,
        )
        self._refused = Counter(
            "regulator_desk_refused_messages",
            "Messages that the desk could not take, by topic and reason.",
            ["topic", "reason"],
            registry=registry,
        )
        self._published = Counter(
            "regulator_desk_published_messages", "Messages sent from the outbox.", registry=registry
        )
        self._lag = Gauge("regulator_consumer_lag", "Messages not yet handled.", ["topic"], registry=registry)

    def projected(self, gathered: Gathered, now: Instant) -> None:
        """Count a batch that is committed."""
        for event in gathered.events:
            self._delay.observe(max(0, now - event.arrived_at) / SECOND)
        for one in gathered.unreadable:
            self._refused.labels(one.topic, one.reason).inc()

    def published(self, count: int) -> None:
        """Count messages that the broker has."""
        self._published.inc(count)

    def lag(self, by_topic: Mapping[str, int]) -> None:
        """Show how far the desk is behind."""
        for topic, messages in by_topic.items():
            self._lag.labels(topic).set(messages)


class StoreCollector(Collector):
    """Asks SQL when Prometheus does; while SQL is away it says nothing rather than something old."""

    def __init__(self, store: Store, sources: Sources, clock: Clock) -> None:
        self._store = store
        self._sources = sources
        self._clock = clock

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges with their values now."""
        try:
            yield from list(self._asked())
        except Unavailable:
            return

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing before the first scrape: registering must not need SQL."""
        return ()

    def _asked(self) -> Iterator[GaugeMetricFamily]:
        now = self._clock()
        with self._store.reading() as connection:
            register = RegisterView(connection, self._sources)
            ages = {name: (now - to) / SECOND for name, to in register.heartbeats().items()}
            licences, waiting = register.licences(), OutboxStore(connection).waiting()
            standing = FindingStore(connection).standing_by_rule()
            silent = NoticeStore(connection).unanswered(now)
        since = (now - waiting.since) / SECOND if waiting.since is not None else 0
        yield _by("regulator_standing_findings", "Findings that stand.", "rule", standing)
        yield _by(
            "regulator_register_complete_to_seconds",
            "How long ago a source's register was complete.",
            "source",
            ages,
        )
        yield _by("regulator_register_licences", "Certificates that somebody states.", "kind", licences)
        yield _by(
            "regulator_notices_unanswered",
            "Notices in force that a platform has not answered.",
            "platform",
            {platform: one.count for platform, one in silent.items()},
        )
        yield _by(
            "regulator_notices_unanswered_seconds",
            "Age of the oldest of them.",
            "platform",
            {platform: (now - one.since) / SECOND for platform, one in silent.items()},
        )
        yield GaugeMetricFamily("regulator_desk_outbox_messages", "Messages to be sent.", waiting.count)
        yield GaugeMetricFamily("regulator_desk_outbox_seconds", "Age of the oldest of them.", since)


def _by(name: str, help_: str, label: str, values: Mapping[Any, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, help_, labels=[label])
    for value, number in sorted(values.items()):
        family.add_metric([value], number)
    return family
