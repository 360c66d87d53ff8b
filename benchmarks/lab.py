"""A laboratory: one real broker and its topics."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from aiokafka import AIOKafkaProducer
from kafka.admin import KafkaAdminClient

from regulator.config import load_config
from regulator.secrets import Secrets
from regulator.settings import load_settings
from streams import topics
from streams.broker.broker import Broker
from streams.broker.heap import Heap
from streams.broker.kit import obtain

PARTITIONS = 4
COMPANY = "3101YPZC0001"
SECRETS = Secrets(pseudonym_key=b"laboratory", finding_key=b"laboratory", encryption_key=b"", cookie_key=b"")

Pair = tuple[bytes | None, bytes]


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


@contextmanager
def laboratory() -> Iterator[Lab]:
    """Start a broker of its own for as long as the block runs."""
    with TemporaryDirectory(prefix="regulator-bench-") as temporary:
        folder = Path(temporary)
        kit = obtain(load_settings().cache, say=print)
        with Broker(folder / "kafka", kit=kit, heap=Heap.LOAD) as broker:
            yield Lab(broker, folder)


async def _produce(brokers: str, topic: str, pairs: Iterable[Pair], partitions: int) -> None:
    producer = AIOKafkaProducer(
        bootstrap_servers=brokers, acks=1, max_batch_size=512 * 1024, compression_type="lz4"
    )
    await producer.start()
    batches = {number: producer.create_batch() for number in range(partitions)}
    sent = []
    try:
        for index, (key, value) in enumerate(pairs):
            number = (hash(key) if key is not None else index) % partitions
            if batches[number].append(key=key, value=value, timestamp=None) is None:
                sent.append(await producer.send_batch(batches[number], topic, partition=number))
                batches[number] = producer.create_batch()
                batches[number].append(key=key, value=value, timestamp=None)
        for number, batch in batches.items():
            if batch.record_count():
                sent.append(await producer.send_batch(batch, topic, partition=number))
        await asyncio.gather(*sent)
    finally:
        await producer.stop()


def write_json(value: object) -> bytes:
    """Write JSON as platforms do: compact UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
