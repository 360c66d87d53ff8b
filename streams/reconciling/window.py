"""The orders of one feed partition as a window of the feed makes them: heard anew, by the judge's code."""

import msgspec

from regulator.domain.instants import Instant
from regulator.joins.orders import Order
from regulator.judging.hearing import Border, Hearing
from regulator.judging.law import Law
from regulator.judging.order_book import OrderBook
from streams.faust import TopicPartition
from streams.follower import Follower
from streams.topics import MILLISECOND


class Window(msgspec.Struct, frozen=True):
    """What is read (``begin`` to ``end``), and whose newest record counts (``since`` to ``end``)."""

    begin: Instant
    since: Instant
    end: Instant


async def orders_of(
    partition: TopicPartition, window: Window, *, brokers: str, border: Border, law: Law
) -> list[Order]:
    """Return the orders whose newest record in the window came at ``since`` or later."""
    book = OrderBook(law, feed=partition.topic, partition=partition.partition)
    hearing = Hearing(border, book)
    async with Follower(brokers, partition.topic, [partition.partition]) as feed:
        if not await feed.seek_to(partition.partition, window.begin // MILLISECOND):
            return []
        async for batch in feed.whole():
            for record in batch:
                arrival = Instant(record.timestamp * MILLISECOND)
                if arrival < window.end:
                    hearing.hear(record.value or b"", arrival=arrival, offset=record.offset)
            hearing.close_account()
            hearing.told()
            if batch and batch[-1].timestamp * MILLISECOND >= window.end:
                break
    return [order for order in book if order.arrival >= window.since]
