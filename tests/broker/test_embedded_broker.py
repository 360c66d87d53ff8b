"""The embedded broker is a real Kafka that keeps what it was given."""

import pytest
from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient, NewTopic

from streams.broker.broker import Broker

pytestmark = pytest.mark.kafka


def make_topic(broker: Broker, name: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    admin.create_topics([NewTopic(name, 1, 1)])
    admin.close()


def write(broker: Broker, topic: str, *values: bytes) -> None:
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, acks="all")
    for value in values:
        producer.send(topic, value)
    producer.flush(20)
    producer.close()


def read(broker: Broker, topic: str, count: int) -> list[bytes]:
    consumer = KafkaConsumer(
        topic, bootstrap_servers=broker.bootstrap, auto_offset_reset="earliest", consumer_timeout_ms=15_000
    )
    values = [record.value for _, record in zip(range(count), consumer, strict=False)]
    consumer.close()
    return values


def test_it_gives_back_what_was_written(kafka, topic_prefix):
    topic = topic_prefix + "orders"
    make_topic(kafka, topic)

    write(kafka, topic, b"1", b"2")

    assert read(kafka, topic, 2) == [b"1", b"2"]


@pytest.mark.parametrize("end", [Broker.stop, Broker.kill], ids=["stopped", "killed"])
def test_it_keeps_its_port_and_every_acknowledged_record_when(fresh_kafka, end):
    make_topic(fresh_kafka, "orders")
    write(fresh_kafka, "orders", b"1", b"2")
    port = fresh_kafka.port

    end(fresh_kafka)
    assert not fresh_kafka.running
    fresh_kafka.start()

    assert fresh_kafka.port == port
    assert read(fresh_kafka, "orders", 2) == [b"1", b"2"]
