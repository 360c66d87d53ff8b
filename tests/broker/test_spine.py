"""One order, from a platform's topic to an officer's screen: every process, a real broker, both databases."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from regulator.clock import now
from regulator.domain.instants import DAY, MINUTE, SECOND, Instant, to_digits, to_rfc3339
from regulator.wire.receipts import Receipt
from streams.broker.broker import Broker
from tests.broker.installation import Installation, wait_until
from tests.broker.standing import accounted
from tests.broker.streets import COMPANY, REGISTER, create, depart, envelope, match

pytestmark = pytest.mark.kafka

PLATE, DRIVER = "沪AD77777", "31990019900101123X"
_FEED, _MOON = "feed.moon.orders", COMPANY["moon"]


@pytest.fixture
def database() -> str:
    """Which one, where a test does not say."""
    return "sqlite"


@pytest.fixture
def installation(
    database: str, request: pytest.FixtureRequest, empty_kafka: Broker, tmp_path: Path
) -> Iterator[Installation]:
    """Judge, track and desk with its console, running."""
    url = request.getfixturevalue("postgres") if database == "postgresql" else None
    installed = Installation(empty_kafka, tmp_path / "installation", database=url)
    with installed.running(installed.desk, installed.judge, installed.track):
        yield installed


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_one_order_from_a_platforms_topic_to_an_officers_screen(installation: Installation) -> None:
    at = now()
    _push(installation, REGISTER, _licence("platform_permit", "P-1", _MOON, at), _heartbeat(at))
    _push(installation, _FEED, *_order("O-1", at))
    card = _eventually(lambda: _card(installation, phase="on_trip"))

    assert card["vehicle"] == PLATE
    assert card["driver_last4"] == DRIVER[-4:]
    assert card["destination"] == "虹桥火车站"
    assert {(one["rule"], one["reason"]) for one in card["findings"]} == {
        ("vehicle_permit", "never"),
        ("driver_certificate", "never"),
    }

    _push(installation, "feed.moon.positions", _position(at))
    _push(installation, REGISTER, _licence("vehicle_permit", "V-1", PLATE, at))
    _eventually(lambda: _rules(installation) == {"driver_certificate"})
    _push(installation, REGISTER, _licence("driver_certificate", "D-1", DRIVER, at), _heartbeat(now()))
    _eventually(lambda: _card(installation) is None)

    closed = _ask(installation, f"/api/v1/alerts/{card['id']}")
    assert closed["closed_because"] == "withdrawn"


def test_every_record_is_answered_and_counted(installation: Installation) -> None:
    at = now()
    good = match(_MOON, "O-2", PLATE, DRIVER, int(to_digits(at)))
    nameless = {**good, "OrderId": ""}
    flawed = {**good, "OrderId": "O-3", "DriverPhone": None}

    _push(installation, _FEED, envelope(_MOON, "orderMatch", good, nameless, flawed, good), b"{")
    receipts = _eventually(lambda: _receipts(installation, messages=2))

    refused = [(line.offset, line.index, line.reason) for receipt in receipts for line in receipt.refused]
    flaws = [(line.index, line.field, line.reason) for receipt in receipts for line in receipt.flaws]
    assert sum(receipt.records for receipt in receipts) == 5
    assert sum(receipt.handled for receipt in receipts) == 2
    assert sum(receipt.repeated for receipt in receipts) == 1
    assert refused == [(0, 1, "unattributable"), (1, 0, "unreadable")]
    assert flaws == [(2, "DriverPhone", "missing_field")]
    handled = f'regulator_records_total{{company="{_MOON}",fate="handled",type="orderMatch"}} 2.0'
    _eventually(lambda: handled in _metrics(installation, "JUDGE"))
    assert 'regulator_undetermined{rule="driver_certificate"} 2.0' in _metrics(installation, "JUDGE")


def test_metrics_have_the_names_that_stay(installation: Installation) -> None:
    at = now()
    _push(installation, REGISTER, _licence("platform_permit", "P-1", _MOON, at), _heartbeat(at))
    _push(installation, _FEED, *_order("O-4", at))
    _eventually(lambda: _card(installation))

    judge, desk = _metrics(installation, "JUDGE"), _metrics(installation, "CONSOLE")
    for name in (
        'regulator_findings_total{event="raised",rule="vehicle_permit"}',
        "regulator_event_to_queue_seconds_bucket",
        'regulator_register_complete_to_seconds{source="permits"}',
        'regulator_register_licences{kind="platform_permit"}',
        f'regulator_consumer_lag{{topic="{_FEED}"}}',
        "regulator_defects_total 0.0",
    ):
        assert name in judge
    assert 'regulator_standing_findings{rule="vehicle_permit"} 1.0' in desk
    assert 'regulator_consumer_lag{topic="enforcement.violations"}' in desk
    assert 'regulator_consumer_lag{topic="feed.moon.positions"}' in _metrics(installation, "TRACK")


def _receipts(installation: Installation, *, messages: int) -> list[Receipt]:
    """Return the receipts that count, once they answer so many messages."""
    receipts = accounted(installation, ["moon"]).get((_FEED, 0), [])
    return receipts if sum(one.messages for one in receipts) == messages else []


def _order(number: str, at: Instant) -> list[bytes]:
    digits = int(to_digits(at))
    return [
        envelope(_MOON, "orderCreate", create(_MOON, number, digits)),
        envelope(_MOON, "orderMatch", match(_MOON, number, PLATE, DRIVER, digits)),
        envelope(_MOON, "operateDepart", depart(_MOON, number, PLATE, DRIVER, digits)),
    ]


def _position(at: Instant) -> bytes:
    record = {
        "CompanyId": _MOON, "VehicleNo": PLATE, "VehicleRegionCode": 310000, "PositionTime": at // SECOND,
        "Longitude": 121478222, "Latitude": 31228457, "Encrypt": 1, "BizStatus": 1, "OrderId": "O-1",
    }  # fmt: skip
    return envelope(_MOON, "positionVehicle", record)


def _licence(kind: str, certificate: str, subject: str, at: Instant) -> bytes:
    period = {"from": to_rfc3339(Instant(at - DAY)), "to": None, "state": "valid"}
    statement = {"type": "licence", "kind": kind, "certificate": certificate, "subject": subject}
    return json.dumps({**statement, "sequence": 1, "periods": [period]}).encode()


def _heartbeat(at: Instant) -> bytes:
    return json.dumps({"type": "heartbeat", "complete_to": to_rfc3339(Instant(at - MINUTE // 60))}).encode()


def _push(installation: Installation, topic: str, *payloads: bytes) -> None:
    with installation.producing() as producer:
        for payload in payloads:
            producer.send(topic, payload, b"one")


def _card(installation: Installation, *, phase: str = "") -> Any:
    cards = _ask(installation, "/api/v1/alerts")
    return next((card for card in cards if phase in ("", card["phase"])), None)


def _rules(installation: Installation) -> set[str]:
    return {one["rule"] for one in (_card(installation) or {"findings": []})["findings"]}


def _ask(installation: Installation, path: str) -> Any:
    return json.loads(_get(installation, "CONSOLE", path))


def _metrics(installation: Installation, process: str) -> str:
    return _get(installation, process, "/metrics")


def _get(installation: Installation, process: str, path: str) -> str:
    port = installation.environment[f"REGULATOR_{process}_PORT"]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def _eventually(ask: Callable[[], Any]) -> Any:
    """Ask until there is an answer."""
    answers: list[Any] = []

    def answered() -> bool:
        answers[:] = [ask()]
        return bool(answers[0])

    wait_until(answered, what="an answer")
    return answers[0]
