"""kill -9 of judge, desk (with its console) and broker at random moments, under load.

Whatever dies, the standing findings on the topic, in SQL and in a replay of the same feed are the
same: none lost, none doubled, none invented.
"""

import gc
import random
import time
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from kafka import KafkaProducer

from regulator.clock import now
from streams.broker.broker import Broker
from streams.topics import VIOLATIONS
from tests.broker.installation import Installation, wait_until
from tests.broker.standing import accounted, in_a_replay, in_sql, on_the_queue
from tests.broker.streets import Push, Streets

pytestmark = [
    pytest.mark.kafka,
    # kafka-python leaves sockets that found no broker to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]

_SECONDS = 36
_ORDERS_A_SECOND = 60  # some 260 messages
_SEED = 20261124


def test_whatever_is_killed_queue_sql_and_replay_agree(fresh_kafka: Broker, tmp_path: Path) -> None:
    installation = Installation(fresh_kafka, tmp_path / "installation")
    installation.create_topics()
    workers = (installation.judge, installation.desk)
    with installation.running(*workers):
        sent = _drive(installation, fresh_kafka)
        wait_until(
            lambda: _at_rest(installation), what="all is at rest", seconds=120, tell=installation.judge.tail
        )
        queue, sql = on_the_queue(installation), in_sql(installation)
        replayed = in_a_replay(installation, tmp_path)

    assert len(queue) > 100
    assert queue == replayed
    assert sql == queue
    _assert_every_message_is_accounted_for_once(installation, sent)
    gc.collect()


def _drive(installation: Installation, broker: Broker) -> int:
    """Send for a while; kill something every few seconds. Return how many feed messages were sent."""
    streets, chance = Streets(_SEED), random.Random(_SEED)
    blows = [installation.judge.kill, installation.desk.kill, installation.judge.kill, broker.kill]
    chance.shuffle(blows)
    strike_at = [4 + 7 * number + chance.random() * 3 for number in range(len(blows))]
    sent = 0
    with installation.producing() as producer:
        _send(producer, streets.register(now()))
        started = time.monotonic()
        for second in range(_SECONDS):
            for _ in range(_ORDERS_A_SECOND):
                sent += _send(producer, streets.order(now()))
            _send(producer, [streets.change(now()), streets.change(now()), streets.heartbeat(now())])
            while (elapsed := time.monotonic() - started) < second + 1:
                if strike_at and elapsed > strike_at[0]:
                    strike_at.pop(0)
                    blows.pop()()
                if not broker.running:
                    broker.start()
                installation.judge.keep_alive()
                installation.desk.keep_alive()
                time.sleep(0.02)
        _send(producer, [streets.heartbeat(now())])
    assert not blows, "not every blow was struck"
    return sent


def _send(producer: KafkaProducer, pushes: Iterable[Push]) -> int:
    sent = [producer.send(topic, value, key) for topic, key, value in pushes]
    return len(sent)


def _at_rest(installation: Installation) -> bool:
    """Nothing is on its way: receipts reach every feed's end, and the queue has stopped growing."""
    installation.judge.keep_alive()
    installation.desk.keep_alive()
    before = len(installation.read(VIOLATIONS)), len(in_sql(installation))
    time.sleep(3)
    return (
        installation.judge.is_well
        and installation.desk.is_well
        and (len(installation.read(VIOLATIONS)), len(in_sql(installation))) == before
        and _reached(installation)
    )


def _reached(installation: Installation) -> bool:
    """Every feed is heard to its end."""
    counting = accounted(installation, installation.config.platforms)
    heard = sum(receipt.messages for receipts in counting.values() for receipt in receipts)
    return heard == _on_feeds(installation)


def _on_feeds(installation: Installation) -> int:
    return sum(len(installation.read(f"feed.{slug}.orders")) for slug in installation.config.platforms)


def _assert_every_message_is_accounted_for_once(installation: Installation, sent: int) -> None:
    counting = accounted(installation, installation.config.platforms)
    for receipts in counting.values():
        ordered = sorted(receipts, key=lambda receipt: receipt.first)
        assert ordered[0].first == 0
        assert all(one.last + 1 == next_.first for one, next_ in pairwise(ordered))
        assert all(receipt.adds_up for receipt in receipts)
    assert _on_feeds(installation) >= sent  # a producer may repeat what a dying broker did not confirm
    assert _reached(installation)
