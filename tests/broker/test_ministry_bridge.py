"""The ministry's feed: one slug, many companies, brought by the bridge through breaks, kills and outages."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from regulator.clock import now
from regulator.domain.instants import to_digits
from regulator.wire.ministry.protobuf import OTIpc, OTIpcList
from regulator.wire.violations import decode_violation
from streams.broker.broker import Broker
from streams.broker.ports import free_port
from streams.topics import VIOLATIONS
from tests.broker.installation import Installation, Worker, wait_until
from tests.broker.standing import accounted
from tests.streams.bridge.ministry import PASSWORD, USER, Ministry, position

pytestmark = pytest.mark.kafka

COMPANIES = [f"3101YPZC000{number}" for number in range(1, 6)]
FOREIGN = "4403YPZC0001"
PLATFORMS = f"""
[ministry]
name = "部平台转发"
companies = {COMPANIES}
partitions = 3
"""


@pytest.fixture
def installation(fresh_kafka: Broker, tmp_path: Path) -> Installation:
    """Its topics are there, and nothing runs."""
    installed = Installation(fresh_kafka, tmp_path / "installation")
    (installed.config_folder / "platforms.toml").write_text(PLATFORMS, "utf-8")
    installed.create_topics()
    return installed


@pytest.fixture
def ministry() -> Iterator[Ministry]:
    """It breaks off four times."""
    with Ministry(list(a_morning(400)), breaks=[90, 20, 250, 399]).serving() as serving:
        yield serving


def a_bridge(installation: Installation, ministry: Ministry) -> Worker:
    port = free_port()
    environment = {
        **installation.environment,
        "REGULATOR_BRIDGE_PORT": str(port),
        "REGULATOR_MINISTRY_URL": ministry.account.url,
        "REGULATOR_MINISTRY_USER": USER,
        "REGULATOR_MINISTRY_PASSWORD": PASSWORD,
    }
    health = f"http://127.0.0.1:{port}/health"
    log = installation.folder / "bridge.log"
    return Worker("ministry-bridge", health, environment, installation.config_folder, log)


def test_every_company_s_orders_are_judged_and_nothing_is_lost_on_the_way(
    installation: Installation, ministry: Ministry
) -> None:
    bridge = a_bridge(installation, ministry)
    with installation.running(installation.judge, bridge):
        wait_until(lambda: _arrived(installation) > 10, what="it has begun", tell=bridge.tail)
        bridge.kill()
        bridge.start()
        wait_until(lambda: ministry.sent > 200, what="it goes on", tell=bridge.tail)
        installation.broker.kill()
        installation.broker.start()

        def mend() -> None:
            bridge.keep_alive()
            installation.judge.keep_alive()

        wait_until(
            lambda: _orders_in_violation(installation) == _sent(400),
            what="every order is found",
            seconds=240,
            tell=lambda: bridge.tail() + installation.judge.tail(),
            mend=mend,
        )
        bridge.wait_until_well(mend=mend)
        assert bridge.stop() == 0

    answered = [one for receipts in accounted(installation, ["ministry"]).values() for one in receipts]
    refused = [one.reason for receipt in answered for one in receipt.refused]
    assert set(refused) == {"foreign"}
    assert sum(receipt.repeated for receipt in answered) > 0  # it was all said again after each break
    assert _arrived(installation, "feed.ministry.positions") >= 400
    assert PASSWORD not in bridge.tail()


def a_morning(number: int) -> Iterator[bytes]:
    """Frames of many companies, one of them nobody's here; every order is of a car without a name."""
    at = int(to_digits(now()))
    for one in range(number):
        listed = [unnamed(company, f"{company}-{one}", at) for company in (*COMPANIES, FOREIGN)]
        content = OTIpcList(otpic=[*listed, position(COMPANIES[0], f"沪AD{one:05d}")]).SerializeToString()
        yield gzip.compress(content) if one % 2 else content


def unnamed(company: str, order: str, at: int) -> OTIpc:
    """A match whose car and driver nobody can identify: a violation whatever the register says."""
    envelope = OTIpc(CompanyId=company, Source="0", IPCType=8194)
    envelope.orderMatch.add(
        CompanyId=company, Address=310101, OrderId=order, Encrypt=1, LicenseId="0", DriverPhone="13000000000",
        VehicleNo="无", DistributeTime=at,
    )  # fmt: skip
    return envelope


def _sent(number: int) -> set[tuple[str, str]]:
    return {(company, f"{company}-{one}") for company in COMPANIES for one in range(number)}


def _orders_in_violation(installation: Installation) -> set[tuple[str, str]]:
    events = [decode_violation(value) for _, value in installation.read(VIOLATIONS) if value is not None]
    return {(str(event.company), str(event.order)) for event in events}


def _arrived(installation: Installation, topic: str = "feed.ministry.orders") -> int:
    return len(installation.read(topic))
