"""The city on a real broker: states its register once, shows what is under way, goes on."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import msgspec
import pytest
from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient

from regulator.config import load_config
from streams import topics
from streams.broker.broker import Broker
from streams.demo.city import City
from streams.demo.run import run

pytestmark = pytest.mark.kafka
_VEHICLES = topics.feed_register("vehicle-permits")


@pytest.fixture
def broker(empty_kafka: Broker) -> Broker:
    return with_topics(empty_kafka)


@pytest.fixture
def read(broker: Broker) -> Iterator[Callable[[str], list[bytes]]]:
    consumer = KafkaConsumer(bootstrap_servers=broker.bootstrap, enable_auto_commit=False)

    def values(topic: str) -> list[bytes]:
        partition = TopicPartition(topic, 0)
        consumer.assign([partition])
        consumer.seek_to_beginning(partition)
        end = consumer.end_offsets([partition])[partition]
        found: list[bytes] = []
        while consumer.position(partition) < end:
            found += [record.value for batch in consumer.poll(timeout_ms=500).values() for record in batch]
        return found

    yield values
    consumer.close()


def _play(broker: Broker, city: City, until: Callable[[], bool]) -> list[str]:
    """Run the city until something is true; return what it said."""
    said: list[str] = []
    stop = threading.Event()
    playing = threading.Thread(
        target=run, args=(broker.bootstrap,), kwargs={"stop": stop, "say": said.append, "city": city}
    )
    playing.start()
    deadline = time.monotonic() + 180
    while not until():
        assert playing.is_alive(), said
        assert time.monotonic() < deadline, said
        time.sleep(0.2)
    stop.set()
    playing.join(timeout=60)
    assert not playing.is_alive()
    return said


def test_the_register_is_stated_once_and_orders_under_way_come_first(
    broker: Broker, read: Callable[[str], list[bytes]], city: City
) -> None:
    orders = topics.feed_orders("qinghe")
    _play(broker, city, lambda: len(read(orders)) > 40 and len(read(_VEHICLES)) > len(city.roll.vehicles))
    stated = [value for value in read(_VEHICLES) if b'"licence"' in value]
    before = len(read(orders))
    again = _play(broker, city, lambda: len(read(orders)) > before)

    assert len(stated) == len(city.roll.vehicles)
    assert [value for value in read(_VEHICLES) if b'"licence"' in value] == stated
    assert any("此前已报送" in line for line in again)


def test_what_is_sent_is_stamped_now(broker: Broker, read: Callable[[str], list[bytes]], city: City) -> None:
    positions = topics.feed_positions("qinghe")
    _play(broker, city, lambda: len(read(positions)) > 10)
    now = time.time()
    newest = max(
        fields["PositionTime"] for value in read(positions) for fields in _payload(msgspec.json.decode(value))
    )

    assert now - 30 < newest <= now


def test_platforms_report_their_fleets_before_their_first_order(
    broker: Broker, read: Callable[[str], list[bytes]], city: City
) -> None:
    """So that an order counts at once as one whose car, driver and fare were reported."""
    orders = topics.feed_orders("qinghe")
    _play(broker, city, lambda: any(b"orderMatch" in value for value in read(orders)))
    kinds = [msgspec.json.decode(value)["IPCType"] for value in read(orders) if value.endswith(b"}")]
    kinds = kinds[: kinds.index("orderMatch")]

    assert kinds.count("baseInfoCompanyFare") == 1
    assert {"baseInfoVehicle", "baseInfoDriver", "baseInfoVehicleTotalMile"} <= set(kinds)


def with_topics(broker: Broker) -> Broker:
    """Create what the demonstration writes to."""
    with closing(KafkaAdminClient(bootstrap_servers=broker.bootstrap)) as admin:
        topics.create_missing(admin, topics.declared(load_config()))
    return broker


def _payload(envelope: dict[str, object]) -> list[dict[str, int]]:
    payload = envelope[str(envelope["IPCType"])]
    return payload if isinstance(payload, list) else [payload]  # type: ignore[list-item]


def test_the_command_ends_when_told_though_the_broker_is_away(fresh_kafka: Broker) -> None:
    """A reader who presses Ctrl-C waits seconds, not the producer's minutes."""
    broker = with_topics(fresh_kafka)
    command = [sys.executable, "-u", "-c", "from streams.cli import main; main()", "demo"]
    environment = {**os.environ, "REGULATOR_KAFKA": broker.bootstrap}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as playing:
        assert playing.stdout is not None
        assert any("实时播放" in line for line in playing.stdout)
        broker.kill()
        time.sleep(2)

        playing.terminate()

        assert playing.wait(timeout=30) == 0


def test_the_command_ends_where_it_is_when_told(fresh_kafka: Broker) -> None:
    """A broker that takes nothing in keeps it waiting in the midst of the register; it goes no further."""
    broker = with_topics(fresh_kafka)
    command = [sys.executable, "-u", "-c", "from streams.cli import main; main()", "demo"]
    environment = {**os.environ, "REGULATOR_KAFKA": broker.bootstrap}
    assert broker.pid is not None
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as playing:
        assert playing.stdout is not None
        assert any("报送" in line for line in playing.stdout)
        os.kill(broker.pid, signal.SIGSTOP)
        try:
            time.sleep(2)
            playing.terminate()
            assert playing.wait(timeout=30) == 0
            assert playing.stdout.read() == ""
        finally:
            os.kill(broker.pid, signal.SIGCONT)
