"""Two platforms, two dialects, live: judged alike, tracked alike, each answered in its own words."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from regulator.clock import now
from regulator.domain.instants import SECOND, Instant, to_digits, to_rfc3339
from streams.broker.broker import Broker
from streams.topics import TRACKS, VIOLATIONS, receipts
from tests.broker.installation import Installation, wait_until
from tests.broker.streets import COMPANY, REGISTER, envelope, match

pytestmark = pytest.mark.kafka

PLATE, OTHER, DRIVER = "沪AD77777", "粤AD12345", "31990019900101123X"
SUNNY, MOON = COMPANY["sunny"], COMPANY["moon"]


@pytest.fixture
def installation(empty_kafka: Broker, tmp_path: Path) -> Iterator[Installation]:
    """Desk, judge and track; the second platform writes Guangzhou's dialect."""
    installed = Installation(empty_kafka, tmp_path / "installation")
    platforms = installed.config_folder / "platforms.toml"
    platforms.write_text(platforms.read_text("utf-8") + 'dialect = "guangzhou"\n')
    with installed.running(installed.desk, installed.judge, installed.track):
        yield installed


def test_a_platform_is_judged_and_tracked_in_the_dialect_it_writes(installation: Installation) -> None:
    at = now()
    digits = to_digits(at)
    heartbeat = {"type": "heartbeat", "complete_to": to_rfc3339(Instant(at - SECOND))}
    orders = [
        {"orderId": "O-2", "vehicleNo": PLATE, "licenseId": DRIVER, "distributeTime": digits, "encrypt": "9"},
        {"orderId": "O-3"},
        {"vehicleNo": PLATE},
    ]
    position = {"vehicleNo": OTHER, "positionTime": digits, "longitude": "113264400", "latitude": "23129100"}
    push(installation, REGISTER, json.dumps(heartbeat).encode())
    push(
        installation,
        "feed.sunny.orders",
        envelope(SUNNY, "orderMatch", match(SUNNY, "O-1", PLATE, DRIVER, int(digits))),
    )
    push(installation, "feed.moon.orders", file("ORDER", "DDCG", orders))
    push(installation, "feed.moon.positions", file("GPS", "JSYDW", [{**position, "encrypt": "1"}]))
    wait_until(
        lambda: len(of_the_car(installation)) == 6, what="judged in both", tell=installation.judge.tail
    )
    wait_until(
        lambda: any(OTHER.encode() in (value or b"") for _, value in installation.read(TRACKS)),
        what="tracked",
        tell=installation.track.tail,
    )

    told = of_the_car(installation)
    assert told["O-2", "vehicle_permit"]["company"] == MOON
    assert {rule for order, rule in told if order == "O-1"} == {
        rule for order, rule in told if order == "O-2"
    }
    assert told["O-1", "driver_certificate"]["driver"] == told["O-2", "driver_certificate"]["driver"]
    (answer,) = answers(installation, "moon", "feed.moon.orders")
    assert [one["reason"] for one in answer["refused"]] == ["unattributable"]
    assert ("encrypt", "bad_field") in {(one["field"], one["reason"]) for one in answer["flaws"]}


def file(group: str, command: str, records: list[dict[str, str]]) -> bytes:
    """Return a file of Guangzhou's interface as it is pushed."""
    told = {"company": MOON, "type": group, "command": command, "records": records}
    return json.dumps(told, ensure_ascii=False).encode()


def of_the_car(installation: Installation) -> dict[tuple[str, str], dict[str, Any]]:
    events = [msgspec.json.decode(value) for _, value in installation.read(VIOLATIONS) if value]
    return {(one["order"], one["rule"]): one for one in events if one["vehicle"] == PLATE}


def answers(installation: Installation, slug: str, topic: str) -> list[dict[str, Any]]:
    told = [msgspec.json.decode(value) for _, value in installation.read(receipts(slug)) if value]
    return [one for one in told if one["topic"] == topic]


def push(installation: Installation, topic: str, *payloads: bytes) -> None:
    with installation.producing() as producer:
        for payload in payloads:
            producer.send(topic, payload)
