"""Reading the register whole, before anything is judged by it."""

import gc
from collections.abc import Iterator, Sequence

from regulator.joins.register_index import RegisterIndex
from regulator.wire.register_topic import decode_changes
from streams.follower import Follower, Kept
from streams.garbage import freeze_garbage

_TIDY_EVERY = 100_000
"""Records. What was fetched is held by cycles, and loading makes too few objects to bring a collection
about; at Python's own thresholds, on the other hand, collecting costs as much as all the rest."""


async def read_whole(register: Follower, index: RegisterIndex) -> None:
    """Load everything that the topic holds now; the follower goes on from there."""
    freeze_garbage()
    untidy = 0
    async for batch in register.whole():
        for records in _of_different_things(batch):
            changes = decode_changes(record.value for record in records if record.value is not None)
            index.load_briefs(changes.briefs)
            index.load(changes.others)
        untidy += len(batch)
        if untidy >= _TIDY_EVERY:
            gc.collect()
            untidy = 0
    index.settle()


def _of_different_things(batch: Sequence[Kept]) -> Iterator[Sequence[Kept]]:
    """Divide a batch so that no part has two changes of one thing: between these the order counts."""
    if len({record.key for record in batch}) == len(batch):
        yield batch
        return
    part: dict[bytes | None, Kept] = {}
    for record in batch:
        if record.key in part:
            yield list(part.values())
            part.clear()
        part[record.key] = record
    yield list(part.values())
