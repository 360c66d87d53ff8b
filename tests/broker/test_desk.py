"""The desk on a real broker: what was said is in SQL once, and what SQL decided is on the topic once."""

import random
import signal
import time
from itertools import pairwise
from pathlib import Path

import msgspec
import psycopg
import pytest
from sqlalchemy.engine import make_url

from regulator.domain.findings import EventKind
from regulator.domain.instants import to_rfc3339
from regulator.domain.orders import OrderNumber, Report, Stage
from regulator.domain.register import Stated, Vouched
from regulator.joins.journeys import Phase
from regulator.joins.orders import Filing, Order
from regulator.store.outbox import OutboxStore
from regulator.store.refusals import RefusalStore
from regulator.wire.orders import encode_order
from regulator.wire.receipts import Receipt, RefusedLine, encode_receipt
from streams.broker.broker import Broker
from tests.broker.desks import Desk, desk
from tests.builders.queue import CAR, EIGHT, LI, SUNNY, minutes, violation
from tests.builders.register import NUMBER, message
from tests.fixtures.waiting import until

pytestmark = pytest.mark.kafka

QUEUE = "enforcement.violations"
CITY = "feed.register.city"


def put_violations(one: Desk, *shown) -> None:
    for event in shown:
        one.put(QUEUE, msgspec.json.encode(event), key=event.finding.encode())


def heartbeat(minute: float) -> bytes:
    return msgspec.json.encode({"type": "heartbeat", "complete_to": to_rfc3339(minutes(minute))})


