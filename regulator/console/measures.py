"""What the console counts for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Measures:
    """The console's metrics in one registry."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.pages = Gauge(
            "regulator_console_pages", "Pages that are connected to the live stream", registry=registry
        )
        self.poll_seconds = Histogram(
            "regulator_console_poll_seconds",
            "Time one look at SQL takes, a card's drawing included",
            buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
            registry=registry,
        )
        self.defects = Counter(
            "regulator_console_defects_total",
            "Cards that could not be drawn, and looks at SQL that failed by our own mistake",
            registry=registry,
        )
        self.acts = Counter(
            "regulator_console_acts_total",
            "Officers' acts by kind and outcome",
            ["act", "outcome"],
            registry=registry,
        )
