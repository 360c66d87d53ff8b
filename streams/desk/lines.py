"""The desk's connections to Kafka: all notice soon that the broker is gone, and soon that it is back."""

from typing import Any

from kafka import KafkaConsumer, KafkaProducer

from streams.topics import LARGEST_BYTES

CALL_MS = 5_000
"""So long an answer is waited for before an outage is said to be one."""

_SOON: dict[str, Any] = {"bootstrap_timeout_ms": CALL_MS, "reconnect_backoff_max_ms": 1_000}


def consumer(brokers: str, name: str, **settings: Any) -> KafkaConsumer:
    """Return a consumer without a group; raises KafkaError when the broker does not answer."""
    return KafkaConsumer(
        bootstrap_servers=brokers.split(","),
        client_id=name,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        **_SOON,
        **settings,
    )


def producer(brokers: str, name: str) -> KafkaProducer:
    """Return a producer whose retries neither double nor reorder; raises KafkaError."""
    return KafkaProducer(
        bootstrap_servers=brokers.split(","),
        client_id=name,
        acks="all",
        enable_idempotence=True,
        compression_type="lz4",
        max_request_size=LARGEST_BYTES,
        linger_ms=5,
        max_block_ms=2 * CALL_MS,
        request_timeout_ms=2 * CALL_MS,
        delivery_timeout_ms=3 * CALL_MS,
        **_SOON,
    )
