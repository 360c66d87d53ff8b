"""Reading what the demonstration sends, for its tests."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from streams.demo.messages import Message


def envelopes(messages: Iterable[Message], ending: str) -> Iterator[tuple[Message, dict[str, Any]]]:
    """Yield the readable messages of the topics with an ending."""
    for message in messages:
        if message.topic.endswith(ending):
            try:
                yield message, msgspec.json.decode(message.value)
            except msgspec.DecodeError:
                continue


def records(messages: Iterable[Message], ending: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield type and fields of every record on the topics with an ending."""
    for _, envelope in envelopes(messages, ending):
        payload = envelope[envelope["IPCType"]]
        for fields in payload if isinstance(payload, list) else [payload]:
            yield envelope["IPCType"], fields
