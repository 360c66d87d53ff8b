"""Taking what aiokafka has fetched, whole batches at a time.

aiokafka unpacks a batch into its own record objects one by one, which costs more than all the rest
of the way to the agent. Its batches' own records have all that is needed, and come as a list. What
aiokafka checks on the way (assignment, checksums, aborted transactions, control batches) is checked
here in the same order. Private parts of aiokafka 0.14.0 are read; a test names them all.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiokafka.consumer.fetcher import READ_COMMITTED, FetchResult
from aiokafka.errors import ConsumerStoppedError, CorruptRecordException

from streams.faust.runs import Record, TopicPartition


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
    drained: dict[TopicPartition, list[Record]] = {}
    for partition in [p for p in fetcher._records if p in partitions]:
        result = fetcher._records[partition]
        if isinstance(result, FetchResult):
            records = _take(result) if result.check_assignment(partition) else []
            if records:
                drained[TopicPartition(*partition)] = records
        elif drained:
            break
        del fetcher._records[partition]
        fetcher._notify(fetcher._wait_consume_future)
        if not isinstance(result, FetchResult):
            result.check_raise()
    return drained


def _take(result: Any) -> list[Record]:
    """Unpack all batches of one partition's fetch and move its position behind them."""
    unpacked = result._partition_records
    records: list[Record] = []
    while unpacked._records.has_next():
        batch = unpacked._records.next_batch()
        if unpacked._check_crcs and not batch.validate_crc():
            raise CorruptRecordException(f"Invalid CRC - {result._topic_partition}")
        if not _skipped(unpacked, batch):
            wanted = list(batch)
            if wanted and wanted[0].offset < unpacked.next_fetch_offset:
                wanted = [record for record in wanted if record.offset >= unpacked.next_fetch_offset]
            records += wanted
        unpacked.next_fetch_offset = batch.next_offset
    result._update_position()
    return records


def _skipped(unpacked: Any, batch: Any) -> bool:
    """Tell whether a batch holds no data: a control batch, or one of an aborted transaction."""
    if unpacked._isolation_level == READ_COMMITTED and batch.producer_id is not None:
        unpacked._consume_aborted_up_to(batch.base_offset)
        if batch.is_control_batch and unpacked._contains_abort_marker(batch):
            unpacked._aborted_producers.discard(batch.producer_id)
        if batch.is_transactional and batch.producer_id in unpacked._aborted_producers:
            return True
    return bool(batch.is_control_batch)
