"""A recorded log: one message a line in order of arrival (contract, section 1.4)."""

import base64
import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

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
    """Yield a log's messages; a line that is none, or a damaged file, raises Misconfigured with the line."""
    for number, line in _lines(path):
        if line.isspace():
            continue
        try:
            yield _message(_line(line))
        except RecursionError as why:
            raise Misconfigured(f"{path}, line {number}: nested too deeply to be read") from why
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
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        line["value_base64"] = base64.b64encode(message.payload).decode()
    return msgspec.json.encode(line) + b"\n"


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    number = 0
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                yield number, line
    except (OSError, EOFError, zlib.error) as why:
        raise Misconfigured(f"{path}, after line {number}: cannot be read any further: {why}") from why


def _line(line: bytes) -> _Line:
    try:
        return _decoder.decode(line)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError as why:
        try:
            return _apart(line.decode())
        except ValueError:
            raise why from None


def _no_number(name: str) -> NoReturn:
    """NaN and Infinity are no JSON."""
    raise ValueError(name)


_python = json.JSONDecoder(parse_int=float, parse_constant=_no_number)
"""Numbers only to be passed over: an endless one would be refused as an integer."""


def _apart(text: str) -> _Line:
    """Take apart what the fast parser will not have, halves of UTF-16 pairs; the value stays as it stands."""
    if not isinstance(_python.decode(text), dict):
        raise ValueError("no object")
    members: dict[str, str] = {}
    place = 0
    while (begins := text.find('"', place)) >= 0:
        key, ends = _python.raw_decode(text, begins)
        colon = text.index(":", ends)
        begins = next(at for at in range(colon + 1, len(text)) if not text[at].isspace())
        _, place = _python.raw_decode(text, begins)
        members[key] = text[begins:place]
    value = members.pop("value", "")
    known = (f'"{key}":{members[key]}' for key in _Line.__struct_fields__ if key in members)
    line = _decoder.decode("{" + ",".join(known) + "}")
    line.value = msgspec.Raw(value)
    return line


def _message(line: _Line) -> Message:
    payload = (
        bytes(line.value) if line.value_base64 is None else base64.b64decode(line.value_base64, validate=True)
    )
    key = None if line.key is None else line.key.encode()
    return Message(line.topic, from_rfc3339(line.at), payload, key)
