"""A recorded log: one message a line in order of arrival (contract, section 1.4)."""

import base64
import gzip
from collections.abc import Iterator
from pathlib import Path

import msgspec

from regulator.domain.errors import Misconfigured
from regulator.domain.instants import Instant, from_rfc3339, to_rfc3339


class Message(msgspec.Struct, frozen=True, gc=False):
    """One recorded message."""

    topic: str
    at: Instant
    payload: bytes
    key: bytes | None = None


class _Line(msgspec.Struct):
    topic: str
    at: str
    value: msgspec.Raw = msgspec.Raw(b"")
    value_base64: str | None = None
    key: str | None = None


_decoder = msgspec.json.Decoder(_Line)


def read_log(path: Path) -> Iterator[Message]:
    """Yield a log's messages; a line that is none raises Misconfigured with its number."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.isspace():
                continue
            try:
                yield _message(_decoder.decode(line))
            except (msgspec.MsgspecError, ValueError) as why:
                raise Misconfigured(f"{path}, line {number}: not a line of a recorded log: {why}") from why


def write_line(message: Message) -> bytes:
    """Write one message as a line: JSON values as they are, other bytes as base64."""
    line: dict[str, object] = {"topic": message.topic, "at": to_rfc3339(message.at)}
    if message.key is not None:
        line["key"] = message.key.decode("utf-8", "replace")
    try:
        msgspec.json.decode(message.payload)
        line["value"] = msgspec.Raw(message.payload.replace(b"\n", b" ").replace(b"\r", b" "))
    except (msgspec.MsgspecError, UnicodeDecodeError):
        line["value_base64"] = base64.b64encode(message.payload).decode()
    return msgspec.json.encode(line) + b"\n"


def _message(line: _Line) -> Message:
    payload = (
        bytes(line.value) if line.value_base64 is None else base64.b64decode(line.value_base64, validate=True)
    )
    key = None if line.key is None else line.key.encode()
    return Message(line.topic, from_rfc3339(line.at), payload, key)
