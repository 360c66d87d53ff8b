"""First lives of orders that began anew, as the desk returns them.

What is meant for another judge now may be ours after the next rebalance, so all of it is kept for
as long as the topic keeps it: few records come a day after the others of their order.
"""

from collections.abc import AsyncIterator, Sequence

from regulator.clock import Clock
from regulator.domain.instants import DAY, Instant
from regulator.joins.orders import Order
from regulator.judging.announcing import Occasion
from regulator.judging.order_book import OrderBook
from regulator.wire.orders import decode_order
from streams import topics
from streams.follower import Follower, Kept

_KEPT = 7 * DAY


class Returns:
    """Reads the topic whole, then follows it. Use as an asynchronous context manager."""

    def __init__(self, brokers: str, clock: Clock) -> None:
        self._follower = Follower(brokers, topics.RETURNED, [0])
        self._clock = clock
        self._kept: dict[bytes, tuple[Instant, bytes]] = {}

    async def __aenter__(self) -> "Returns":
        await self._follower.__aenter__()
        async for batch in self._follower.whole():
            self._keep(batch)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._follower.__aexit__(*error)

    async def on(self) -> AsyncIterator[Order]:
        """Yield what is returned from now on, for ever."""
        async for batch in self._follower.on():
            for value in self._keep(batch):
                yield decode_order(value)

    def give_back(self, book: OrderBook) -> None:
        """Give the orders of a book that was just loaded what they have not got yet."""
        for key, (_, value) in self._kept.items():
            if book.get(key.decode()) is not None:
                book.give_back(decode_order(value), Occasion(self._clock()))

    def _keep(self, batch: Sequence[Kept]) -> list[bytes]:
        """Keep the newest of each order, and nothing that is older than the topic's memory."""
        values = []
        for record in batch:
            if record.key is not None and record.value is not None:
                self._kept.pop(record.key, None)
                arrival = Instant(record.timestamp * topics.MILLISECOND)
                self._kept[record.key] = arrival, record.value
                values.append(record.value)
        oldest = self._clock() - _KEPT
        while self._kept and (first := next(iter(self._kept.items())))[1][0] < oldest:
            del self._kept[first[0]]
        return values
