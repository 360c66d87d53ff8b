"""A platform that packs gigabytes into a batch is refused, and costs nobody else anything."""

from contextlib import closing
from pathlib import Path

import pytest
from kafka import KafkaProducer

from regulator.clock import now
from regulator.domain.instants import to_digits
from regulator.wire.violations import decode_violation
from streams.broker.broker import Broker
from streams.topics import VIOLATIONS
from tests.broker.installation import Installation, wait_until
from tests.broker.standing import accounted
from tests.broker.streets import COMPANY, envelope, match

pytestmark = pytest.mark.kafka

BOMBS = {"zstd": 12, "lz4": 2, "gzip": 2}
INFLATED = 60_000_000


def test_bombs_are_refused_and_the_neighbour_s_orders_are_found(empty_kafka: Broker, tmp_path: Path) -> None:
    installation = Installation(empty_kafka, tmp_path / "installation")
    installation.create_topics()
    orders = {f"order {number}" for number in range(20)}
    with installation.running(installation.judge):
        before = installation.judge.most_memory()
        for codec, number in BOMBS.items():
            _drop(installation, codec, number)
        with installation.producing() as producer:
            for order in sorted(orders):
                one = match(COMPANY["moon"], order, "无", "0", int(to_digits(now())))
                producer.send("feed.moon.orders", envelope(COMPANY["moon"], "orderMatch", one))

        tell = installation.judge.tail
        wait_until(lambda: orders <= _found(installation), what="every order is found", tell=tell)
        wait_until(
            lambda: _refused(installation) == sum(BOMBS.values()), what="every bomb is answered", tell=tell
        )
        assert installation.judge.most_memory() - before < 300_000_000


def _drop(installation: Installation, codec: str, number: int) -> None:
    """One a batch; their compressed bytes are few."""
    brokers = installation.broker.bootstrap
    with closing(
        KafkaProducer(bootstrap_servers=brokers, compression_type=codec, max_request_size=2 * INFLATED)
    ) as producer:
        bomb = bytes(INFLATED)
        for _ in range(number):
            producer.send("feed.sunny.orders", bomb, partition=0).get(60)


def _found(installation: Installation) -> set[str]:
    return {
        str(decode_violation(value).order) for _, value in installation.read(VIOLATIONS) if value is not None
    }


def _refused(installation: Installation) -> int:
    answered = [one for receipts in accounted(installation, ["sunny"]).values() for one in receipts]
    return sum(refused.reason == "unreadable" for receipt in answered for refused in receipt.refused)
