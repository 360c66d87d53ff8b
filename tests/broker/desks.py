"""A desk as a process, on a broker and a database of its own, and what the judges would write for it."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from regulator.store import Store, open_store
from regulator.store.cards import Card, CardStore
from regulator.store.findings import FindingStore
from regulator.wire.register import decode_change
from streams.broker.broker import Broker
from streams.broker.ports import free_port
from streams.supervisor.leash import leash
from tests.builders.queue import EIGHT
from tests.fixtures.waiting import until

ROOT = Path(__file__).parents[2]


class Desk:
    """One desk: started, killed and started again on the same database."""

    def __init__(self, broker: Broker, folder: Path, database: str) -> None:
        self.broker = broker
        self.folder = folder
        self.port = free_port()
        self.database = database
        self.process: subprocess.Popen[bytes] | None = None
        (folder / "sources.toml").write_text(
            '[city]\nkinds = ["vehicle_permit", "driver_certificate"]\nrequired = true\n'
        )
        (folder / "platforms.toml").write_text('[sunny]\ncompanies = ["3101YPZC0001"]\n')
        self._producer: KafkaProducer | None = None

    @property
    def producer(self) -> KafkaProducer:
        """The line of those who write for the desk."""
        if self._producer is None:
            self._producer = KafkaProducer(bootstrap_servers=self.broker.bootstrap, acks="all", linger_ms=5)
        return self._producer

    def hang_up(self) -> None:
        """Close the line: kafka-python loses sockets when it calls a broker that is not there."""
        if self._producer is not None:
            self._producer.close(timeout=5)
            self._producer = None

    def start(self) -> None:
        environment = {
            "REGULATOR_HOME": str(self.folder / "home"),
            "REGULATOR_KAFKA": self.broker.bootstrap,
            "REGULATOR_DATABASE": self.database,
            "REGULATOR_CONSOLE_PORT": str(self.port),
            "REGULATOR_PSEUDONYM_KEY": "heldout-oracle",
        }
        with (self.folder / "desk.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streams.cli", "desk", "--config", str(self.folder)],
                env={**os.environ, **environment},
                cwd=ROOT,
                stderr=log,
                start_new_session=True,
                preexec_fn=leash(signal.SIGKILL),
            )
        until(lambda: self.get("/health")[0] is not None)

    def end(self, how: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(120)

    def get(self, path: str) -> tuple[int | None, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as why:
            return why.code, why.read().decode()
        except OSError:
            return None, ""

    def reasons(self) -> list[str]:
        return json.loads(self.get("/health")[1] or "{}").get("reasons", [])

    def says(self, line: str) -> bool:
        return f"\n{line}\n" in self.get("/metrics")[1]

    @property
    def log(self) -> str:
        return (self.folder / "desk.log").read_text()

    def put(self, topic: str, *values: bytes | None, key: bytes | None = None, partition: int = 0) -> None:
        for value in values:
            self.producer.send(topic, value, key=key, partition=partition)
        self.producer.flush(20)

    def topics_exist(self) -> bool:
        return self.producer.partitions_for("register") is not None

    def published(self) -> list[object]:
        """Return everything on the topic ``register``."""
        whole = TopicPartition("register", 0)
        consumer = KafkaConsumer(bootstrap_servers=self.broker.bootstrap)
        consumer.assign([whole])
        consumer.seek_to_beginning(whole)
        end = consumer.end_offsets([whole])[whole]
        found: list[object] = []
        while consumer.position(whole) < end:
            for message in consumer.poll(timeout_ms=500).get(whole, ()):
                found.append(decode_change(message.value))
        consumer.close()
        return found

    def cards(self) -> list[Card]:
        with self.store() as store, store.reading() as connection:
            return CardStore(connection).open_cards(EIGHT, limit=100_000)

    def standing(self) -> set[str]:
        with self.store() as store, store.reading() as connection:
            return {finding for finding, _ in FindingStore(connection).standing()}

    @contextmanager
    def store(self) -> Iterator[Store]:
        store = open_store(self.database)
        yield store
        store.close()


@contextmanager
def desk(broker: Broker, folder: Path, database: str | None = None) -> Iterator[Desk]:
    """Give a running desk, and end it."""
    one = Desk(broker, folder, database or f"sqlite:///{folder / 'regulator.db'}")
    one.start()
    try:
        yield one
    finally:
        one.hang_up()
        if one.process is not None and one.process.poll() is None:
            one.process.kill()
            one.process.wait(120)
