"""The loop that fetches ahead of the agent."""

from collections.abc import Awaitable, Callable, Collection

from streams.faust.delivery import Delivery
from streams.faust.fetching import Fetched
from streams.faust.runs import TopicPartition

ROOM_WITHIN = 1.0

Fetch = Callable[[Collection[TopicPartition], int], Awaitable[Fetched]]
"""From these partitions, as long as the group is in this generation."""


async def pump(delivery: Delivery, fetch: Fetch, *, until: Callable[[], bool]) -> None:
    """Fetch from the open partitions whenever there is room."""
    while not until():
        wanted = frozenset(delivery.wanted())
        if wanted:
            delivery.bring(await fetch(wanted, delivery.fence.generation))
        else:
            await delivery.room(within=ROOM_WITHIN)
