"""From a record's arrival to its finding being durable in the queue, at a city's peak and above."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from benchmarks.lab import Lab
from benchmarks.measures import LICENCES, Measured
from benchmarks.traffic import orders
from regulator.clock import now
from regulator.domain.instants import SECOND, from_rfc3339
from regulator.wire.violations import decode_violation
from streams import topics
from streams.supervisor.leash import leash


def measure_latency(lab: Lab, *, seconds: int, rate: int = 1_000) -> Iterator[Measured]:
    """Push so many order messages a second, one by one; read the queue's own timestamps."""
    slug = "latency"
    config = lab.platform(slug)
    before = _ends(lab)
    log = (config / "judge.log").open("ab")
    judge = subprocess.Popen(
        [sys.executable, "-m", "streams.cli", "judge", "--config", str(config)],
        env=lab.environment(config),
        stdout=log,
        stderr=log,
        preexec_fn=leash(signal.SIGKILL),
    )
    try:
        _warm_up(lab, slug)
        _push(lab, slug, seconds=seconds, rate=rate)
        time.sleep(3)
    finally:
        judge.terminate()
        judge.wait()
        log.close()
    delays = sorted(_delays(lab, before, after=rate))
    if not delays:
        raise SystemExit("no finding reached the queue")
    p50, p99 = delays[len(delays) // 2], delays[len(delays) * 99 // 100]
    yield Measured(f"arrival → queue at {rate}/s, P50 of {len(delays)}, seconds", f"{p50:.3f}", "", True)
    yield Measured(f"arrival → queue at {rate}/s, P99, seconds", f"{p99:.3f}", "< 1", p99 < 1)
    yield Measured(f"arrival → queue at {rate}/s, slowest, seconds", f"{delays[-1]:.3f}", "", True)


def _warm_up(lab: Lab, slug: str) -> None:
    """Let the judge read its register and handle something."""
    feed = topics.feed_orders(slug)
    lab.produce(feed, orders(400, cars=LICENCES, drivers=LICENCES, now=now(), seed=7))
    handled = lab.handled("judge", feed)
    while not handled():
        time.sleep(0.2)


def _push(lab: Lab, slug: str, *, seconds: int, rate: int) -> None:
    feed = topics.feed_orders(slug)
    producer = KafkaProducer(bootstrap_servers=lab.broker.bootstrap, acks="all", linger_ms=2)
    messages = orders(rate * seconds, cars=LICENCES, drivers=LICENCES, now=now(), seed=8)
    with closing(producer):
        started = time.monotonic()
        for number, (key, value) in enumerate(messages):
            ahead = number / rate - (time.monotonic() - started)
            if ahead > 0.005:
                time.sleep(ahead)
            producer.send(feed, value, key)
        producer.flush()


def _ends(lab: Lab) -> dict[TopicPartition, int]:
    with closing(KafkaConsumer(bootstrap_servers=lab.broker.bootstrap)) as consumer:
        parts = [
            TopicPartition(topics.VIOLATIONS, number)
            for number in consumer.partitions_for_topic(topics.VIOLATIONS) or ()
        ]
        return dict(consumer.end_offsets(parts))


def _delays(lab: Lab, since: dict[TopicPartition, int], *, after: int) -> Iterator[float]:
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
                    if event.because is None and (event.order or "").startswith("B08"):
                        yield record.timestamp / 1000 - from_rfc3339(event.raised_at) / SECOND
