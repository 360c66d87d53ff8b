"""What the licence query API counts for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Histogram


class LookupMeasures:
    """Labels are roles and outcomes, never a plate, a key or an address."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.requests = Counter(
            "regulator_lookup_requests_total",
            "Requests to the licence query API; outcome is answered or the problem's code",
            ["role", "outcome"],
            registry=registry,
        )
        self.subjects = Counter(
            "regulator_lookup_subjects_total",
            "Cars, drivers and companies asked about, by answer",
            ["role", "answer"],
            registry=registry,
        )
        self.seconds = Histogram(
            "regulator_lookup_seconds",
            "Time to an answer, the entry in the audit included",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
            registry=registry,
        )
