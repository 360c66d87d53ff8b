"""What operators see of judges and tracks. One instance a process, one registry a test."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import product

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from regulator.domain.feed import Refusal
from regulator.domain.findings import EventKind, FindingEvent, RuleId
from regulator.domain.instants import SECOND, Instant
from regulator.judging.account import Account
from regulator.judging.judged import Judged

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10, 60)

Gauges = Mapping[str, Mapping[str, float]]
"""Values by name and label."""

_log = logging.getLogger(__name__)


class FeedMetrics:
    """Counts a feed's records. ``companies`` bounds a label: others are counted as ``other``."""

    def __init__(self, registry: CollectorRegistry, *, companies: Collection[str]) -> None:
        self._companies = companies
        self._records = Counter(
            "regulator_records",
            "Feed records, by company, message type and what became of them.",
            ["company", "type", "fate"],
            registry=registry,
        )
        self.defects = Counter(
            "regulator_defects", "Records or orders on which our own code failed.", registry=registry
        )

    def records(self, account: Account, *, sandbox: bool = False) -> None:
        """Count the records of an account; a sandbox's are nobody's."""
        for (company, type_, fate), number in account.fates.items():
            known = company if company in self._companies else "other"
            known = "sandbox" if sandbox else known
            self._records.labels(known, type_, fate).inc(number)
        self.defects.inc(account.count(Refusal.DEFECT))


class JudgeMetrics(FeedMetrics):
    """Counts also what was judged."""

    def __init__(
        self,
        registry: CollectorRegistry,
        *,
        companies: Collection[str],
        rules: Iterable[str],
        shadow: Iterable[str] = (),
    ) -> None:
        super().__init__(registry, companies=companies)
        self._findings = Counter(
            "regulator_findings",
            "Events put into the enforcement queue.",
            ["rule", "event"],
            registry=registry,
        )
        for rule, event in product(rules, EventKind):
            self._findings.labels(rule, event)  # what has not happened is nought, not missing
        self._shadow = Counter(
            "regulator_shadow_findings",
            "What rules in the shadow would have told the enforcement queue.",
            ["rule", "event"],
            registry=registry,
        )
        for rule, event in product(shadow, EventKind):
            self._shadow.labels(rule, event)
        self._switched_off: set[RuleId] = set()
        self._event_to_queue = Histogram(
            "regulator_event_to_queue_seconds",
            "From a record's arrival to its finding being durable in the enforcement queue.",
            buckets=_SECONDS,
            registry=registry,
        )

    def events(self, events: Iterable[FindingEvent], now: Instant) -> None:
        """Count events that are durable now; those that a record caused are timed."""
        for event in events:
            self._findings.labels(event.finding.rule, event.kind).inc()
            if event.because is None:
                self._event_to_queue.observe(max(0, now - event.caused_at) / SECOND)

    def shadow(self, judged: Judged) -> None:
        """Count what rules in the shadow would have told the queue."""
        for event in judged.shadow:
            self._shadow.labels(event.rule, event.kind).inc()

    def shadow_failures(self, failed: Mapping[RuleId, Exception]) -> None:
        """Report, once each, the rules in the shadow that are switched off."""
        for rule, failure in failed.items():
            if rule not in self._switched_off:
                self._switched_off.add(rule)
                _log.error("rule %s in the shadow failed and is switched off", rule, exc_info=failure)

    def failures(self, judged: Judged) -> None:
        """Report failures of our own code; never with what a record said."""
        for failure in judged.defective.values():
            _log.error("our code failed on an order; its records are refused as defect", exc_info=failure)


class GaugeCollector(Collector):
    """Asks for values when Prometheus does."""

    def __init__(self, ask: Callable[[], Gauges], described: Mapping[str, tuple[str, str]]) -> None:
        self._ask = ask
        self._described = described

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield every gauge with its values now."""
        gauges = self._ask()
        for name, (help_, label) in self._described.items():
            family = GaugeMetricFamily(name, help_, labels=[label])
            for value, number in gauges.get(name, {}).items():
                family.add_metric([value], number)
            yield family
