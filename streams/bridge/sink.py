"""Onto the feed's topics, durably: what was handed over once is tried until the broker has it."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from threading import Event

from kafka import KafkaProducer
from kafka.errors import KafkaError
from kafka.producer.future import FutureRecordMetadata

from regulator.wire.dispatch import Part
from streams.topics import feed

_FIRST_SECONDS = 0.2
_LONGEST_SECONDS = 5.0
_ANSWER_MS = 10_000
_log = logging.getLogger(__name__)


class Stopped(Exception):
    """The process is to end, and the broker does not have everything."""


class Sink:
    """Writes one slug's feeds. Used by one thread at a time."""

    def __init__(self, brokers: str, slug: str, *, stop: Event) -> None:
        """Make no connection. ``stop``: give up waiting for a broker that is away."""
        self._brokers = brokers
        self._slug = slug
        self._stop = stop
        self._producer: KafkaProducer | None = None
        self.trouble: str | None = None
        """Why the broker does not take anything at the moment."""

    def write(self, parts: Sequence[Part]) -> None:
        """Return when everything is durable. After an outage some of it may be there twice.

        Raises Stopped.
        """
        pause = _FIRST_SECONDS
        waiting = list(parts)
        while True:
            waiting = self._attempt(waiting)
            if not waiting:
                self._note(None)
                return
            if self._stop.wait(pause):
                raise Stopped
            pause = min(2 * pause, _LONGEST_SECONDS)

    def close(self) -> None:
        """Disconnect; what was not durable is dropped."""
        if self._producer is not None:
            with suppress(KafkaError):
                self._producer.close(timeout=0)
            self._producer = None

    def _attempt(self, parts: list[Part]) -> list[Part]:
        """Send; return what did not arrive."""
        sent: list[tuple[Part, FutureRecordMetadata]] = []
        try:
            producer = self._connected()
            for part in parts:
                topic = feed(self._slug, part.kind)
                sent.append((part, producer.send(topic, part.payload, part.company or None)))
            producer.flush(_ANSWER_MS / 1000)
        except KafkaError as why:
            self._note(why)
        failed = [part for part, future in sent if not future.succeeded()]
        failed += parts[len(sent) :]
        if failed:
            self._note(next((f.exception for _, f in sent if f.exception is not None), None))
            self.close()  # a producer that gave something up is not to be trusted with the rest
        return failed

    def _connected(self) -> KafkaProducer:
        if self._producer is None:
            self._producer = KafkaProducer(
                bootstrap_servers=self._brokers.split(","),
                client_id="ministry-bridge",
                acks="all",
                enable_idempotence=True,
                compression_type="lz4",
                linger_ms=5,
                bootstrap_timeout_ms=_ANSWER_MS,
                max_block_ms=_ANSWER_MS,
                request_timeout_ms=_ANSWER_MS,
                delivery_timeout_ms=2 * _ANSWER_MS,
                reconnect_backoff_max_ms=1_000,
            )
        return self._producer

    def _note(self, why: BaseException | None) -> None:
        """Say once that the broker is away, and once that it is back."""
        trouble = None if why is None else f"Kafka: {type(why).__name__}"
        if trouble is not None and self.trouble is None:
            _log.warning("nothing can be written, what came is held: %r", why)
        elif trouble is None and self.trouble is not None:
            _log.info("Kafka takes what was held")
        self.trouble = trouble
