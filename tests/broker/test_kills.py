"""kill -9 of judge, desk (with its console) and broker, and two judges on one feed, under load.

Whatever dies, sleeps or is joined, the standing findings on the topic, in SQL and in a replay of
the same feed are the same: none lost, none doubled, none invented.
"""

import random
from pathlib import Path

import pytest

from streams.broker.broker import Broker
from tests.broker.driving import (
    assert_every_message_is_accounted_for_once,
    assert_three_witnesses_agree,
    drive,
)
from tests.broker.installation import Installation
from tests.broker.streets import Streets

pytestmark = [pytest.mark.kafka, pytest.mark.long]

_SEED = 20261124


def test_whatever_is_killed_queue_sql_and_replay_agree(fresh_kafka: Broker, tmp_path: Path) -> None:
    installation = Installation(fresh_kafka, tmp_path / "installation")
    installation.create_topics()
    chance = random.Random(_SEED)
    blows = [installation.judge.kill, installation.desk.kill, installation.judge.kill, fresh_kafka.kill]
    chance.shuffle(blows)
    acts = [(4 + 7 * number + chance.random() * 3, blow) for number, blow in enumerate(blows)]

    def mend() -> None:
        if not fresh_kafka.running:
            fresh_kafka.start()
        installation.judge.keep_alive()
        installation.desk.keep_alive()

    with installation.running(installation.judge, installation.desk):
        sent = drive(
            installation, Streets(_SEED), seconds=34, orders_a_second=60, acts=acts, mend=mend
        )  # some 260 messages a second
        assert_three_witnesses_agree(installation, tmp_path, mend=mend)
    assert_every_message_is_accounted_for_once(installation, sent)


def test_judges_that_join_die_and_sleep_through_a_rebalance_agree(
    empty_kafka: Broker, tmp_path: Path
) -> None:
    installation = Installation(empty_kafka, tmp_path / "installation")
    installation.create_topics()
    one, two, desk = installation.judge, installation.another("judge"), installation.desk

    def mend() -> None:
        one.keep_alive()
        desk.keep_alive()

    acts = [
        (3, two.start),
        (9, one.kill),
        (14, two.freeze),  # longer than its session: its partitions go to the other
        (26, two.wake),
        (28, desk.kill),
        (30, two.kill),
    ]
    with installation.running(one, desk):
        try:
            sent = drive(
                installation, Streets(_SEED + 1), seconds=32, orders_a_second=40, acts=acts, mend=mend
            )
            assert_three_witnesses_agree(installation, tmp_path, mend=mend)
        finally:
            two.kill()
    assert_every_message_is_accounted_for_once(installation, sent)
