"""Orders that the judge let go of: the register still reaches them, and their late records too."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from regulator.clock import now
from regulator.domain.findings import EventKind
from regulator.domain.instants import DAY, SECOND, Instant, to_digits, to_rfc3339
from regulator.joins.orders import Order
from regulator.store import Connection, open_store
from regulator.store.archive import ArchiveStore
from regulator.wire.orders import decode_order
from regulator.wire.violations import decode_violation
from streams.broker.broker import Broker
from tests.broker.installation import Installation, wait_until
from tests.broker.standing import accounted, in_a_replay, in_sql, on_the_queue
from tests.broker.streets import COMPANY, REGISTER, depart, envelope, match
from tests.fixtures.kafka import bury

pytestmark = pytest.mark.kafka

_FEED, _MOON = "feed.moon.orders", COMPANY["moon"]
LICENSED, UNLICENSED = "沪AD77777", "沪AD88888"
DRIVER, OTHER_DRIVER = "31990019900101123X", "319900199001011248"


@pytest.fixture
def database() -> str:
    """Which one, where a test does not say."""
    return "sqlite"


@pytest.fixture
def installation(
    database: str, request: pytest.FixtureRequest, empty_kafka: Broker, tmp_path: Path
) -> Iterator[Installation]:
    """Judge and desk, running; two orders judged, one of them by a car without a permit."""
    url = request.getfixturevalue("postgres") if database == "postgresql" else None
    installed = Installation(empty_kafka, tmp_path / "installation", database=url)
    with installed.running(installed.desk, installed.judge):
        at = now()
        stated = [
            state("platform_permit", "P", _MOON, at),
            state("vehicle_permit", "V", LICENSED, at),
            state("driver_certificate", "D", DRIVER, at),
            state("driver_certificate", "E", OTHER_DRIVER, at),
        ]
        push(installed, REGISTER, *stated, heartbeat(at))
        push(installed, _FEED, a_match("O-1", LICENSED, at), a_match("O-2", UNLICENSED, at))
        eventually(installed, {("O-2", "vehicle_permit")})
        yield installed


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_the_register_and_late_records_reach_what_the_judge_let_go_of(
    installation: Installation, tmp_path: Path
) -> None:
    let_go(installation, "O-1", "O-2")
    at = now()

    push(installation, REGISTER, state("vehicle_permit", "V", LICENSED, at, state="revoked", sequence=2))
    push(installation, REGISTER, state("vehicle_permit", "W", UNLICENSED, at))
    eventually(installation, {("O-1", "vehicle_permit")})
    assert known(installation, "O-1").given == 0

    push(installation, _FEED, a_depart("O-1", LICENSED, OTHER_DRIVER, at))
    eventually(installation, {("O-1", "vehicle_permit"), ("O-1", "pair_mismatch")})
    wait_until(lambda: known(installation, "O-1").given > 0, what="the judge has both lives")
    assert [filing.report.stage for filing in known(installation, "O-1").reports] == ["match", "depart"]

    let_go(installation, "O-1")
    push(installation, REGISTER, state("vehicle_permit", "V", LICENSED, at, sequence=3), heartbeat(now()))
    eventually(installation, {("O-1", "pair_mismatch")})
    assert in_sql(installation) == in_a_replay(installation, tmp_path)


def test_a_judge_that_starts_anew_is_given_back_what_another_did_not_take(
    installation: Installation, tmp_path: Path
) -> None:
    """A judge died between its late record and the first life's return."""
    let_go(installation, "O-1")
    at = now()
    installation.judge.kill()
    installation.desk.kill()
    bury(installation.broker)
    with closing(open_store(installation.settings.database)):
        installation.judge.start()
        installation.judge.wait_until_well()
        push(installation, _FEED, a_depart("O-1", LICENSED, OTHER_DRIVER, at))
        wait_until(lambda: len(installation.read("orders.moon")) > 4, what="the judge kept it")
        installation.judge.kill()
        bury(installation.broker)
    installation.desk.start()
    wait_until(lambda: len(installation.read("returned")) == 1, what="the desk returned it")

    installation.judge.start()

    eventually(installation, {("O-2", "vehicle_permit"), ("O-1", "pair_mismatch")})
    assert in_sql(installation) == in_a_replay(installation, tmp_path)


def let_go(installation: Installation, *orders: str) -> None:
    """Do what a judge does a day later; wait until the archive has taken them up."""
    wait_until(lambda: answered(installation), what="every record is answered")
    installation.judge.stop()  # what it handled is acknowledged, and does not come again
    with installation.producing() as producer:
        for order in orders:
            producer.send("orders.moon", None, f"{_MOON}|{order}".encode(), partition=0)
    installation.judge.start()
    installation.judge.wait_until_well()
    wait_until(lambda: archived(installation) >= set(orders), what="the archive has them")


def answered(installation: Installation) -> bool:
    receipts = accounted(installation, ["moon"]).get((_FEED, 0), [])
    return sum(one.messages for one in receipts) == len(installation.read(_FEED))


def archived(installation: Installation) -> set[str]:
    def asked(connection: Connection) -> set[str]:
        return ArchiveStore(connection).cases(_MOON)

    return ask(installation, asked)


def known(installation: Installation, order: str) -> Order:
    """Return an order as the newest state on its topic says."""
    newest = dict(installation.read("orders.moon"))[f"{_MOON}|{order}".encode()]
    return decode_order(newest) if newest else Order(company=_MOON, arrival=Instant(0))


def ask(installation: Installation, question):
    store = open_store(installation.settings.database)
    with closing(store), store.reading() as connection:
        return question(connection)


def eventually(installation: Installation, expected: set[tuple[str, str]]) -> None:
    """Queue and SQL come to tell the same: these rules are broken in these orders."""

    def told() -> bool:
        queue = on_the_queue(installation)
        return named(installation) == expected and queue == in_sql(installation)

    wait_until(told, what=str(expected), tell=lambda: str(named(installation)))


def named(installation: Installation) -> set[tuple[str, str]]:
    """Read the queue and say of each finding that stands which order breaks which rule."""
    last = dict(installation.read("enforcement.violations"))
    said = [decode_violation(value) for value in last.values() if value is not None]
    return {(one.order or "", one.rule) for one in said if one.event is not EventKind.WITHDRAWN}


def a_match(order: str, plate: str, at: Instant) -> bytes:
    return envelope(_MOON, "orderMatch", match(_MOON, order, plate, DRIVER, int(to_digits(at))))


def a_depart(order: str, plate: str, driver: str, at: Instant) -> bytes:
    return envelope(_MOON, "operateDepart", depart(_MOON, order, plate, driver, int(to_digits(at))))


def state(
    kind: str, certificate: str, subject: str, at: Instant, *, state: str = "valid", sequence: int = 1
) -> bytes:
    period = {"from": to_rfc3339(Instant(at - DAY)), "to": None, "state": state}
    statement = {"type": "licence", "kind": kind, "certificate": certificate, "subject": subject}
    return json.dumps({**statement, "sequence": sequence, "periods": [period]}).encode()


def heartbeat(at: Instant) -> bytes:
    return json.dumps({"type": "heartbeat", "complete_to": to_rfc3339(Instant(at - SECOND))}).encode()


def push(installation: Installation, topic: str, *payloads: bytes) -> None:
    with installation.producing() as producer:
        for payload in payloads:
            producer.send(topic, payload, b"one")
