"""A laboratory: one real broker, installations of their own, and the processor time of a process."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from aiokafka import AIOKafkaProducer
from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from regulator.config import load_config
from regulator.settings import load_settings
from streams import topics
from streams.broker.broker import Broker
from streams.broker.heap import Heap
from streams.broker.kit import obtain
from streams.broker.ports import free_port
from streams.supervisor.leash import leash

PARTITIONS = 4
COMPANY = "3101YPZC0001"

Pair = tuple[bytes | None, bytes]


class Cost(msgspec.Struct, frozen=True):
    """What a process used, in seconds and bytes."""

    cpu: float
    wall: float
    rss: int


class Lab:
    """Everything a measurement needs from outside."""

    def __init__(self, broker: Broker, folder: Path) -> None:
        self.broker = broker
        self.folder = folder

    def platform(self, slug: str) -> Path:
        """Make an installation's configuration with one platform, and its topics; return the folder."""
        config = self.folder / slug
        config.mkdir()
        (config / "platforms.toml").write_text(
            f'[{slug}]\ncompanies = ["{COMPANY}"]\npartitions = {PARTITIONS}\n', "utf-8"
        )
        (config / "sources.toml").write_text(
            "[permits]\n"
            'kinds = ["platform_permit", "vehicle_permit", "driver_certificate"]\n'
            "required = true\ngrace_seconds = 86400\n",
            "utf-8",
        )
        with closing(KafkaAdminClient(bootstrap_servers=self.broker.bootstrap)) as admin:
            topics.create_missing(admin, topics.declared(load_config(config)))
        return config

    def produce(self, topic: str, pairs: Iterable[Pair], *, partitions: int = PARTITIONS) -> None:
        """Write pairs in large batches, by key where there is one, else in turn."""
        asyncio.run(_produce(self.broker.bootstrap, topic, pairs, partitions))

    def environment(self, home: Path) -> dict[str, str]:
        """Return the environment of a process of this laboratory."""
        return {
            **os.environ,
            "REGULATOR_HOME": str(home),
            "REGULATOR_KAFKA": self.broker.bootstrap,
            "REGULATOR_PSEUDONYM_KEY": "laboratory",
            "REGULATOR_JUDGE_PORT": str(free_port()),
            "REGULATOR_TRACK_PORT": str(free_port()),
        }

    def cost(self, command: Sequence[str], *, home: Path, done: Callable[[], bool]) -> Cost:
        """Run a process until done, stop it, and return what it used from start to end."""
        log = (home / "process.log").open("ab")
        started = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, *command],
            env=self.environment(home),
            stdout=log,
            stderr=log,
            preexec_fn=leash(signal.SIGKILL),
        )
        while not done():
            if process.poll() is not None:
                raise SystemExit(f"{command} ended:\n{(home / 'process.log').read_text()[-3000:]}")
            time.sleep(0.05)
        wall = time.monotonic() - started
        process.send_signal(signal.SIGTERM)
        _, _, used = os.wait4(process.pid, 0)
        log.close()
        return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024)

    def handled(self, group: str, topic: str, *, partitions: int = PARTITIONS) -> Callable[[], bool]:
        """Return a question: has a group committed everything that the topic holds?"""
        parts = [TopicPartition(topic, number) for number in range(partitions)]
        with closing(KafkaConsumer(bootstrap_servers=self.broker.bootstrap)) as consumer:
            ends = consumer.end_offsets(parts)

        def all_handled() -> bool:
            try:
                with closing(KafkaAdminClient(bootstrap_servers=self.broker.bootstrap)) as admin:
                    committed = admin.list_group_offsets(group)[group]
            except KafkaError:
                return False
            return all(part in committed and committed[part].offset >= ends[part] for part in parts)

        return _at_most_every(0.5, all_handled)


@contextmanager
def laboratory() -> Iterator[Lab]:
    """Start a broker of its own for as long as the block runs."""
    with TemporaryDirectory(prefix="regulator-bench-") as temporary:
        folder = Path(temporary)
        kit = obtain(load_settings().cache, say=print)
        with Broker(folder / "kafka", kit=kit, heap=Heap.LOAD) as broker:
            yield Lab(broker, folder)


def slope(small: Cost, large: Cost, records: int) -> float:
    """Return microseconds of processor time a record, from two runs that differ by so many records."""
    return (large.cpu - small.cpu) / records * 1e6


def _at_most_every(seconds: float, question: Callable[[], bool]) -> Callable[[], bool]:
    asked_at = 0.0

    def ask() -> bool:
        nonlocal asked_at
        if time.monotonic() - asked_at < seconds:
            return False
        asked_at = time.monotonic()
        return question()

    return ask


async def _produce(brokers: str, topic: str, pairs: Iterable[Pair], partitions: int) -> None:
    producer = AIOKafkaProducer(
        bootstrap_servers=brokers, acks=1, max_batch_size=512 * 1024, compression_type="lz4"
    )
    await producer.start()
    batches = {number: producer.create_batch() for number in range(partitions)}
    try:
        for index, (key, value) in enumerate(pairs):
            number = (hash(key) if key is not None else index) % partitions
            if batches[number].append(key=key, value=value, timestamp=None) is None:
                await producer.send_batch(batches[number], topic, partition=number)
                batches[number] = producer.create_batch()
                batches[number].append(key=key, value=value, timestamp=None)
        for number, batch in batches.items():
            if batch.record_count():
                await producer.send_batch(batch, topic, partition=number)
    finally:
        await producer.stop()


def write_json(value: object) -> bytes:
    """Write JSON as platforms do: compact UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
