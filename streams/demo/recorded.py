"""The demonstration city as a recorded log, for ``regulator replay`` and for measuring.

It is written as fast as the machine can, some hundred times faster than the city lives.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from regulator.domain.instants import MINUTE, Instant
from regulator.replay.recorded import Message as Recorded
from regulator.replay.recorded import write_line
from streams.demo.city import City
from streams.demo.messages import Message
from streams.demo.traffic import messages_between, whole_register

_WINDOW = MINUTE


def recorded(city: City, start: Instant, end: Instant, *, positions: bool = True) -> Iterator[Message]:
    """Yield the whole register at ``start``, then all that is sent in [start, end)."""
    yield from whole_register(city, start)
    for low in range(start, end, _WINDOW):
        for message in messages_between(city, Instant(low), Instant(min(low + _WINDOW, end))):
            if positions or not message.topic.endswith(".positions"):
                yield message


def write_log(file: BinaryIO, messages: Iterable[Message]) -> int:
    """Write messages as a log (contract, section 1.4), one a line; return how many."""
    count = 0
    for message in messages:
        file.write(write_line(Recorded(message.topic, message.at, message.value, message.key)))
        count += 1
    return count
