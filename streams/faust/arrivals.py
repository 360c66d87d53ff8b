"""Records that have been fetched and not yet been handed to the agent."""

from collections import OrderedDict, deque
from collections.abc import Collection, Iterable
from itertools import islice

from streams.faust.runs import Record, Run, TopicPartition


def fitting(records: Iterable[Record], *, most_bytes: int) -> tuple[list[Record], int]:
    """Return the first records that together are no larger, at least one, and their size in bytes."""
    fit: list[Record] = []
    size = 0
    for record in records:
        larger = size + len(record.value or b"")
        if larger > most_bytes and fit:
            break
        size = larger
        fit.append(record)
    return fit, size


class Arrivals:
    """A queue a partition, from which runs are taken in turn.

    A run is cut when it is taken, not when it is fetched: what arrives while the agent is busy
    makes the next run longer, so that a slow agent gets fewer and longer runs. Of the topics that wait,
    the one is next whose last turn is longest ago, and of its partitions likewise: who sends much, or on
    many partitions, holds up the others for the length of one run.
    """

    def __init__(self, *, run_records: int, run_bytes: int) -> None:
        """Bound runs by number and by bytes, and be `full` with four of either."""
        self._run_records = run_records
        self._run_bytes = run_bytes
        self._topics: dict[str, OrderedDict[TopicPartition, deque[Record]]] = {}
        self._turns = 0
        self._last_turn: dict[str, int] = {}
        self._generation = 0
        self._count = 0
        self._bytes = 0

    def __len__(self) -> int:
        return self._count

    @property
    def full(self) -> bool:
        """Whether there is enough here, and fetching should wait where anything is here."""
        return self._count >= 4 * self._run_records or self._bytes >= 4 * self._run_bytes

    def holds(self, partition: TopicPartition) -> bool:
        """Tell whether records of this partition are waiting."""
        return partition in self._topics.get(partition.topic, ())

    def bring(self, partition: TopicPartition, records: Collection[Record], *, generation: int) -> None:
        """Add records that follow those already here; those of an older generation are forgotten."""
        if generation != self._generation:
            self.clear()
            self._generation = generation
        if records:
            queues = self._topics.setdefault(partition.topic, OrderedDict())
            queues.setdefault(partition, deque()).extend(records)
            self._count += len(records)
            self._bytes += sum(len(record.value or b"") for record in records)

    def take(self) -> Run | None:
        """Cut the next run, from the partition whose turn it is."""
        if not self._topics:
            return None
        topic = min(self._topics, key=lambda one: self._last_turn.get(one, 0))
        queues = self._topics[topic]
        partition, queue = queues.popitem(last=False)
        records, size = fitting(islice(queue, self._run_records), most_bytes=self._run_bytes)
        for _ in records:
            queue.popleft()
        if queue:
            queues[partition] = queue
        if not queues:
            del self._topics[topic]
        self._turns += 1
        self._last_turn[topic] = self._turns
        self._count -= len(records)
        self._bytes -= size
        return Run(partition, self._generation, records)

    def clear(self) -> None:
        """Forget everything: it will be read again from what is committed."""
        self._topics.clear()
        self._count = 0
        self._bytes = 0
