"""What an agent is handed: runs of raw records of one partition."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class TopicPartition(NamedTuple):
    """One partition of one topic; equal, as any pair is, to the clients' own."""

    topic: str
    partition: int


class Record(Protocol):
    """A record as the broker keeps it."""

    @property
    def offset(self) -> int:
        """Place in the partition; rising, with holes where nothing is kept any more."""

    @property
    def timestamp(self) -> int:
        """Milliseconds since the epoch; under LogAppendTime the arrival."""

    @property
    def key(self) -> bytes | None:
        """The key, as written."""

    @property
    def value(self) -> bytes | None:
        """The value, as written; None is a tombstone."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Run:
    """Records of one partition, in order of offset, to be handled as one; never empty."""

    partition: TopicPartition
    generation: int
    """The group generation in which they were read: see `App.fence`."""
    records: Sequence[Record]

    @property
    def topic(self) -> str:
        """Name of the topic."""
        return self.partition.topic

    @property
    def first(self) -> int:
        """Offset of the first record."""
        return self.records[0].offset

    @property
    def last(self) -> int:
        """Offset of the last record."""
        return self.records[-1].offset

    def __len__(self) -> int:
        return len(self.records)

    def __repr__(self) -> str:
        # Into logs, where no record's content belongs.
        return f"Run({self.topic}[{self.partition.partition}] {self.first}..{self.last})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A partition that has become this worker's, before its first run."""

    partition: TopicPartition
    generation: int
    committed: int | None
    """Offset of the next record to be handled; None where nothing was ever committed."""
    end: int
    """The offset that the next record written will have, as of now."""
