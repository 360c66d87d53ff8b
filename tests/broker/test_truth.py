"""The watch list and what another platform told, live: every process, a real broker."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from regulator.clock import now
from regulator.domain.instants import DAY, Instant, to_digits, to_rfc3339
from streams.broker.broker import Broker
from streams.topics import VIOLATIONS
from tests.broker.installation import Installation, wait_until
from tests.broker.streets import COMPANY, REGISTER, envelope, match

pytestmark = pytest.mark.kafka

PLATE, DRIVER = "沪AD77777", "31990019900101123X"
SUNNY, MOON = COMPANY["sunny"], COMPANY["moon"]


@pytest.fixture
def installation(empty_kafka: Broker, tmp_path: Path) -> Iterator[Installation]:
    """Judge and desk, running; the permits' source keeps the watch list too."""
    installed = Installation(empty_kafka, tmp_path / "installation")
    sources = installed.config_folder / "sources.toml"
    sources.write_text(
        sources.read_text("utf-8").replace('"driver_certificate"]', '"driver_certificate", "episode"]')
    )
    with installed.running(installed.desk, installed.judge):
        yield installed


def test_who_was_removed_and_takes_an_order_again_is_told_with_which_time_it_is(
    installation: Installation,
) -> None:
    at = now()
    push(installation, REGISTER, an_episode(Instant(at - DAY)), a_heartbeat(at))
    push(installation, "feed.sunny.orders", a_match(SUNNY, "O-1", at))
    eventually(installation, lambda told: [one["times_since_removal"] for one in told] == [1])
    push(installation, "feed.moon.orders", a_match(MOON, "O-2", Instant(at + 1_000_000)))
    eventually(installation, lambda told: [one["times_since_removal"] for one in told] == [1, 2])

    first, second = events(installation, "re_offence")
    assert (first["episode"], first["reason"], first["vehicle"]) == ("2026-0312", "removed", PLATE)
    assert (first["company"], second["company"]) == (SUNNY, MOON)

    push(
        installation,
        REGISTER,
        licence("vehicle_permit", PLATE, at),
        licence("driver_certificate", DRIVER, at),
    )
    eventually(installation, lambda told: [one["event"] for one in told[2:]] == ["withdrawn"] * 2)


def test_what_one_platform_tells_of_a_car_counts_for_every_platform(installation: Installation) -> None:
    at = now()
    push(installation, "feed.moon.orders", a_match(MOON, "O-3", at))
    push(installation, "feed.sunny.orders", a_mileage(600_000, at))
    eventually(installation, lambda told: len(told) == 1, rule="vehicle_retired")

    (told,) = events(installation, "vehicle_retired")
    assert (told["company"], told["reason"], told["because"]["kind"]) == (MOON, "mileage", "mileage")


def a_match(company: str, number: str, at: Instant) -> bytes:
    return envelope(company, "orderMatch", match(company, number, PLATE, DRIVER, int(to_digits(at))))


def a_mileage(kilometres: float, at: Instant) -> bytes:
    record = {
        "CompanyId": SUNNY, "Address": 310000, "VehicleNo": PLATE, "TotalMile": kilometres,
        "Flag": 1, "UpdateTime": int(to_digits(Instant(at - DAY))),
    }  # fmt: skip
    return envelope(SUNNY, "baseInfoVehicleTotalMile", record)


def an_episode(removed_at: Instant) -> bytes:
    said = {"type": "episode", "episode": "2026-0312", "sequence": 1, "vehicle": PLATE}
    return json.dumps({**said, "events": [{"event": "removed", "at": to_rfc3339(removed_at)}]}).encode()


def a_heartbeat(at: Instant) -> bytes:
    return json.dumps({"type": "heartbeat", "complete_to": to_rfc3339(Instant(at - 1_000_000))}).encode()


def licence(kind: str, subject: str, at: Instant) -> bytes:
    period = {"from": to_rfc3339(Instant(at - 9 * DAY)), "to": None, "state": "valid"}
    said = {"type": "licence", "kind": kind, "certificate": f"of {kind}", "subject": subject, "sequence": 1}
    return json.dumps({**said, "periods": [period]}).encode()


def push(installation: Installation, topic: str, *payloads: bytes) -> None:
    with installation.producing() as producer:
        for payload in payloads:
            producer.send(topic, payload, b"one")


def events(installation: Installation, rule: str) -> list[Any]:
    """Return what the queue says under a rule: first what was raised, by time."""
    said = [json.loads(value) for _, value in installation.read(VIOLATIONS) if value is not None]
    told = [event for event in said if event["rule"] == rule]
    return sorted(told, key=lambda event: (event["event"] != "raised", event["at"]))


def eventually(installation: Installation, holds: Any, *, rule: str = "re_offence") -> None:
    wait_until(lambda: holds(events(installation, rule)), what=f"the queue's word on {rule}")
