"""The demonstration city as a recorded log, for ``regulator replay`` and for measuring.

A log is NDJSON, one message a line in order of arrival (contract, section 1.4). It is written as
fast as the machine can, some hundred times faster than the city lives.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from regulator.domain.instants import MINUTE, Instant, to_rfc3339
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
    """Write messages as a log; return how many lines."""
    count = 0
    for message in messages:
        file.write(line(message))
        count += 1
    return count


def line(message: Message) -> bytes:
    """Return a message as one line of a log."""
    head: dict[str, object] = {"topic": message.topic, "at": to_rfc3339(message.at)}
    if message.key is not None:
        head["key"] = message.key.decode()
    head |= _value(message.value)
    return msgspec.json.encode(head) + b"\n"


def _value(value: bytes) -> dict[str, object]:
    try:
        msgspec.json.decode(value, type=dict[str, msgspec.Raw])
    except msgspec.DecodeError:
        return {"value_base64": b64encode(value).decode()}
    return {"value": msgspec.Raw(value)}
