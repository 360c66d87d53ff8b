"""Which feeds are silent or late against their own usual rhythm, for operators."""

from collections.abc import Callable, Iterable, Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from regulator.clock import Clock
from regulator.config import Config
from regulator.domain.errors import Unavailable
from regulator.domain.limits import Limits
from regulator.quality.rhythm import Pulse, patience_of
from regulator.store import Store
from regulator.store.quality import QualityStore
from streams import topics


class FeedCollector(Collector):
    """Asks SQL when Prometheus does. Of a feed on which nothing came in two weeks nothing is said."""

    def __init__(self, store: Store, config: Config, clock: Clock) -> None:
        self._store = store
        self._limits: Limits = config.limits
        self._clock = clock
        self._feeds = frozenset(
            feed
            for name, platform in config.platforms.items()
            if not platform.sandbox
            for feed in (topics.feed_orders(name), topics.feed_positions(name))
        )

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield how every configured feed is now."""
        now = self._clock()
        try:
            with self._store.reading() as connection:
                pulses = QualityStore(connection).pulses(now=now, patience=patience_of(self._limits, now))
        except Unavailable:
            return
        known = [one for one in pulses if one.topic in self._feeds]
        yield _gauge("silence_seconds", "Time since a feed's last message.", known, lambda one: one.silence)
        yield _gauge(
            "silent", "1 while it is silent against its usual rhythm.", known, lambda one: one.silent
        )
        yield _gauge("late", "1 while clearly more comes late than usual.", known, lambda one: one.late)

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing before the first scrape: registering must not need SQL."""
        return ()


def _gauge(
    name: str, help_: str, pulses: Iterable[Pulse], value: Callable[[Pulse], float]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"regulator_feed_{name}", help_, labels=["topic"])
    for one in pulses:
        family.add_metric([one.topic], value(one))
    return family
