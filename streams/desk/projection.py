"""Topics to SQL: each poll in one transaction with the offsets it reached, so nothing counts twice."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from kafka import KafkaConsumer, TopicPartition

from regulator.clock import Clock
from regulator.domain.instants import SECOND
from regulator.store import Store
from regulator.store.progress import Partition, ProgressStore
from streams.desk.dividing import take
from streams.desk.gathered import CONSUMER, Gathered, Message
from streams.desk.lines import consumer
from streams.desk.metrics import DeskMetrics
from streams.desk.patience import Patience
from streams.desk.readers import Reader, gather
from streams.desk.whereabouts import Whereabouts

_AT_ONCE = 2_000
_WAIT_MS = 100


class Projection:
    """The desk's one consumer. It has no group: SQL knows where it is."""

    def __init__(
        self,
        store: Store,
        *,
        brokers: str,
        partitions: Iterable[TopicPartition],
        readers: Mapping[str, Reader],
        whereabouts: Whereabouts,
        encryption_key: bytes,
        patience: Patience,
        metrics: DeskMetrics,
        clock: Clock,
    ) -> None:
        self._store = store
        self._brokers = brokers
        self._partitions = list(partitions)
        self._readers = readers
        self._whereabouts = whereabouts
        self._encryption_key = encryption_key
        self._patience = patience
        self._metrics = metrics
        self._clock = clock
        self._flushed_at = clock()
        self.reached: dict[Partition, int] = {}

    def run(self) -> None:
        """Follow the topics until stopped; outages of SQL and of the broker are waited out."""
        offsets = self._patience.until_it_works(self._offsets)
        line = self._patience.until_it_works(self._line)
        try:
            self._begin(line, offsets)
            while not self._patience.stopping:
                self._poll(line)
        finally:
            line.close()

    def _begin(self, line: KafkaConsumer, offsets: Mapping[Partition, int]) -> None:
        """Begin where SQL says; where it says nothing, at the beginning."""
        line.assign(self._partitions)
        for partition in self._partitions:
            next_offset = offsets.get((partition.topic, partition.partition))
            if next_offset is None:
                line.seek_to_beginning(partition)
            else:
                line.seek(partition, next_offset)

    def _offsets(self) -> Mapping[Partition, int]:
        with self._store.reading() as connection:
            offsets = ProgressStore(connection).offsets(CONSUMER)
        self.reached.update(offsets)
        return offsets

    def _line(self) -> KafkaConsumer:
        return consumer(
            self._brokers,
            "desk",
            fetch_max_wait_ms=_WAIT_MS,
            max_partition_fetch_bytes=4 * 1024 * 1024,
            max_poll_records=_AT_ONCE,
        )

    def _poll(self, line: KafkaConsumer) -> None:
        messages = self._patience.until_it_works(lambda: self._waiting(line))
        if messages:
            take(messages, read=lambda some: gather(some, self._readers), write=self._keep)
        if self._clock() - self._flushed_at >= SECOND:
            self._patience.until_it_works(self._flush)
            self._flushed_at = self._clock()

    def _waiting(self, line: KafkaConsumer) -> Sequence[Message]:
        batches: Mapping[object, Sequence[Message]] = line.poll(timeout_ms=_WAIT_MS)
        return list(chain.from_iterable(batches.values()))

    def _keep(self, gathered: Gathered) -> None:
        self._patience.until_it_works(lambda: self._write(gathered))
        self._metrics.projected(gathered, self._clock())
        self.reached.update({partition: one.offset for partition, one in gathered.reached.items()})

    def _write(self, gathered: Gathered) -> None:
        with self._store.writing() as connection:
            gathered.write(connection, encryption_key=self._encryption_key, at=self._clock())

    def _flush(self) -> None:
        self._whereabouts.flush(self._store, now=self._clock())
