"""Load on an installation while things happen to it, and what must hold when it is at rest again."""

import time
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

from kafka import KafkaProducer

from regulator.clock import now
from streams.topics import VIOLATIONS
from tests.broker.installation import Installation, wait_until
from tests.broker.standing import accounted, in_a_replay, in_sql, on_the_queue
from tests.broker.streets import Push, Streets

Act = tuple[float, Callable[[], object]]
"""When, in seconds from the start, and what happens."""


def drive(
    installation: Installation,
    streets: Streets,
    *,
    seconds: int,
    orders_a_second: int,
    acts: Iterable[Act],
    mend: Callable[[], None],
) -> int:
    """Send for so long; let things happen, and mend them as a supervisor would; return how many were sent."""
    coming = sorted(acts, key=lambda act: act[0])
    sent = 0
    with installation.producing() as producer:
        _send(producer, streets.register(now()))
        started = time.monotonic()
        for second in range(seconds):
            for _ in range(orders_a_second):
                sent += _send(producer, streets.order(now()))
            _send(producer, [streets.change(now()), streets.change(now()), streets.heartbeat(now())])
            while (elapsed := time.monotonic() - started) < second + 1:
                if coming and elapsed > coming[0][0]:
                    coming.pop(0)[1]()
                mend()
                time.sleep(0.02)
        _send(producer, [streets.heartbeat(now())])
    assert not coming, "not everything has happened"
    return sent


def assert_three_witnesses_agree(
    installation: Installation, folder: Path, *, mend: Callable[[], None]
) -> None:
    """Wait for rest; then queue, SQL and a replay of the recorded feeds tell the same."""
    wait_until(
        lambda: _at_rest(installation),
        what="all is at rest",
        seconds=240,
        tell=installation.judge.tail,
        mend=mend,
    )
    queue = on_the_queue(installation)

    assert len(queue) > 100
    assert queue == in_a_replay(installation, folder)
    assert in_sql(installation) == queue


def assert_every_message_is_accounted_for_once(installation: Installation, sent: int) -> None:
    """The receipts that count cover every offset of every feed, each once."""
    for receipts in accounted(installation, installation.config.platforms).values():
        ordered = sorted(receipts, key=lambda receipt: receipt.first)
        assert ordered[0].first == 0
        assert all(one.last + 1 == next_.first for one, next_ in pairwise(ordered))
        assert all(receipt.adds_up for receipt in receipts)
    assert _on_feeds(installation) >= sent  # a producer may repeat what a dying broker did not confirm
    assert _reached(installation)


def _send(producer: KafkaProducer, pushes: Iterable[Push]) -> int:
    sent = [producer.send(topic, value, key) for topic, key, value in pushes]
    return len(sent)


def _at_rest(installation: Installation) -> bool:
    """Nothing is on its way: receipts reach every feed's end, and the queue has stopped growing."""
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
