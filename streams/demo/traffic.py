"""Everything the outside world sends in a stretch of time, in order: a function of that stretch alone."""

from collections.abc import Iterator
from itertools import chain, groupby
from operator import attrgetter

import msgspec

from regulator.domain.instants import MINUTE, SECOND, Instant, day_of
from streams import topics
from streams.demo.city import City
from streams.demo.messages import Message
from streams.demo.orders import order_messages
from streams.demo.positions import position_messages
from streams.demo.register import SOURCE_OF, SOURCES, heartbeat, statements
from streams.demo.roll import edition
from streams.demo.watch_list import WATCH_LIST, episodes

HEARTBEAT_SECONDS = 10
_BACK = 10 * MINUTE - 5 * SECOND
"""What happened longer ago counts as untimely; a little less leaves time to send it."""
_SEEN_BACK = 75 * SECOND
"""Within this nearly every car reports a position."""


def messages_between(city: City, start: Instant, end: Instant) -> list[Message]:
    """Return what is sent in [start, end), both taken down to whole seconds, in the order of sending.

    Cut a stretch anywhere: the parts together are the whole.
    """
    low, high = start // SECOND, end // SECOND
    sent = chain(
        _heartbeats(city, low, high), order_messages(city, low, high), position_messages(city, low, high)
    )
    return sorted(sent, key=attrgetter("at"))


def opening(city: City, at: Instant, *, resuming: bool) -> list[Message]:
    """Return what a city that is already at work has just sent when a watcher comes in.

    Orders of the last ten minutes that are under way, with their true times, and where each car was
    last. When ``resuming`` also the orders that ended meanwhile: what was sent before is sent
    again, which changes nothing.
    """
    high = at // SECOND
    under_way_at = None if resuming else at
    sent = chain(
        order_messages(city, (at - _BACK) // SECOND, high, under_way_at=under_way_at),
        position_messages(city, (at - _SEEN_BACK) // SECOND, high),
    )
    return sorted(sent, key=attrgetter("at"))


def whole_register(city: City, at: Instant) -> Iterator[Message]:
    """Yield the month's register: of each source every statement, then the heartbeat that vouches for them.

    The smaller sources come first: what they vouch for is judged while the drivers are still taken in.
    """
    month = edition(day_of(at))
    beats = dict(zip(SOURCES, heartbeats(city, at), strict=True))
    watched = topics.feed_register(WATCH_LIST)
    for episode in episodes(city.roll, month):
        yield Message(watched, at, episode.episode.encode(), msgspec.json.encode(episode))
    yield beats[WATCH_LIST]
    for kind, licences in groupby(statements(city.roll, month), key=attrgetter("kind")):
        topic = topics.feed_register(SOURCE_OF[kind])
        for licence in licences:
            yield Message(topic, at, licence.certificate.encode(), msgspec.json.encode(licence))
        yield beats[SOURCE_OF[kind]]


def heartbeats(city: City, complete_to: Instant) -> Iterator[Message]:
    """Yield every department's word that it has said all it knows up to an instant.

    The key names the register it stands for, so that a sender that comes back sees whether it
    has to state it again.
    """
    for source in SOURCES:
        key = heartbeat_key(city, complete_to)
        yield Message(topics.feed_register(source), complete_to, key, heartbeat(complete_to))


def heartbeat_key(city: City, at: Instant) -> bytes:
    """Return the key of the heartbeats that follow the register of an instant's month."""
    roll = city.roll
    return f"heartbeat {edition(day_of(at)):%Y-%m} {len(roll.vehicles)} {len(roll.expiries)}".encode()


def _heartbeats(city: City, low: int, high: int) -> Iterator[Message]:
    for second in range(low + -low % HEARTBEAT_SECONDS, high, HEARTBEAT_SECONDS):
        yield from heartbeats(city, Instant(second * SECOND))
