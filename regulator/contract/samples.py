"""A platform engineer's own messages, as they lie in files: one a line, one a file, or a recorded log."""

import base64
from collections.abc import Iterator
from pathlib import Path

import msgspec

from regulator.domain.feed import FeedKind
from regulator.domain.instants import Instant, from_rfc3339

_LINES = (".ndjson", ".jsonl")


class Sample(msgspec.Struct, frozen=True):
    """One message and where it lies. ``kind`` and ``arrival`` are known of a recorded one only."""

    file: str
    line: int
    payload: bytes
    kind: FeedKind | None = None
    arrival: Instant | None = None


class _Recorded(msgspec.Struct):
    topic: str
    at: str
    value: msgspec.Raw = msgspec.Raw()
    value_base64: str | None = None

    @property
    def payload(self) -> bytes:
        """The message; raises ValueError where the line has none, or one that is no base64."""
        if self.value_base64 is not None:
            return base64.b64decode(self.value_base64, validate=True)
        if not bytes(self.value):
            raise ValueError("a recorded line without a value")
        return bytes(self.value)


_recorded = msgspec.json.Decoder(_Recorded)


def read_samples(path: Path) -> Iterator[Sample]:
    """Yield the messages of a file: of ``.ndjson`` and ``.jsonl`` one a line, else the file is one."""
    if path.suffix not in _LINES:
        yield Sample(path.name, 1, path.read_bytes())
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.isspace():
                yield _line(path.name, number, line.strip())


def _line(file: str, number: int, line: bytes) -> Sample:
    try:
        recorded = _recorded.decode(line)
        payload, arrival = recorded.payload, from_rfc3339(recorded.at)
    except (msgspec.MsgspecError, ValueError):
        return Sample(file, number, line)
    kind = FeedKind.POSITIONS if recorded.topic.endswith(f".{FeedKind.POSITIONS}") else FeedKind.ORDERS
    return Sample(file, number, payload, kind, arrival)
