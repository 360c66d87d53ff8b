"""From a record's arrival to its finding being durable in the queue, at a city's peak and above."""

import time
from collections.abc import Iterator
from contextlib import closing

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from benchmarks.lab import Lab
from benchmarks.measures import LICENSED, Measured
from benchmarks.traffic import orders
from benchmarks.worker import working
from regulator.clock import now
from regulator.domain.instants import SECOND, from_rfc3339
from regulator.wire.violations import decode_violation
from streams import topics

_SLUG = "latency"
_FEED = topics.feed_orders(_SLUG)
_WARM, _MEASURED = 7, 8
"""Seeds of the traffic: an order's number begins with its seed."""


def measure_latency(lab: Lab, *, seconds: int, rate: int = 1_000) -> Iterator[Measured]:
    """Push so many order messages a second, one by one; read the broker's own timestamps."""
    config = lab.platform(_SLUG)
    before = _ends(lab)
    command = ["-m", "streams.cli", "judge", "--config", str(config)]
    with working(lab, command, home=config, group="judge", feed=_FEED) as judge:
        judge.cost(list(orders(400, cars=LICENSED, drivers=LICENSED, now=now(), seed=_WARM)))
        _push(lab, seconds=seconds, rate=rate)
        judge.catch_up()
    delays = sorted(_delays(lab, before))
    if not delays:
        raise SystemExit("no finding reached the queue")
    p50, p99 = delays[len(delays) // 2], delays[len(delays) * 99 // 100]
    at = f"arrival → queue at {rate:,}/s"
    yield Measured(f"{at}: median of {len(delays):,} findings, seconds", f"{p50:.3f}")
    yield Measured(f"{at}: P99, seconds", f"{p99:.3f}", "< 1", p99 < 1)
    yield Measured(f"{at}: slowest, seconds", f"{delays[-1]:.3f}")


def _push(lab: Lab, *, seconds: int, rate: int) -> None:
    producer = KafkaProducer(bootstrap_servers=lab.broker.bootstrap, acks="all", linger_ms=2)
    messages = orders(rate * seconds, cars=LICENSED, drivers=LICENSED, now=now(), seed=_MEASURED)
    with closing(producer):
        started = time.monotonic()
        for number, (key, value) in enumerate(messages):
            ahead = number / rate - (time.monotonic() - started)
            if ahead > 0.005:
                time.sleep(ahead)
            producer.send(_FEED, value, key)
        producer.flush()


def _ends(lab: Lab) -> dict[TopicPartition, int]:
    with closing(KafkaConsumer(bootstrap_servers=lab.broker.bootstrap)) as consumer:
        parts = [
            TopicPartition(topics.VIOLATIONS, number)
            for number in consumer.partitions_for_topic(topics.VIOLATIONS) or ()
        ]
        return dict(consumer.end_offsets(parts))


def _delays(lab: Lab, since: dict[TopicPartition, int]) -> Iterator[float]:
    """Yield the delays of findings that a record of the measured push caused."""
    with closing(KafkaConsumer(bootstrap_servers=lab.broker.bootstrap, enable_auto_commit=False)) as consumer:
        consumer.assign(list(since))
        ends = consumer.end_offsets(list(since))
        for part, offset in since.items():
            consumer.seek(part, offset)
        while any(consumer.position(part) < ends[part] for part in since):
            for records in consumer.poll(timeout_ms=500).values():
                for record in records:
                    event = decode_violation(record.value)
                    if event.because is None and (event.order or "").startswith(f"B{_MEASURED:02d}"):
                        yield record.timestamp / 1000 - from_rfc3339(event.raised_at) / SECOND
