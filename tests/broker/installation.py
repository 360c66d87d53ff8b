"""A whole installation for a test: its own broker, folder and configuration; processes it may kill."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient

from regulator.config import Config, load_config
from regulator.secrets import Secrets, load_secrets
from regulator.settings import Settings, load_settings
from streams import topics
from streams.broker.broker import Broker
from streams.broker.ports import free_port
from streams.supervisor.leash import leash
from streams.supervisor.pulse import is_well

PLATFORMS = """
[sunny]
name = "晴天出行"
companies = ["3101YPZC0001"]
partitions = 2

[moon]
name = "月亮约车"
companies = ["3101YPZC0002"]
"""

SOURCES = """
[permits]
kinds = ["platform_permit", "vehicle_permit", "driver_certificate"]
precedence = 1
required = true
grace_seconds = 60
"""


class Worker:
    """One process of the installation, started again whenever the test says so."""

    def __init__(self, name: str, health: str, environment: dict[str, str], config: Path, log: Path) -> None:
        self.name = name
        self._health = health
        self._environment = environment
        self._command = [sys.executable, "-m", "streams.cli", name, "--config", str(config)]
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it is well some seconds later."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env={**os.environ, **self._environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=leash(signal.SIGKILL),
            )

    def kill(self) -> None:
        """kill -9."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def freeze(self) -> None:
        """SIGSTOP: it sleeps, and does not know it."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        """SIGCONT."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> int:
        """SIGTERM; return the exit code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(timeout=120)

    def most_memory(self) -> int:
        """The most that it ever held, in bytes."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024

    def keep_alive(self) -> None:
        """Start it again if it has died, as its supervisor would."""
        if self._process is not None and self._process.poll() is not None:
            self.start()

    @property
    def is_well(self) -> bool:
        """Whether it answers that it does its work."""
        return is_well(self._health, seconds=1.0)

    def wait_until_well(self, *, mend: Callable[[], object] = bool) -> None:
        """Return when it does its work."""
        wait_until(lambda: self.is_well, what=f"{self.name} is well", tell=self.tail, mend=mend)

    def tail(self) -> str:
        """Return the end of its log."""
        return self._log.read_text("utf-8", "replace")[-3000:]


class Installation:
    """Broker, folder, configuration and processes."""

    def __init__(self, broker: Broker, folder: Path, *, database: str | None = None) -> None:
        self.broker = broker
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.config_folder = folder / "config"
        self.config_folder.mkdir(exist_ok=True)
        (self.config_folder / "platforms.toml").write_text(PLATFORMS, "utf-8")
        (self.config_folder / "sources.toml").write_text(SOURCES, "utf-8")
        ports = {name: free_port() for name in ("CONSOLE", "JUDGE", "TRACK")}
        self.environment = {
            "REGULATOR_HOME": str(folder / "home"),
            "REGULATOR_KAFKA": broker.bootstrap,
            **{f"REGULATOR_{name}_PORT": str(port) for name, port in ports.items()},
        }
        if database is not None:
            self.environment["REGULATOR_DATABASE"] = database
        self.judge = self._worker("judge", ports["JUDGE"])
        self.track = self._worker("track", ports["TRACK"])
        self.desk = self._worker("desk", ports["CONSOLE"])

    @property
    def settings(self) -> Settings:
        """As its processes see them."""
        return load_settings(self.config_folder, self.environment)

    @property
    def config(self) -> Config:
        """Its configuration."""
        return load_config(self.config_folder)

    @property
    def secrets(self) -> Secrets:
        """Its keys."""
        return load_secrets(self.settings.home)

    def create_topics(self) -> None:
        """As the desk does at its start."""
        with closing(KafkaAdminClient(bootstrap_servers=self.broker.bootstrap)) as admin:
            topics.create_missing(admin, topics.declared(self.config))

    @contextmanager
    def running(self, *workers: Worker) -> Iterator[None]:
        """Run some of its processes; none is left behind."""
        try:
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.wait_until_well()
            yield
        finally:
            for worker in workers:
                worker.kill()

    @contextmanager
    def producing(self) -> Iterator[KafkaProducer]:
        """A platform's or department's producer; at the end everything is on the topics."""
        producer = KafkaProducer(bootstrap_servers=self.broker.bootstrap, acks="all", linger_ms=5)
        with closing(producer):
            yield producer
            producer.flush(timeout=60)

    def read(self, topic: str) -> list[tuple[bytes | None, bytes | None]]:
        """Return key and value of everything a topic holds, partition after partition."""
        with closing(
            KafkaConsumer(bootstrap_servers=self.broker.bootstrap, enable_auto_commit=False)
        ) as consumer:
            found = consumer.partitions_for_topic(topic) or set()
            partitions = [TopicPartition(topic, number) for number in sorted(found)]
            return [pair for partition in partitions for pair in _whole(consumer, partition)]

    def another(self, name: str) -> Worker:
        """A further process of a kind, beside the first."""
        port = free_port()
        environment = {**self.environment, f"REGULATOR_{name.upper()}_PORT": str(port)}
        log = self.folder / f"{name}-{port}.log"
        return Worker(name, f"http://127.0.0.1:{port}/health", environment, self.config_folder, log)

    def _worker(self, name: str, port: int) -> Worker:
        return Worker(
            name,
            f"http://127.0.0.1:{port}/health",
            self.environment,
            self.config_folder,
            self.folder / f"{name}.log",
        )


def wait_until(
    true: Callable[[], bool],
    *,
    what: str,
    seconds: float = 180,
    tell: Callable[[], str] = str,
    mend: Callable[[], object] = bool,
) -> None:
    """Wait for something; say what did not happen. `mend` does meanwhile what a supervisor would."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}\n{tell()}"
        mend()
        time.sleep(0.1)


def _whole(consumer: KafkaConsumer, partition: TopicPartition) -> Sequence[tuple[bytes | None, bytes | None]]:
    consumer.assign([partition])
    consumer.seek_to_beginning(partition)
    end = consumer.end_offsets([partition])[partition]
    pairs: list[tuple[bytes | None, bytes | None]] = []
    while consumer.position(partition) < end:
        for record in consumer.poll(timeout_ms=500).get(partition, ()):
            pairs.append((record.key, record.value))
    return pairs
