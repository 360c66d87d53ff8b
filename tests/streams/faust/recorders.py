"""Recorders as processes, and what they wrote down."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic

from streams.broker.broker import Broker
from tests.streams.faust.recorder import Orders

PROGRAM = Path(__file__).with_name("recorder.py")
PATIENCE = 180.0


def until(condition: Callable[[], object], *, within: float = PATIENCE, what: str = "") -> None:
    """Wait for a condition; an AssertionError says which one did not come true."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, f"not within {within} s: {what or condition}"
        time.sleep(0.05)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return int(it.getsockname()[1])


def health(port: int) -> tuple[int, object]:
    """What /health answers: status and JSON; status 0 where nothing listens."""
    try:
        answer = httpx.get(f"http://127.0.0.1:{port}/health", timeout=5)
    except httpx.TransportError:
        return 0, None
    return answer.status_code, answer.json()


class Journal:
    """The file that all recorders of a test write to."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self) -> list[dict[str, Any]]:
        if not self.path.exists():
            return []
        return [msgspec.json.decode(line) for line in self.path.read_bytes().splitlines()]

    def entries(self, event: str, *, pid: int | None = None) -> list[dict[str, Any]]:
        return [line for line in self.lines() if line["event"] == event and pid in (None, line["pid"])]

    def order(self, pid: int) -> list[tuple[str, int]]:
        """What happened to partitions in one process: (event, partition)."""
        return [(e["event"], e["partition"][1]) for e in self.lines() if e["pid"] == pid and "partition" in e]

    def values(self, *, pid: int | None = None) -> Counter[str]:
        """How often each record's value was handled."""
        return Counter(value for run in self.entries("run", pid=pid) for _, value in run["values"])

    def opened(self, pid: int) -> set[int]:
        """The partitions that a process has open by its own account."""
        opened: set[int] = set()
        for event, partition in self.order(pid):
            if event == "opened":
                opened.add(partition)
            elif event == "closed":
                opened.discard(partition)
        return opened


class Bench:
    """A topic, its producer, and workers of one group, all of one test."""

    def __init__(self, broker: Broker, folder: Path, *, name: str, partitions: int, **config: str) -> None:
        self.broker = broker
        self.topic = name + "feed"
        self.group = name + "group"
        self.journal = Journal(folder / "journal")
        self._folder = folder
        self._workers: list[subprocess.Popen[bytes]] = []
        self.make_topic(self.topic, partitions, **config)
        self._producer: KafkaProducer | None = None

    def make_topic(self, name: str, partitions: int, **config: str) -> None:
        admin = KafkaAdminClient(bootstrap_servers=self.broker.bootstrap)
        configs = {"message.timestamp.type": "LogAppendTime"}
        configs |= {key.replace("_", "."): value for key, value in config.items()}
        admin.create_topics([NewTopic(name, partitions, 1, topic_configs=configs)])
        admin.close()

    def put(self, *values: str, partition: int = 0, key: str | None = None) -> None:
        if self._producer is None:
            self._producer = KafkaProducer(bootstrap_servers=self.broker.bootstrap, acks="all")
        name = None if key is None else key.encode()
        for value in values:
            self._producer.send(self.topic, value.encode(), key=name, partition=partition)
        self._producer.flush(60)

    def hang_up(self) -> None:
        """Close the producer: kafka-python's leaves sockets open when its broker is killed."""
        if self._producer is not None:
            self._producer.close(timeout=5)
            self._producer = None

    def put_in_transaction(self, *values: str, commit: bool) -> None:
        producer = KafkaProducer(bootstrap_servers=self.broker.bootstrap, transactional_id=self.group)
        producer.init_transactions()
        producer.begin_transaction()
        for value in values:
            producer.send(self.topic, value.encode(), partition=0)
        producer.flush(60)
        (producer.commit_transaction if commit else producer.abort_transaction)()
        producer.close(timeout=5)

    def kept(self) -> int:
        """How many records of partition 0 the broker still has."""
        partition = TopicPartition(self.topic, 0)
        consumer = KafkaConsumer(bootstrap_servers=self.broker.bootstrap, consumer_timeout_ms=1000)
        consumer.assign([partition])
        consumer.seek_to_beginning(partition)
        count = sum(1 for _ in consumer)
        consumer.close()
        return count

    def committed(self) -> dict[int, int]:
        """The group's committed offsets by partition."""
        admin = KafkaAdminClient(bootstrap_servers=self.broker.bootstrap)
        offsets = admin.list_group_offsets({self.group: None})[self.group]
        admin.close()
        return {p.partition: o.offset for p, o in offsets.items()}

    def start(self, **orders: Any) -> subprocess.Popen[bytes]:
        given = {"group": self.group, "topics": [self.topic], "brokers": self.broker.bootstrap} | orders
        told = Orders(notes=str(self.journal.path), **given)
        command = [sys.executable, str(PROGRAM), msgspec.json.encode(told).decode()]
        environment = os.environ | {"PYTHONWARNINGS": "error"}
        with (self._folder / f"worker-{len(self._workers)}.log").open("wb") as log:
            worker = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        self._workers.append(worker)
        return worker

    def log(self, worker: subprocess.Popen[bytes]) -> str:
        return (self._folder / f"worker-{self._workers.index(worker)}.log").read_text()

    def close(self) -> None:
        for worker in self._workers:
            if worker.poll() is None:
                worker.send_signal(signal.SIGKILL)
            worker.wait()
        self.hang_up()


@contextmanager
def bench(broker: Broker, folder: Path, *, name: str, partitions: int, **config: str) -> Iterator[Bench]:
    it = Bench(broker, folder, name=name, partitions=partitions, **config)
    try:
        yield it
    finally:
        it.close()
