"""``regulator record``: topics of a live cluster to a log that a replay can judge."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from heapq import merge
from typing import IO

from kafka import KafkaConsumer, TopicPartition

from regulator.domain.errors import Misconfigured
from regulator.domain.instants import Instant
from regulator.replay.recorded import Message, write_line
from streams.topics import MILLISECOND

_WAIT_MS = 500


def record(brokers: str, topics: Sequence[str], out: IO[bytes]) -> int:
    """Write everything that the topics hold now, in order of arrival; return the number of messages.

    A topic that does not exist raises Misconfigured.
    """
    written = 0
    with ExitStack() as stack:
        recorded = [_partition(stack, brokers, one) for one in _partitions(brokers, topics)]
        for message in merge(*recorded, key=_arrival):
            out.write(write_line(message))
            written += 1
    return written


def _arrival(message: Message) -> Instant:
    return message.at


def _partitions(brokers: str, topics: Iterable[str]) -> Iterator[TopicPartition]:
    with closing(KafkaConsumer(bootstrap_servers=brokers.split(","))) as consumer:
        for topic in topics:
            partitions = consumer.partitions_for_topic(topic)
            if not partitions:
                raise Misconfigured(f"there is no topic {topic!r} at {brokers}")
            yield from (TopicPartition(topic, partition) for partition in sorted(partitions))


def _partition(stack: ExitStack, brokers: str, partition: TopicPartition) -> Iterator[Message]:
    """Yield a partition's messages up to where it ended when asked."""
    consumer = stack.enter_context(
        closing(KafkaConsumer(bootstrap_servers=brokers.split(","), enable_auto_commit=False))
    )
    consumer.assign([partition])
    consumer.seek_to_beginning(partition)
    end = consumer.end_offsets([partition])[partition]
    while consumer.position(partition) < end:
        for record in consumer.poll(timeout_ms=_WAIT_MS).get(partition, ()):
            if record.offset < end:
                yield Message(
                    partition.topic, Instant(record.timestamp * MILLISECOND), record.value or b"", record.key
                )
