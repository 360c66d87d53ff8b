"""What is counted of the feeds adds up to what was sent, be the judge killed meanwhile."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from regulator.clock import now
from regulator.domain.instants import day_of, to_digits
from regulator.quality.tally import is_fate
from regulator.store import open_store
from regulator.store.quality import QualityStore
from streams.broker.broker import Broker
from tests.broker.installation import Installation, wait_until
from tests.broker.streets import COMPANY, envelope
from tests.wire.clean import CLEAN

pytestmark = pytest.mark.kafka

_COMPANY = COMPANY["moon"]
_ROUNDS, _MESSAGES = 4, 50


@pytest.fixture
def installation(empty_kafka: Broker, tmp_path: Path) -> Iterator[Installation]:
    installed = Installation(empty_kafka, tmp_path / "installation")
    with installed.running(installed.desk, installed.judge, installed.track):
        yield installed


def test_the_counts_add_up_to_what_was_sent_though_the_judge_was_killed(installation: Installation) -> None:
    for number in range(_ROUNDS):
        push(installation, number)
        if number == 1:
            installation.judge.kill()
            installation.judge.start()
            installation.judge.wait_until_well()

    sent = _ROUNDS * _MESSAGES
    expected = {
        ("feed.moon.orders", "handled"): 2 * sent,
        ("feed.moon.orders", "unreadable"): sent,
        ("feed.moon.orders", "missing_field"): sent,
        ("feed.moon.positions", "handled"): sent,
    }
    wait_until(lambda: counted(installation) == expected, what=f"{expected} in SQL")


def push(installation: Installation, number: int) -> None:
    """Send orders of which half lack a field, half a message that is none, and positions."""
    at = now()
    with installation.producing() as producer:
        for index in range(_MESSAGES):
            arrive = {**CLEAN["operateArrive"], "CompanyId": _COMPANY, "DestTime": int(to_digits(at))}
            whole, lacking = ({**arrive, "OrderId": f"{number}-{index}-{which}"} for which in "ab")
            lacking = {name: value for name, value in lacking.items() if name != "DestLongitude"}
            payload = envelope(_COMPANY, "operateArrive", whole, lacking)
            producer.send("feed.moon.orders", payload, b"%d" % index)
            producer.send("feed.moon.orders", payload[: len(payload) // 2], b"%d" % index)
            car = {**CLEAN["positionVehicle"], "CompanyId": _COMPANY, "VehicleNo": f"沪AD{index:05}"}
            car["PositionTime"] = at // 1_000_000 + number
            producer.send("feed.moon.positions", envelope(_COMPANY, "positionVehicle", car), b"p")


def counted(installation: Installation) -> dict[tuple[str, str], int]:
    store = open_store(installation.settings.database)
    try:
        with store.reading() as connection:
            today = day_of(now())
            found: Counter[tuple[str, str]] = Counter()
            for one in QualityStore(connection).days(today - timedelta(1), today):
                if is_fate(one.what) or one.what == "missing_field":
                    found[one.topic, one.what] += one.number
            return dict(found)
    finally:
        store.close()
