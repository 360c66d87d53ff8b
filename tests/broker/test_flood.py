"""A platform that floods is slowed down by its quota, and no other platform's orders wait for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.broker.broker import Broker
from streams.broker.gate import Gate
from streams.broker.heap import Heap
from streams.broker.kit import Kit
from tests.broker.flooding import delays, flooding, go_on, percentile
from tests.broker.installation import Installation, wait_until
from tests.broker.platforms import Operator
from tests.broker.standing import accounted
from tests.broker.streets import COMPANY
from tests.fixtures.crowding import crowding

pytestmark = [pytest.mark.kafka, pytest.mark.alone]

USUAL = 13_000
"""Bytes a second of a platform with 40 records a second; 50 times that are 650,000."""
QUOTA = 4 * USUAL
SECONDS = 12


@pytest.fixture
def gated(kafka_kit: Kit, tmp_path: Path) -> Iterator[Broker]:
    """A broker with a door for platforms."""
    with Broker(tmp_path / "kafka", kit=kafka_kit, heap=Heap.TEST, gate=Gate()) as broker:
        yield broker


@pytest.mark.parametrize("records_a_message", [1, 100], ids=["one record a message", "a hundred"])
def test_a_flood_of_one_platform_does_not_delay_another_s_orders(
    gated: Broker, tmp_path: Path, records_a_message: int
) -> None:
    installation = Installation(gated, tmp_path / "installation")
    installation.create_topics()
    operator = Operator(gated, tmp_path)
    more = f"--partitions 2 --bytes-a-second {QUOTA}"
    sunny = {
        "bootstrap_servers": gated.platform_bootstrap,
        **operator.lets_in("sunny", f"--company {COMPANY['sunny']} {more}"),
    }
    moon = {
        "bootstrap_servers": gated.platform_bootstrap,
        **operator.lets_in("moon", f"--company {COMPANY['moon']}"),
    }
    feed, company = "feed.moon.orders", COMPANY["moon"]
    with installation.running(installation.judge):
        go_on(moon, feed, company, seconds=3, orders_a_second=10, name="warming up")
        crowded = crowding()
        go_on(moon, feed, company, seconds=6, orders_a_second=20, name="alone")
        with flooding(sunny, "feed.sunny.orders", COMPANY["sunny"], records_a_message=records_a_message):
            sent = go_on(moon, feed, company, seconds=SECONDS, orders_a_second=20, name="beside")
        wait_until(
            lambda: len(delays(gated.bootstrap, feed, company, name="beside")) == sent,
            what="every order of the other platform is found",
            tell=installation.judge.tail,
        )
    crowded = max(crowded, crowding())

    alone = percentile(delays(gated.bootstrap, feed, company, name="alone"), 0.99)
    beside = percentile(delays(gated.bootstrap, feed, company, name="beside"), 0.99)
    # A second on a machine that is ours; where others share its cores, as much longer.
    assert beside < alone + crowded, f"alone {alone:.3f} s, beside {beside:.3f} s, crowded {crowded:.1f}"
    # It was not refused: slowed down to its quota (after a first burst), and what came of it answered.
    assert QUOTA * SECONDS / 3 < _size(installation) < QUOTA * SECONDS * 5
    assert accounted(installation, ["sunny"])


def _size(installation: Installation) -> int:
    return sum(len(value or b"") for _, value in installation.read("feed.sunny.orders"))
