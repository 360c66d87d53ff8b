"""What operators see of the bridge."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge

from regulator.clock import now
from regulator.domain.feed import FeedKind
from regulator.domain.instants import SECOND, Instant
from regulator.wire.dispatch import Part


class BridgeMetrics:
    """Counts frames in and messages out. One instance a process, one registry a test."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._frames = Counter(
            "regulator_bridge_frames", "Frames that the ministry's dispatch has sent.", registry=registry
        )
        self._messages = Counter(
            "regulator_bridge_messages", "Messages made durable on the feed.", ["kind"], registry=registry
        )
        self._unreadable = Counter(
            "regulator_bridge_unreadable",
            "Messages passed on although they are no envelope; the judge refuses them.",
            registry=registry,
        )
        self._attempts = Counter(
            "regulator_bridge_connections",
            "Connections to the dispatch, by whether they came about.",
            ["outcome"],
            registry=registry,
        )
        for outcome in ("opened", "failed"):
            self._attempts.labels(outcome)
        for kind in FeedKind:
            self._messages.labels(kind)
        self.connected = Gauge(
            "regulator_bridge_connected", "1 while connected to the dispatch.", registry=registry
        )
        self._last: Instant | None = None
        age = Gauge(
            "regulator_bridge_last_frame_seconds", "How long ago the last frame came.", registry=registry
        )
        age.set_function(lambda: (now() - self._last) / SECOND if self._last is not None else float("nan"))

    def frame(self) -> None:
        """Count a frame that came."""
        self._frames.inc()
        self._last = now()

    def attempt(self, *, opened: bool) -> None:
        """Count an attempt to connect."""
        self._attempts.labels("opened" if opened else "failed").inc()

    def durable(self, parts: Iterable[Part]) -> None:
        """Count messages that the broker has."""
        for part in parts:
            self._messages.labels(part.kind).inc()
            if not part.readable:
                self._unreadable.inc()