def an_order(stage: Stage) -> bytes:
    report = Report(stage=stage, at=EIGHT, vehicle=CAR, driver=LI)
    order = Order(company=SUNNY, arrival=EIGHT, number=OrderNumber("order-1"), reports=[Filing(report, 0, 0)])
    return encode_order(order)


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_from_topics_to_officers_and_back(
    empty_kafka: Broker, tmp_path: Path, database: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres") if database == "postgresql" else None
    with desk(empty_kafka, tmp_path, url) as it:
        until(it.topics_exist)
        put_violations(it, violation("f1"), violation("f2", rule="driver_certificate"))
        it.put("orders.sunny", an_order(Stage.DEPART), key=b"3101YPZC0001|order-1")
        it.put("orders.sunny", b"17", key=b"~checkpoint")
        it.put(CITY, message(), heartbeat(1), message(sequence=2), b"{", None, key=b"k")
        refused = (RefusedLine(5, 0, None, "foreign"),)
        receipt = Receipt(
            topic="feed.sunny.orders",
            partition=0,
            first=0,
            last=9,
            messages=10,
            records=10,
            handled=9,
            repeated=0,
            refused=refused,
        )
        it.put("receipts.sunny", encode_receipt(receipt))

        until(lambda: [(card.standing, card.phase) for card in it.cards()] == [(2, Phase.ON_TRIP)])
        until(lambda: len(it.published()) == 3)

        assert [type(change) for change in it.published()] == [Stated, Vouched, Stated]
        with it.store() as store, store.reading() as connection:
            until(lambda: (CITY, "unreadable") in RefusalStore(connection).since(0))
            counts = RefusalStore(connection).since(0)
            assert counts == {(CITY, "unreadable"): 1, ("feed.sunny.orders", "foreign"): 1}
        until(lambda: it.says('regulator_consumer_lag{topic="enforcement.violations"} 0.0'))
        assert it.says('regulator_standing_findings{rule="vehicle_permit"} 1.0')
        assert it.says('regulator_register_licences{kind="vehicle_permit"} 1.0')
        assert it.says("regulator_desk_outbox_messages 0.0")
        assert "regulator_desk_projection_delay_seconds_count 2.0" in it.get("/metrics")[1]
        assert it.get("/health")[0] == 200
        assert it.end(signal.SIGTERM) == 0


def test_a_drivers_number_is_nowhere_in_clear(empty_kafka: Broker, tmp_path: Path) -> None:
    with desk(empty_kafka, tmp_path) as it:
        until(it.topics_exist)
        it.put(CITY, message(kind="driver_certificate", subject=NUMBER, certificate=NUMBER))
        it.put(CITY, message(kind="driver_certificate", subject=NUMBER, certificate=NUMBER, sequence=NUMBER))
        until(lambda: len(it.published()) == 1)

        assert NUMBER not in repr(it.published())
        assert it.end(signal.SIGTERM) == 0
        files = [file for file in tmp_path.glob("*.db*")] + [tmp_path / "desk.log"]
        assert len(files) >= 2
        for file in files:
            assert NUMBER[:14].encode() not in file.read_bytes()


def test_killed_again_and_again_under_load_nothing_is_lost_or_counted_twice(
    empty_kafka: Broker, tmp_path: Path
) -> None:
    chance = random.Random(4)
    expected: dict[str, bool] = {}
    with desk(empty_kafka, tmp_path) as it:
        until(it.topics_exist)
        for turn in range(4):
            for number in range(400):
                finding = f"f{chance.randrange(300)}"
                standing = expected[finding] = not expected.get(finding, False)
                kind = EventKind.RAISED if standing else EventKind.WITHDRAWN
                event = violation(finding, kind, judgement=f"{turn} {number}", vehicle=f"沪A{finding}")
                it.producer.send(QUEUE, msgspec.json.encode(event), key=finding.encode(), partition=0)
                statement = message(certificate=f"c{number}", sequence=turn * 1000 + number)
                it.producer.send(CITY, statement, partition=0)
                if number % 20 == 0:
                    it.producer.send(CITY, heartbeat(turn + number / 1000), partition=0)
            time.sleep(chance.random())
            it.end(signal.SIGKILL)
            it.producer.flush(20)
            it.start()
        until(lambda: it.standing() == {finding for finding, stands in expected.items() if stands})
        until(lambda: len(it.published()) >= 4 * 420)

        assert sum(card.standing for card in it.cards()) == sum(expected.values())
        changes = it.published()
        assert len(changes) == 4 * 420
        beats = [change.complete_to for change in changes if isinstance(change, Vouched)]
        assert all(earlier < later for earlier, later in pairwise(beats))


def test_a_broker_that_goes_away_is_waited_for_and_said(fresh_kafka: Broker, tmp_path: Path) -> None:
    with desk(fresh_kafka, tmp_path) as it:
        until(it.topics_exist)
        put_violations(it, violation("f1"))
        until(lambda: it.standing() == {"f1"})

        it.hang_up()
        fresh_kafka.stop()
        until(lambda: any("kafka" in reason for reason in it.reasons()))
        assert it.get("/health")[0] == 200
        fresh_kafka.start()
        put_violations(it, violation("f2"))
        it.put(CITY, message())

        until(lambda: it.standing() == {"f1", "f2"})
        until(lambda: len(it.published()) == 1)
        until(lambda: it.reasons() == [])
        assert it.log.count("trying again until it works") <= 3


def test_a_lost_topic_is_told_everything_again(empty_kafka: Broker, tmp_path: Path) -> None:
    with desk(empty_kafka, tmp_path) as it:
        until(it.topics_exist)
        it.put(CITY, message(certificate="a"), message(certificate="b"), heartbeat(1))
        until(lambda: len(it.published()) == 3)
        it.end(signal.SIGTERM)
        delete_topic(empty_kafka, "register")

        it.start()

        until(it.topics_exist)
        until(lambda: len(it.published()) == 3)
        assert [type(change) for change in it.published()] == [Stated, Stated, Vouched]
        with it.store() as store, store.reading() as connection:
            until(lambda: OutboxStore(connection).waiting().count == 0)


def delete_topic(broker: Broker, name: str) -> None:
    from kafka.admin import KafkaAdminClient

    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    admin.delete_topics([name])
    until(lambda: name not in admin.list_topics())
    admin.close()


@pytest.mark.postgres
def test_a_database_that_goes_away_is_waited_for_and_nothing_is_lost(
    empty_kafka: Broker, tmp_path: Path, postgres: str
) -> None:
    with desk(empty_kafka, tmp_path, postgres) as it:
        until(it.topics_exist)
        put_violations(it, violation("f1"))
        until(lambda: it.standing() == {"f1"})

        shut(postgres, True)
        put_violations(it, violation("f2"))
        it.put(CITY, message())
        until(lambda: it.get("/health")[0] == 503)
        shut(postgres, False)

        until(lambda: it.get("/health")[0] == 200 and it.reasons() == [])
        until(lambda: it.standing() == {"f1", "f2"})
        until(lambda: len(it.published()) == 1)
        assert it.end(signal.SIGTERM) == 0


def shut(url: str, closed: bool) -> None:
    """Let a database take no connections, and cut those that are; or let it take them again."""
    address = make_url(url)
    with psycopg.connect(
        host=address.host, port=address.port, user=address.username, dbname="postgres", autocommit=True
    ) as line:
        line.execute(f"ALTER DATABASE {address.database} ALLOW_CONNECTIONS {str(not closed).lower()}")
        if closed:
            name = address.database
            line.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
