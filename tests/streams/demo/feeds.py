"""Reading what the demonstration sends, for its tests."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from google.protobuf.message import DecodeError

from regulator.wire.ministry.protobuf import OTIpc, OTIpcList
from regulator.wire.ministry.table import TYPES
from streams.demo.messages import Message

_KINDS = {one.code: one.name for one in TYPES}


def envelopes(messages: Iterable[Message], ending: str) -> Iterator[tuple[Message, dict[str, Any]]]:
    """Yield the readable messages of the topics with an ending."""
    for message in messages:
        if message.topic.endswith(ending) and (envelope := _envelope(message.value)) is not None:
            yield message, envelope


def _envelope(value: bytes) -> dict[str, Any] | None:
    """Read an envelope as JSON would have it; None if it is unreadable."""
    try:
        return msgspec.json.decode(value) if value.startswith(b"{") else _from_protobuf(value)
    except (msgspec.DecodeError, DecodeError):
        return None


def _from_protobuf(value: bytes) -> dict[str, Any]:
    message = OTIpc.FromString(value)
    if not message.HasField("Source"):
        (message,) = OTIpcList.FromString(value).otpic
    kind = _KINDS.get(message.IPCType, "?")
    payload = [{field.name: held for field, held in one.ListFields()} for one in getattr(message, kind, [])]
    return {"CompanyId": message.CompanyId, "IPCType": kind, kind: payload}


def records(messages: Iterable[Message], ending: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield type and fields of every record on the topics with an ending."""
    for _, envelope in envelopes(messages, ending):
        payload = envelope[envelope["IPCType"]]
        for fields in payload if isinstance(payload, list) else [payload]:
            yield envelope["IPCType"], fields
