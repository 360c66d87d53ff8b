"""Taking what aiokafka has fetched, whole batches at a time.

aiokafka unpacks a batch into its own record objects one by one, which costs more than all the rest
of the way to the agent. Its batches' own records have all that is needed, and come as a list. What
aiokafka checks on the way (assignment, checksums, aborted transactions, control batches) is checked
here in the same order. Private parts of aiokafka 0.14.0 are read; a test names them all.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from aiokafka.consumer.fetcher import READ_COMMITTED, FetchResult
from aiokafka.errors import ConsumerStoppedError, CorruptRecordException

from streams.faust.inflating import MOST_BYTES, InflatesTooFar
from streams.faust.runs import Record, TopicPartition

_MOST_IN_BATCH = 200_000
"""Records. A broker takes a batch of nine million empty ones, if it is compressed."""
_log = logging.getLogger(__name__)


class Unread(NamedTuple):
    """Stands for a whole batch that a worker does not unpack; its value is no form of anything."""

    offset: int
    timestamp: int
    key: None = None
    value: bytes = b""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Records by partition, all of one group generation."""

    generation: int
    records: Mapping[TopicPartition, list[Record]] = field(default_factory=dict)


async def fetch(
    consumer: Any, partitions: Collection[TopicPartition], *, generation: int, wait: float
) -> Fetched:
    """Take everything that was fetched for these partitions; wait that many seconds for the first.

    Takes nothing but what belongs to that generation: positions move when records are taken, and
    the caller throws away what belongs to another.
    """
    subscriptions = consumer._fetcher._subscriptions

    def current() -> bool:
        return not subscriptions.reassignment_in_progress and consumer._coordinator.generation == generation

    return Fetched(generation, await fetch_while(current, consumer, partitions, wait=wait))


async def fetch_while(
    current: Callable[[], bool], consumer: Any, partitions: Collection[TopicPartition], *, wait: float
) -> dict[TopicPartition, list[Record]]:
    """Take everything that was fetched, unless ``current`` says that it is somebody else's."""
    fetcher = consumer._fetcher
    with fetcher._subscriptions.fetch_context():
        if not current():
            await asyncio.sleep(wait)
            return {}
        records = _drain(fetcher, partitions)
        if not records:
            await _wait_for_data(fetcher, wait)
            if consumer._closed or fetcher._closed:
                raise ConsumerStoppedError
            records = _drain(fetcher, partitions) if current() else {}
    return records


async def _wait_for_data(fetcher: Any, wait: float) -> None:
    waiter = fetcher._create_fetch_waiter()
    done, _ = await asyncio.wait([waiter], timeout=wait)
    if done:
        waiter.result()
    else:
        waiter.cancel()


def _drain(fetcher: Any, partitions: Collection[TopicPartition]) -> dict[TopicPartition, list[Record]]:
    """Take from one partition after another until it is much; the rest waits for the next time."""
    drained: dict[TopicPartition, list[Record]] = {}
    room = MOST_BYTES
    for partition in [p for p in fetcher._records if p in partitions]:
        result = fetcher._records[partition]
        if isinstance(result, FetchResult):
            records, size = _take(result, room) if result.check_assignment(partition) else ([], 0)
            room -= size
            if records:
                drained[TopicPartition(*partition)] = records
            if room <= 0:
                fetcher._records.move_to_end(partition)  # others have their turn before its rest
                break
        elif drained:
            break
        _forget(fetcher, partition)
        if not isinstance(result, FetchResult):
            result.check_raise()
    return drained


def _forget(fetcher: Any, partition: Any) -> None:
    """Let the partition be fetched anew."""
    del fetcher._records[partition]
    fetcher._notify(fetcher._wait_consume_future)


def _take(result: Any, room: int = MOST_BYTES) -> tuple[list[Record], int]:
    """Unpack batches of one partition's fetch, move its position behind them; return also their bytes.

    All of them, unless compressed ones have used up the room.
    """
    unpacked = result._partition_records
    records: list[Record] = []
    inflated = 0
    while inflated < room and unpacked._records.has_next():
        batch = unpacked._records.next_batch()
        if unpacked._check_crcs and not batch.validate_crc():
            raise CorruptRecordException(f"Invalid CRC - {result._topic_partition}")
        if not _skipped(unpacked, batch):
            wanted, size = _unpacked(batch, result._topic_partition)
            inflated += size
            if wanted and wanted[0].offset < unpacked.next_fetch_offset:
                wanted = [record for record in wanted if record.offset >= unpacked.next_fetch_offset]
            records += wanted
        unpacked.next_fetch_offset = batch.next_offset
    result._update_position()
    return records, inflated


def _unpacked(batch: Any, partition: Any) -> tuple[list[Record], int]:
    """Return a batch's records and how many bytes compressed ones were unpacked to."""
    number = batch.last_offset_delta + 1
    try:
        if number <= _MOST_IN_BATCH:
            records: list[Record] = list(batch)
            size = sum([len(record.value or b"") for record in records]) if batch.compression_type else 0
            return records, size
        why = f"{number} records"
    except InflatesTooFar:
        why = f"more than {MOST_BYTES} bytes"
    last = batch.next_offset - 1
    _log.warning(
        "%s, offsets %d to %d: a batch of %s is refused whole", partition, batch.base_offset, last, why
    )
    return [Unread(last, batch.max_timestamp)], MOST_BYTES


def _skipped(unpacked: Any, batch: Any) -> bool:
    """Tell whether a batch holds no data: a control batch, or one of an aborted transaction."""
    if unpacked._isolation_level == READ_COMMITTED and batch.producer_id is not None:
        unpacked._consume_aborted_up_to(batch.base_offset)
        if batch.is_control_batch and unpacked._contains_abort_marker(batch):
            unpacked._aborted_producers.discard(batch.producer_id)
        if batch.is_transactional and batch.producer_id in unpacked._aborted_producers:
            return True
    return bool(batch.is_control_batch)
