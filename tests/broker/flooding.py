"""One platform floods, another goes on as ever: how long the other's orders take to the enforcement queue."""

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing.synchronize import Event
from typing import Any

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from regulator.clock import now
from regulator.domain.instants import to_digits
from regulator.wire.violations import decode_violation
from streams.topics import VIOLATIONS
from tests.broker.streets import envelope, match

Settings = dict[str, Any]
"""Of a kafka-python client."""


@contextmanager
def flooding(settings: Settings, topic: str, company: str, *, records_a_message: int = 1) -> Iterator[None]:
    """Send as fast as the broker takes it, from a process of its own that has begun."""
    spawning = multiprocessing.get_context("spawn")
    begun = spawning.Event()
    process = spawning.Process(
        target=_flood, args=(settings, topic, company, records_a_message, begun), daemon=True
    )
    process.start()
    try:
        assert begun.wait(120)
        yield
    finally:
        process.terminate()
        process.join(10)


def _flood(settings: Settings, topic: str, company: str, records: int, begun: Event) -> None:
    at = int(to_digits(now()))
    with closing(
        KafkaProducer(acks=1, linger_ms=20, batch_size=256 * 1024, max_block_ms=600_000, **settings)
    ) as it:
        number = 0
        while True:
            matches = [
                match(company, f"F{number}-{one}", f"沪AD{number % 90_000:05d}", "31990019900101123X", at)
                for one in range(records)
            ]
            it.send(topic, envelope(company, "orderMatch", *matches))
            begun.set()
            number += 1


def go_on(
    settings: Settings, topic: str, company: str, *, seconds: float, orders_a_second: int, name: str
) -> int:
    """Send orders of cars that nobody can identify, one after the other; return how many."""
    sent = 0
    with closing(KafkaProducer(acks="all", **settings)) as producer:
        begun = time.monotonic()
        while (elapsed := time.monotonic() - begun) < seconds:
            if sent < elapsed * orders_a_second:
                one = match(company, f"{name}{sent}", "无", "0", int(to_digits(now())))
                producer.send(topic, envelope(company, "orderMatch", one))
                sent += 1
            else:
                time.sleep(0.002)
        producer.flush(30)
    return sent


def delays(bootstrap: str, feed: str, company: str, *, name: str) -> list[float]:
    """Return, for each of a company's so named orders in the queue, the seconds from its arrival, sorted."""
    arrived = {offset: at for _, offset, at, _ in _read(bootstrap, feed)}
    found: dict[int, float] = {}
    for _, _, at, value in _read(bootstrap, VIOLATIONS):
        event = decode_violation(value)
        if event.company == company and (event.order or "").startswith(name):
            offset = event.origins[0].offset
            found.setdefault(offset, (at - arrived[offset]) / 1000)
    return sorted(found.values())


def percentile(delays: list[float], part: float) -> float:
    """Return the value below which that part of them lies."""
    return delays[min(len(delays) - 1, int(part * len(delays)))]


def _read(bootstrap: str, topic: str) -> Iterator[tuple[int, int, int, bytes]]:
    with closing(KafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False)) as consumer:
        partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic) or ()]
        consumer.assign(partitions)
        consumer.seek_to_beginning(*partitions)
        ends = consumer.end_offsets(partitions)
        while any(consumer.position(one) < ends[one] for one in partitions):
            for partition, records in consumer.poll(timeout_ms=500).items():
                for record in records:
                    yield partition.partition, record.offset, record.timestamp, record.value
