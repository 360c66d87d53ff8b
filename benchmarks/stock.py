"""The same jobs on stock Faust: its own consumer, one event a message, its own producer.

The law is ours in both, so what differs is the way records move. ``python -m benchmarks.stock
orders|positions SLUG CONFIG``.
"""

import asyncio
import os
import sys
from pathlib import Path

import faust

from benchmarks.lab import PARTITIONS, SECRETS
from regulator.config import Config, load_config
from regulator.domain.feed import Accepted, FeedKind
from regulator.domain.instants import Instant
from regulator.joins.positions import PositionBook
from regulator.joins.register_index import RegisterIndex
from regulator.judging.account import HANDLED, REPEATED, Account
from regulator.judging.hearing import Hearing
from regulator.judging.order_book import OrderBook
from regulator.law import law_in_force
from regulator.wire.ministry import Border
from regulator.wire.orders import encode_order
from regulator.wire.tracks import encode_tracks
from regulator.wire.violations import encode_violation
from streams import topics
from streams.follower import Follower
from streams.garbage import freeze_garbage
from streams.judge.reading import read_whole


def border(config: Config, slug: str, kind: FeedKind) -> Border:
    """The same border as judge and track have."""
    return Border(
        companies=config.platforms[slug].companies,
        kind=kind,
        pseudonym_key=SECRETS.pseudonym_key,
        fillers=config.driver_fillers,
        limits=config.limits,
    )


def orders_app(slug: str, config: Config, brokers: str) -> faust.App:
    """Judge each message as it comes; send each finding and each order's state."""
    app = _app("stock-orders", brokers)
    index = RegisterIndex(config.sources)
    law = law_in_force(config, SECRETS, index)
    feed = topics.feed_orders(slug)
    read = border(config, slug, FeedKind.ORDERS)
    hearings = {
        number: Hearing(read, OrderBook(law, feed=feed, partition=number)) for number in range(PARTITIONS)
    }
    violations = app.topic(topics.VIOLATIONS, value_type=bytes, value_serializer="raw")
    states = app.topic(topics.orders(slug), value_type=bytes, value_serializer="raw")

    known = asyncio.Event()

    @app.task
    async def read_register() -> None:
        async with Follower(brokers, topics.REGISTER, [0]) as follower:
            await read_whole(follower, index)
        freeze_garbage()
        known.set()

    @app.agent(app.topic(feed, value_type=bytes, value_serializer="raw"))
    async def judge(stream: faust.StreamT[bytes]) -> None:
        await known.wait()
        async for event in stream.events():
            message = event.message
            hearing = hearings[message.partition]
            hearing.hear(event.value, arrival=Instant(int(message.timestamp * 1e6)), offset=message.offset)
            judged = hearing.conclude()
            hearing.close_account()
            for one in judged.events:
                await violations.send(key=one.finding.id, value=encode_violation(one))
            for order in judged.changed:
                await states.send(key=order.key, value=encode_order(order))

    return app


def positions_app(slug: str, config: Config, brokers: str) -> faust.App:
    """Track each message as it comes; send where its cars are."""
    app = _app("stock-positions", brokers)
    read = border(config, slug, FeedKind.POSITIONS)
    book = PositionBook(2)
    tracks = app.topic(topics.TRACKS, value_type=bytes, value_serializer="raw")

    @app.agent(app.topic(topics.feed_positions(slug), value_type=bytes, value_serializer="raw"))
    async def track(stream: faust.StreamT[bytes]) -> None:
        async for event in stream.events():
            account = Account()
            arrival = Instant(int(event.message.timestamp * 1e6))
            for outcome in read.read(event.value, arrival):
                if isinstance(outcome, Accepted):
                    fate = HANDLED if book.take(outcome, arrival=arrival) else REPEATED
                    account.enter(outcome, fate, offset=event.message.offset, key=None)
            await tracks.send(value=encode_tracks(book.moved()))

    return app


def _app(name: str, brokers: str) -> faust.App:
    return faust.App(
        name,
        broker=f"kafka://{brokers}",
        web_enabled=False,
        topic_disable_leader=True,
        topic_allow_declare=False,
        consumer_auto_offset_reset="earliest",
        stream_buffer_maxsize=4096,
        producer_linger=0.02,
        producer_max_batch_size=512 * 1024,
        producer_compression_type="lz4",
    )


def main() -> None:
    """Run one of the two until told to stop."""
    job, slug, folder = sys.argv[1:4]
    make = {"orders": orders_app, "positions": positions_app}[job]
    app = make(slug, load_config(Path(folder)), os.environ["REGULATOR_KAFKA"])
    faust.Worker(app, loglevel="warning", quiet=True).execute_from_commandline()


if __name__ == "__main__":
    main()
