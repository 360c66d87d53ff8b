"""What a compressed batch inflates to is bounded, and hurts no other batch."""

import gzip
from collections import OrderedDict

import cramjam
import pytest
from aiokafka.consumer.fetcher import FetchResult, PartitionRecords
from aiokafka.consumer.subscription_state import Assignment
from aiokafka.record.default_records import DefaultRecordBatchBuilder
from aiokafka.record.memory_records import MemoryRecords
from aiokafka.structs import TopicPartition as Pair

from streams.faust.fetching import _drain
from streams.faust.inflating import _BOUNDED, MOST_BYTES, InflatesTooFar, bound_decoders
from tests.streams.faust.test_delivery_fetching import placed

FEED, OTHER = Pair("feed", 0), Pair("feed", 1)
GZIP, SNAPPY, LZ4, ZSTD = 1, 2, 3, 4
BOMB = bytes(MOST_BYTES + 1)


@pytest.fixture(autouse=True)
def _bounded() -> None:
    bound_decoders()


def batch(values: list[bytes], *, codec: int, offset: int = 0) -> bytes:
    builder = DefaultRecordBatchBuilder(2, codec, False, -1, 0, 0, 1 << 30)
    for number, value in enumerate(values):
        builder.append(number, timestamp=1, key=None, value=value, headers=[])
    return placed(builder.build(), offset, control=False)


class Fetcher:
    """What aiokafka's has fetched."""

    def __init__(self, fetched: dict[Pair, bytes]) -> None:
        self.assignment = Assignment(list(fetched))
        self._records = OrderedDict(
            (partition, self._result(partition, it)) for partition, it in fetched.items()
        )
        self._wait_consume_future = None

    def _result(self, partition: Pair, data: bytes) -> FetchResult:
        self.assignment.state_value(partition).seek(0)
        unpacked = PartitionRecords(partition, MemoryRecords(data), [], 0, None, None, True, 0)
        return FetchResult(partition, assignment=self.assignment, partition_records=unpacked, backoff=0)

    def _notify(self, future: object) -> None:
        pass

    def position(self, partition: Pair) -> int:
        return int(self.assignment.state_value(partition).position)

    def taken(self) -> list[tuple[int, int, bytes]]:
        """Partition, offset and value of what one taking brings."""
        drained = _drain(self, [FEED, OTHER])
        return [
            (pair.partition, record.offset, record.value or b"")
            for pair, records in drained.items()
            for record in records
        ]


@pytest.mark.parametrize("codec", [GZIP, LZ4, ZSTD])
async def test_a_bomb_is_one_unreadable_record_and_what_stands_around_it_is_read(codec: int) -> None:
    data = (
        batch([b"a"], codec=codec)
        + batch([b"x", BOMB], codec=codec, offset=1)
        + batch([b"b"], codec=0, offset=3)
    )
    fetcher = Fetcher({FEED: data})

    first = fetcher.taken()
    after = fetcher.taken()

    assert first == [(0, 0, b"a"), (0, 2, b"")]
    assert after == [(0, 3, b"b")]
    assert fetcher.position(FEED) == 4
    assert not fetcher._records


async def test_after_much_another_partition_has_its_turn_before_the_rest() -> None:
    bombs = b"".join(batch([BOMB], codec=ZSTD, offset=number) for number in range(3))
    fetcher = Fetcher({FEED: bombs, OTHER: batch([b"order"], codec=LZ4)})

    turns = [fetcher.taken() for _ in range(4)]

    assert turns[0] == [(0, 0, b"")]
    assert turns[1] == [(1, 0, b"order"), (0, 1, b"")]
    assert turns[2] == [(0, 2, b"")]
    assert turns[3] == []


async def test_batches_just_below_the_bound_are_taken_one_at_a_time() -> None:
    large = bytes(MOST_BYTES // 2 + 1)
    fetcher = Fetcher({FEED: b"".join(batch([large], codec=GZIP, offset=number) for number in range(5))})

    turns = [len(fetcher.taken()) for _ in range(4)]

    assert turns == [2, 2, 1, 0]


async def test_a_batch_of_countless_empty_records_is_refused_whole() -> None:
    fetcher = Fetcher({FEED: batch([b""] * 200_001, codec=ZSTD) + batch([b"b"], codec=0, offset=200_001)})

    assert [*fetcher.taken(), *fetcher.taken()] == [(0, 200_000, b""), (0, 200_001, b"b")]


@pytest.mark.parametrize("codec", [GZIP, SNAPPY, LZ4, ZSTD])
async def test_what_is_large_and_honest_comes_whole(codec: int) -> None:
    values = [bytes([number % 251]) * 1000 for number in range(20_000)]

    assert [value for _, _, value in Fetcher({FEED: batch(values, codec=codec)}).taken()] == values


def test_several_gzip_members_are_read_as_one() -> None:
    half = bytes(MOST_BYTES // 2)
    noise = bytes(range(256)) * 300
    assert _BOUNDED["gzip_decode"](gzip.compress(noise) + gzip.compress(half)) == noise + half
    with pytest.raises(InflatesTooFar):
        _BOUNDED["gzip_decode"](gzip.compress(half) + gzip.compress(half) + gzip.compress(noise))


def test_snappy_cannot_inflate_a_megabyte_beyond_the_bound() -> None:
    zeros = bytes(MOST_BYTES)

    assert len(cramjam.snappy.compress_raw(zeros)) > 1024 * 1024
