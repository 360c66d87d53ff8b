"""Taking whole batches gives what aiokafka gives record by record."""

import asyncio
import struct
from collections.abc import Iterator

from aiokafka.consumer.fetcher import READ_COMMITTED, FetchResult, PartitionRecords
from aiokafka.consumer.subscription_state import Assignment
from aiokafka.record.default_records import DefaultRecordBatchBuilder
from aiokafka.record.memory_records import MemoryRecords
from aiokafka.record.util import calc_crc32c
from aiokafka.structs import TopicPartition
from hypothesis import given
from hypothesis import strategies as st

from streams.faust.fetching import _take

FEED = TopicPartition("feed", 0)
CRC, ATTRIBUTES = 17, 21
CONTROL = 0x20
LOG_APPEND_TIME = 0x08
ABORT, COMMIT = struct.pack(">hh", 0, 0), struct.pack(">hh", 0, 1)

batches = st.lists(
    st.one_of(
        st.tuples(
            st.just("data"), st.integers(1, 5), st.sampled_from([0, 1, 3]), st.sampled_from([-1, 7, 8])
        ),
        st.tuples(st.sampled_from(["abort", "commit"]), st.just(1), st.just(0), st.sampled_from([7, 8])),
    ),
    max_size=8,
)


def log(shape: list[tuple[str, int, int, int]]) -> tuple[bytes, list[tuple[int, int]], int]:
    """Bytes of a log of that shape, its aborted transactions (producer, first offset), its end."""
    data, offset, begun, aborted = b"", 0, {}, []
    for kind, count, compression, producer in shape:
        transactional = producer >= 0
        builder = DefaultRecordBatchBuilder(2, compression, transactional, producer, 0, 0, 1 << 16)
        for n in range(count):
            key = {"abort": ABORT, "commit": COMMIT}.get(kind, b"k")
            builder.append(n, timestamp=1000 + offset + n, key=key, value=b"%d" % (offset + n), headers=[])
        data += placed(builder.build(), offset, control=kind != "data")
        if kind == "data" and transactional:
            begun.setdefault(producer, offset)
        elif kind != "data" and (first := begun.pop(producer, None)) is not None and kind == "abort":
            aborted.append((producer, first))
        offset += count
    return data, aborted, offset


def placed(batch: bytearray, offset: int, *, control: bool) -> bytes:
    """A batch as a broker keeps it: at its offset, with the time of its arrival."""
    batch = bytearray(batch)
    struct.pack_into(">q", batch, 0, offset)
    (attributes,) = struct.unpack_from(">h", batch, ATTRIBUTES)
    struct.pack_into(">h", batch, ATTRIBUTES, attributes | LOG_APPEND_TIME | (CONTROL if control else 0))
    struct.pack_into(">I", batch, CRC, calc_crc32c(batch[ATTRIBUTES:]))
    return bytes(batch)


def fetched(data: bytes, aborted: list[tuple[int, int]], start: int) -> FetchResult:
    assignment = Assignment([FEED])
    assignment.state_value(FEED).seek(start)
    unpacked = PartitionRecords(
        FEED, MemoryRecords(data), list(aborted), start, None, None, True, READ_COMMITTED
    )
    return FetchResult(FEED, assignment=assignment, partition_records=unpacked, backoff=0)


def contents(records: list[object]) -> Iterator[tuple[object, ...]]:
    for record in records:
        yield record.offset, record.timestamp, record.key, record.value


@given(shape=batches, start=st.integers(0, 10))
def test_it_takes_what_aiokafka_would_and_moves_the_position_as_far(shape, start):
    async def both() -> None:
        data, aborted, end = log(shape)
        if not data or start >= end:
            return
        theirs, ours = fetched(data, aborted, start), fetched(data, aborted, start)

        expected, (taken, _) = theirs.getall(), _take(ours)

        assert list(contents(taken)) == list(contents(expected))
        positions = [it._assignment.state_value(FEED).position for it in (theirs, ours)]
        assert positions[0] == positions[1]

    asyncio.run(both())
