"""What a worker does when something around it breaks."""

import signal
import time
from pathlib import Path

import pytest
from kafka import KafkaConsumer

from streams.broker.broker import Broker
from tests.streams.faust.recorders import Bench, bench, free_port, health, until

pytestmark = pytest.mark.kafka


def test_a_broker_killed_and_started_again_costs_nothing(fresh_kafka: Broker, tmp_path: Path) -> None:
    with bench(fresh_kafka, tmp_path, name="restart-", partitions=2) as it:
        port = free_port()
        worker = it.start(web_port=port)
        it.put(*(f"before {n}" for n in range(100)))
        until(lambda: len(it.journal.values()) == 100)

        it.hang_up()
        fresh_kafka.kill()
        until(lambda: health(port)[0] == 503, what="ill health without a broker")
        fresh_kafka.start()
        it.put(*(f"after {n}" for n in range(100)), partition=1)
        until(lambda: len(it.journal.values()) == 200)

        until(lambda: health(port)[0] == 200, what="good health with a broker")
        assert worker.poll() is None
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(120) == 0
        assert it.committed() == {0: 100, 1: 100}
        assert set(it.journal.values().values()) == {1}


def test_a_stop_while_the_broker_is_away_is_over_when_the_session_is(
    fresh_kafka: Broker, tmp_path: Path
) -> None:
    with bench(fresh_kafka, tmp_path, name="away-", partitions=1) as it:
        worker = it.start()
        until(lambda: it.journal.opened(worker.pid) == {0})
        fresh_kafka.kill()

        worker.send_signal(signal.SIGTERM)

        assert worker.wait(120) == 1
        assert "nobody has answered for the consumer group" in it.log(worker)


def test_workers_that_come_and_go_under_load_lose_nothing(
    kafka: Broker, tmp_path: Path, topic_prefix: str
) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=4) as it:
        workers = [it.start(run_records=20)]
        written = 0
        for second in range(24):
            if second == 4 or second == 12:
                workers.append(it.start(run_records=20))
            if second == 9:
                workers[0].kill()
            if second == 17:
                workers[1].send_signal(signal.SIGTERM)
            for _ in range(5):
                for partition in range(4):
                    it.put(*(f"{n}" for n in range(written, written + 10)), partition=partition)
                    written += 10
                time.sleep(0.15)
        until(lambda: len(it.journal.values()) == written, what="everything handled")

        assert workers[1].wait(120) == 0
        again = sum(it.journal.values().values()) - written
        assert again < written / 10


def test_a_worker_that_was_frozen_does_not_write_what_has_become_another_s(
    kafka: Broker, tmp_path: Path, topic_prefix: str
) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=1) as it:
        frozen = it.start(run_takes=1.0)
        until(lambda: it.journal.opened(frozen.pid) == {0})
        it.put("a")
        time.sleep(0.5)  # the run is in hand now

        frozen.send_signal(signal.SIGSTOP)
        other = it.start()
        until(lambda: it.journal.values(pid=other.pid) == {"a": 1})
        frozen.send_signal(signal.SIGCONT)

        assert frozen.wait(120) == 1
        assert it.journal.values() == {"a": 1}
        assert "Fenced" in it.log(frozen)


def test_a_worker_that_is_stopped_while_frozen_does_not_take_back_what_others_committed(
    kafka: Broker, tmp_path: Path, topic_prefix: str
) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=1) as it:
        frozen = it.start(commit_every=1000.0)
        until(lambda: it.journal.opened(frozen.pid) == {0})
        it.put("a")
        until(lambda: it.journal.values() == {"a": 1})

        frozen.send_signal(signal.SIGSTOP)
        other = it.start()
        it.put(*"bcd")
        until(lambda: it.journal.values(pid=other.pid) == {"a": 1, "b": 1, "c": 1, "d": 1})
        other.send_signal(signal.SIGTERM)
        assert other.wait(120) == 0
        frozen.send_signal(signal.SIGTERM)
        frozen.send_signal(signal.SIGCONT)

        # 1: it stops with a run uncommitted; 0: it learns first that the group gave its partition away.
        assert frozen.wait(120) in (0, 1)
        assert it.committed() == {0: 4}


def test_a_group_that_refuses_the_worker_ends_it(kafka: Broker, tmp_path: Path, topic_prefix: str) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=1) as it, foreigner(it):
        worker = it.start()

        assert worker.wait(120) == 1
        assert "InconsistentGroupProtocol" in it.log(worker)


def foreigner(it: Bench) -> KafkaConsumer:
    """A member of the group that shares partitions out by another method."""
    consumer = KafkaConsumer(it.topic, bootstrap_servers=it.broker.bootstrap, group_id=it.group)
    until(lambda: consumer.poll(200) is not None and consumer.assignment())
    return consumer


@pytest.mark.parametrize(("way", "cause"), [("sleep", "Stuck"), ("block", "event loop has stood still")])
def test_a_run_that_is_never_finished_ends_the_worker(
    kafka: Broker, tmp_path: Path, topic_prefix: str, way: str, cause: str
) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=1) as it:
        it.put(f"{way} 1000")

        worker = it.start(stuck_after=3.0)

        assert worker.wait(120) == 1
        assert cause in it.log(worker)


def test_a_partition_that_cannot_be_opened_ends_the_worker(
    kafka: Broker, tmp_path: Path, topic_prefix: str
) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=1) as it:
        worker = it.start(opening_fails=True)

        assert worker.wait(120) == 1
        assert "told to fail" in it.log(worker)


def test_a_stop_before_the_group_is_joined_is_clean(kafka: Broker, tmp_path: Path, topic_prefix: str) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=1) as it:
        worker = it.start(joining_takes=100.0, web_port=(port := free_port()))
        until(lambda: health(port)[0] == 503)

        worker.send_signal(signal.SIGTERM)

        assert worker.wait(120) == 0


def test_a_topic_that_appears_late_is_waited_for(kafka: Broker, tmp_path: Path, topic_prefix: str) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=1) as it:
        late = topic_prefix + "late"
        port = free_port()
        worker = it.start(topics=[it.topic, late], web_port=port)
        until(
            lambda: health(port) == (503, {"ok": False, "reasons": ["waiting for the broker and the topics"]})
        )

        it.make_topic(late, 1)
        until(lambda: len(it.journal.entries("opened")) == 2)

        assert f"topics do not exist: {late}" in it.log(worker)


def test_a_topic_that_never_appears_ends_the_worker_and_is_named(
    kafka: Broker, tmp_path: Path, topic_prefix: str
) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=1) as it:
        worker = it.start(topics=["nowhere"], topics_within=2.0)

        assert worker.wait(120) == 1
        assert "topics do not exist: nowhere" in it.log(worker)


def test_a_broker_that_never_answers_ends_the_worker_and_is_named(
    kafka: Broker, tmp_path: Path, topic_prefix: str
) -> None:
    with bench(kafka, tmp_path, name=topic_prefix, partitions=1) as it:
        worker = it.start(brokers=f"127.0.0.1:{free_port()}", topics_within=2.0)

        assert worker.wait(120) == 1
        assert "no Kafka broker answers at 127.0.0.1" in it.log(worker)
