"""Runs cut where an hour ends, so that what is counted of each belongs to one hour and one day."""

from collections.abc import Iterator
from itertools import groupby

from regulator.domain.instants import HOUR, Instant
from streams.faust import Run
from streams.topics import MILLISECOND


def hourly(run: Run) -> Iterator[Run]:
    """Yield the parts of a run, each of messages that came in within one hour; nearly always it is whole."""
    first, last = run.records[0].timestamp, run.records[-1].timestamp
    if _hour(first) == _hour(last):
        yield run
        return
    for _, records in groupby(run.records, key=lambda record: _hour(record.timestamp)):
        yield Run(run.partition, run.generation, tuple(records))


def arrived_at(run: Run) -> Instant:
    """Return when the last message of a run came in."""
    return Instant(run.records[-1].timestamp * MILLISECOND)


def _hour(timestamp: int) -> int:
    return timestamp * MILLISECOND // HOUR
