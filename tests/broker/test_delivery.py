"""Every record is handled, and nothing is acknowledged that was not, on a real broker."""

import signal
import time
from pathlib import Path

import pytest

from streams.broker.broker import Broker
from tests.streams.faust.recorders import bench, free_port, health, until

pytestmark = pytest.mark.kafka


def test_an_empty_partition_is_opened_too_and_each_before_its_first_run(
    kafka: Broker, tmp_path: Path, topic_prefix: str
) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=3) as it:
        it.put("a", "b", partition=1)

        worker = it.start(opening_takes=0.5)
        until(lambda: it.journal.values() == {"a": 1, "b": 1} and it.journal.opened(worker.pid) == {0, 1, 2})

        happened = it.journal.order(worker.pid)
        assert happened.index(("opened", 1)) < happened.index(("run", 1))
        openings = {e["partition"][1]: (e["committed"], e["end"]) for e in it.journal.entries("opening")}
        assert openings == {0: (None, 0), 1: (None, 2), 2: (None, 0)}


def test_a_run_whose_handling_raises_ends_the_worker_and_comes_again(
    kafka: Broker, tmp_path: Path, topic_prefix: str
) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=1) as it:
        it.put("1", "2", "crash", "3")

        assert it.start(run_records=1).wait(120) == 1
        assert it.journal.values() == {"1": 1, "2": 1}
        assert it.start(run_records=1).wait(120) == 1

        assert it.journal.values() == {"1": 1, "2": 1}
        assert it.journal.entries("opening")[-1]["committed"] == 2


def test_a_stop_finishes_the_run_in_hand_commits_it_and_exits_with_0(
    kafka: Broker, tmp_path: Path, topic_prefix: str
) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=1) as it:
        worker = it.start(run_takes=2.0, run_records=1)
        until(lambda: it.journal.opened(worker.pid) == {0})
        it.put("1", "2", "3")
        until(lambda: it.journal.values() == {"1": 1})

        worker.send_signal(signal.SIGTERM)
        assert worker.wait(120) == 0
        assert it.journal.values() == {"1": 1, "2": 1}
        assert it.journal.entries("stopped")
        it.start()
        until(lambda: it.journal.values()["3"])

        assert it.journal.values() == {"1": 1, "2": 1, "3": 1}


def test_a_killed_worker_s_partitions_are_taken_over_and_nothing_is_lost(
    kafka: Broker, tmp_path: Path, topic_prefix: str
) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=2) as it:
        first, second = it.start(), it.start()
        until(lambda: [len(it.journal.opened(w.pid)) for w in (first, second)] == [1, 1])
        for partition in (0, 1):
            it.put(*(f"{partition}-{n}" for n in range(50)), partition=partition)
        until(lambda: len(it.journal.values()) == 100)

        first.kill()
        for partition in (0, 1):
            it.put(*(f"{partition}-{n}" for n in range(50, 100)), partition=partition)
        until(lambda: len(it.journal.values()) == 200)

        assert it.journal.opened(second.pid) == {0, 1}


def test_a_partition_kept_through_a_rebalance_is_not_opened_again(
    kafka: Broker, tmp_path: Path, topic_prefix: str
) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=4) as it:
        first = it.start()
        until(lambda: it.journal.opened(first.pid) == {0, 1, 2, 3})
        it.put("a")
        until(lambda: it.journal.values() == {"a": 1})

        second = it.start()
        until(lambda: len(it.journal.opened(second.pid)) == 2)
        it.put(*"bcd")
        until(lambda: len(it.journal.values()) == 4)

        kept = it.journal.opened(first.pid)
        assert kept | it.journal.opened(second.pid) == {0, 1, 2, 3}
        assert all(it.journal.order(first.pid).count(("opening", p)) == 1 for p in kept)
        assert set(it.journal.values().values()) == {1}


def test_a_slow_opening_does_not_cost_the_worker_its_membership(
    kafka: Broker, tmp_path: Path, topic_prefix: str
) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=1) as it:
        it.put("a")

        worker = it.start(opening_takes=8.0)  # the session ends after 6
        until(lambda: it.journal.values() == {"a": 1})

        assert it.journal.order(worker.pid) == [("opening", 0), ("opened", 0), ("run", 0)]
        assert it.log(worker).count("(Re-)joining") == 1


def test_holes_left_by_compaction_stop_nothing(kafka: Broker, tmp_path: Path, topic_prefix: str) -> None:
    often = {"segment_ms": "100", "max_compaction_lag_ms": "100", "min_cleanable_dirty_ratio": "0.01"}
    with bench(kafka, tmp_path, name=topic_prefix, partitions=1, cleanup_policy="compact", **often) as it:
        for n in range(20):
            it.put(f"{n}", key="the same")
        it.put("last", key="another")
        time.sleep(0.3)
        it.put("and", key="a third")  # closes the segment before it
        until(lambda: it.kept() < 10, what="compaction")

        worker = it.start()
        until(lambda: it.journal.values()["and"])
        worker.send_signal(signal.SIGTERM)

        assert worker.wait(120) == 0
        assert it.committed() == {0: 22}


def test_what_a_transaction_aborted_is_not_handled(kafka: Broker, tmp_path: Path, topic_prefix: str) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=1) as it:
        it.put_in_transaction("kept", commit=True)
        it.put_in_transaction("dropped", commit=False)
        it.put_in_transaction("kept too", commit=True)

        worker = it.start(web_port=(port := free_port()))
        until(lambda: it.journal.values()["kept too"])

        assert it.journal.values() == {"kept": 1, "kept too": 1}
        until(lambda: health(port) == (200, {"ok": True, "reasons": []}))
        assert worker.poll() is None
