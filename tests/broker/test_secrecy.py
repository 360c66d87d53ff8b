"""Nothing that we write holds anybody's number or name: neither topics, SQL, logs nor metrics."""

import json
import sqlite3
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from kafka.admin import KafkaAdminClient

from regulator.clock import now
from regulator.domain.instants import MINUTE, SECOND, Instant, to_digits, to_rfc3339
from regulator.wire.ministry.fields import Kind
from regulator.wire.ministry.table import TYPES
from streams.broker.broker import Broker
from tests.broker.installation import Installation, wait_until
from tests.broker.standing import accounted
from tests.broker.streets import COMPANY, REGISTER, envelope
from tests.wire.clean import CLEAN

pytestmark = pytest.mark.kafka

NUMBER = "319999198505057779"
PHONE = "10087654321"
NAME = "欧阳无名氏"
SECRETS = (NUMBER, PHONE, NAME, NAME.encode("unicode_escape").decode())
_NUMBERS = {"LicenseId", "LegalID", "CertificateNo", "PassengerIdentityNo"}
_COMPANY = COMPANY["moon"]
_TIMES = {field.name for one in TYPES for field in one.fields if field.kind is Kind.MOMENT}


@pytest.fixture
def installation(empty_kafka: Broker, tmp_path: Path) -> Iterator[Installation]:
    installed = Installation(empty_kafka, tmp_path / "installation")
    sources = installed.config_folder / "sources.toml"
    kinds = '"driver_certificate", "episode"]'
    sources.write_text(sources.read_text("utf-8").replace('"driver_certificate"]', kinds))
    with installed.running(installed.desk, installed.judge, installed.track):
        yield installed


def test_nothing_that_is_personal_leaves_the_border(installation: Installation) -> None:
    _push(installation)
    feeds = {("feed.moon.orders", 0), ("feed.moon.positions", 0)}
    wait_until(lambda: feeds <= accounted(installation, ["moon"]).keys(), what="receipts of both feeds")
    wait_until(lambda: _count(installation, "findings") > 0, what="findings in SQL")
    wait_until(lambda: _count(installation, "base_facts") >= 4, what="base facts in SQL")
    wait_until(lambda: _count(installation, "driver_numbers") > 0, what="the encrypted column")

    found = [
        (place, secret)
        for place, content in _everything(installation)
        for secret in SECRETS
        if secret.encode() in content
    ]

    assert found == []


def _push(installation: Installation) -> None:
    at = now()
    with installation.producing() as producer:
        for payload in _register(at):
            producer.send(REGISTER, payload)
        for name in CLEAN:
            topic = "positions" if name.startswith("position") else "orders"
            record = _record(name, at)
            beside = {**record, "PassengerName": NAME, "PassengerPhone": PHONE}
            flawed = {**record, "LicenseId": NUMBER[:-1], "VehicleNo": PHONE}
            payload = envelope(_COMPANY, name, record, beside, flawed)
            producer.send(f"feed.moon.{topic}", payload, b"one")
            producer.send(f"feed.moon.{topic}", payload[: len(payload) // 2], b"one")  # no JSON any more
        producer.send("feed.moon.answers", json.dumps({"notice": NUMBER, "answer": PHONE}).encode())


def _record(name: str, at: Instant) -> dict[str, Any]:
    """Return a clean record of now in which everything personal is a secret of ours."""
    record = dict(CLEAN[name])
    for field in record:
        if field in _NUMBERS:
            record[field] = NUMBER
        elif field.endswith("Phone"):
            record[field] = PHONE
        elif field.endswith(("Name", "Contact", "Address")) and isinstance(record[field], str):
            record[field] = NAME
        elif field in _TIMES:
            record[field] = int(to_digits(at))
        elif field == "PositionTime":
            record[field] = at // SECOND
    return {**record, "CompanyId": _COMPANY}


def _register(at: Instant) -> Iterator[bytes]:
    period = {"from": "2024-03-01", "to": "2024-03-02", "state": "valid"}
    licence = {"type": "licence", "kind": "driver_certificate", "sequence": 1, "periods": [period]}
    yield _json({**licence, "certificate": NUMBER, "subject": NUMBER})
    yield _json({**licence, "certificate": NUMBER, "subject": NUMBER, "sequence": NUMBER})
    removed = {"event": "removed", "at": to_rfc3339(Instant(at - 9 * MINUTE))}
    yield _json({"type": "episode", "episode": "e-1", "sequence": 1, "driver": NUMBER, "events": [removed]})
    yield _json({"type": "heartbeat", "complete_to": to_rfc3339(Instant(at - SECOND))})


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _everything(installation: Installation) -> Iterator[tuple[str, bytes]]:
    """Yield everything that the processes wrote, and where."""
    with closing(KafkaAdminClient(bootstrap_servers=installation.broker.bootstrap)) as admin:
        topics = [one for one in admin.list_topics() if not one.startswith(("feed.", "__"))]
    assert {"register", "enforcement.violations", "orders.moon", "base.moon", "receipts.moon"} <= set(topics)
    for topic in topics:
        for key, value in installation.read(topic):
            yield topic, (key or b"") + (value or b"")
    for path in (installation.folder / "home").rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes()
    for path in installation.folder.glob("*.log"):
        yield path.name, path.read_bytes()
    for process in ("JUDGE", "TRACK", "CONSOLE"):
        port = installation.environment[f"REGULATOR_{process}_PORT"]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            yield f"metrics of {process}", answer.read()


def _count(installation: Installation, table: str) -> int:
    """Ask SQLite itself, whose file is searched byte by byte."""
    (path,) = (installation.folder / "home").rglob("*.db")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
