"""What was handed over, acknowledged and committed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from streams.faust.runs import Run, TopicPartition

Offsets = dict[TopicPartition, int]
"""For each partition the offset of the next record to be handled."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a worker has done since its start."""

    runs: int = 0
    records: int = 0
    commits: int = 0


class Ledger:
    """The account of one agent: the run in hand, what is due to be committed, what is committed.

    An offset is due only when everything before it is handled. Runs of a partition are handed over
    in order and one at a time, so that is the end of the last one acknowledged.
    """

    def __init__(self) -> None:
        self._in_hand: Run | None = None
        self._due: Offsets = {}
        self._committed: Offsets = {}
        self._runs = self._records = self._commits = 0

    @property
    def in_hand(self) -> Run | None:
        """The run that the agent is busy with."""
        return self._in_hand

    @property
    def counts(self) -> Counts:
        """What was acknowledged and committed so far."""
        return Counts(self._runs, self._records, self._commits)

    def hand(self, run: Run) -> Run:
        """Note that the agent has been given a run."""
        if self._in_hand is not None:
            raise RuntimeError("a run was asked for while another is in hand: one agent an app")
        self._in_hand = run
        return run

    def finish(self, run: Run, *, acknowledged: bool) -> None:
        """Note that the agent is done with its run: for good, or not, when its body raised."""
        if self._in_hand is not run:
            return
        self._in_hand = None
        if acknowledged:
            self._due[run.partition] = run.last + 1
            self._runs += 1
            self._records += len(run)

    def begin(self, partition: TopicPartition, *, committed: int | None) -> None:
        """Open the account of a partition."""
        self._due.pop(partition, None)
        self._committed.pop(partition, None)
        if committed is not None:
            self._committed[partition] = committed

    def due(self) -> Offsets:
        """Return what is handled and not committed."""
        return dict(self._due)

    def settle(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Note what the broker has accepted; what became due meanwhile stays due."""
        self._commits += 1
        for partition, offset in offsets.items():
            self._committed[partition] = offset
            if self._due.get(partition) == offset:
                del self._due[partition]

    def committed(self, partition: TopicPartition) -> int | None:
        """Return what the broker holds for this partition, as far as known."""
        return self._committed.get(partition)

    def settled(self, partition: TopicPartition) -> bool:
        """Tell whether nothing of this partition is in hand or due."""
        in_hand = self._in_hand is not None and self._in_hand.partition == partition
        return not in_hand and partition not in self._due

    def keep(self, kept: Collection[TopicPartition]) -> None:
        """Close the accounts of all other partitions; a run of theirs can no longer be acknowledged."""
        for account in (self._due, self._committed):
            for partition in account.keys() - set(kept):
                del account[partition]
        if self._in_hand is not None and self._in_hand.partition not in kept:
            self._in_hand = None
