"""What the demonstration looks up on the broker before it begins."""

from collections.abc import Callable
from threading import Event

from kafka import KafkaConsumer, TopicPartition

from regulator.domain.instants import Instant
from streams import topics
from streams.demo.city import City
from streams.demo.platforms import PLATFORMS
from streams.demo.register import SOURCES
from streams.demo.traffic import heartbeat_key

_LAST = 200
"""A heartbeat is among the last so many messages of its topic: late filings come between, a few a minute."""
_POLL_MS = 500
_BOOTSTRAP_MS = 5_000
_PATIENCE_SECONDS = 1.0


def await_topics(kafka: str, *, stop: Event, say: Callable[[str], None]) -> bool:
    """Wait until all topics that the city writes to are there; False if told to stop before."""
    wanted = {topics.feed_register(source) for source in SOURCES}
    for platform in PLATFORMS:
        wanted |= {topics.feed_orders(platform.slug), topics.feed_positions(platform.slug)}
    consumer = _consumer(kafka)
    try:
        told = False
        while missing := sorted(wanted - set(consumer.topics())):
            if not told:
                say(f"等待主题创建：{', '.join(missing)}")
            told = True
            if stop.wait(_PATIENCE_SECONDS):
                return False
        return True
    finally:
        consumer.close()


def is_stated(kafka: str, city: City, at: Instant, *, stop: Event) -> bool:
    """Tell whether every source has stated the register of the month to its end.

    Heartbeats follow a whole register and name it in their key; the newest ones tell.
    """
    wanted = heartbeat_key(city, at)
    consumer = _consumer(kafka)
    try:
        return all(wanted in _last_keys(consumer, topics.feed_register(source), stop) for source in SOURCES)
    finally:
        consumer.close()


def _consumer(kafka: str) -> KafkaConsumer:
    return KafkaConsumer(
        bootstrap_servers=kafka,
        client_id="regulator-demo",
        enable_auto_commit=False,
        bootstrap_timeout_ms=_BOOTSTRAP_MS,
    )


def _last_keys(consumer: KafkaConsumer, topic: str, stop: Event) -> set[bytes | None]:
    partition = TopicPartition(topic, 0)
    end = consumer.end_offsets([partition])[partition]
    begin = consumer.beginning_offsets([partition])[partition]
    consumer.assign([partition])
    consumer.seek(partition, max(begin, end - _LAST))
    keys: set[bytes | None] = set()
    while not stop.is_set() and consumer.position(partition) < end:
        for records in consumer.poll(timeout_ms=_POLL_MS).values():
            keys.update(record.key for record in records)
    return keys
