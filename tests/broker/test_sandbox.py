"""A platform that is being tried gets its receipts, and the enforcement queue hears nothing of it."""

from pathlib import Path

import pytest

from regulator.clock import now
from regulator.domain.instants import to_digits
from regulator.wire.violations import decode_violation
from streams.broker.broker import Broker
from streams.topics import SANDBOX_VIOLATIONS, VIOLATIONS
from tests.broker.installation import PLATFORMS, Installation, wait_until
from tests.broker.standing import accounted
from tests.broker.streets import COMPANY, envelope, match

pytestmark = pytest.mark.kafka

TRIAL = f"""
[sunny-trial]
companies = ["{COMPANY["sunny"]}"]
sandbox = true
"""


def test_the_same_order_on_both_feeds_is_found_twice_and_shown_once(
    empty_kafka: Broker, tmp_path: Path
) -> None:
    installation = Installation(empty_kafka, tmp_path / "installation")
    (installation.config_folder / "platforms.toml").write_text(PLATFORMS + TRIAL, "utf-8")
    installation.create_topics()
    unnamed = match(COMPANY["sunny"], "one", "无", "0", int(to_digits(now())))
    tried = match(COMPANY["sunny"], "tried", "无", "0", int(to_digits(now())))
    with installation.running(installation.judge), installation.producing() as producer:
        producer.send("feed.sunny-trial.orders", envelope(COMPANY["sunny"], "orderMatch", unnamed, tried))
        producer.send("feed.sunny.orders", envelope(COMPANY["sunny"], "orderMatch", unnamed))
        producer.flush(20)

        wait_until(
            lambda: (
                (_orders(installation, SANDBOX_VIOLATIONS), _orders(installation, VIOLATIONS))
                == ({"one", "tried"}, {"one"})
            ),
            what="both are judged, each by itself",
            tell=installation.judge.tail,
        )
        wait_until(lambda: len(accounted(installation, ["sunny-trial"])) == 1, what="the trial is answered")

    (receipt,) = accounted(installation, ["sunny-trial"])["feed.sunny-trial.orders", 0]
    assert (receipt.records, receipt.handled) == (2, 2)


def _orders(installation: Installation, queue: str) -> set[str | None]:
    return {decode_violation(value).order for _, value in installation.read(queue) if value is not None}
