"""The topics of one platform as an AsyncAPI 3.0 document. ``{platform}`` is its slug."""

from typing import Any

import msgspec

from regulator.contract.json_schema import schema
from regulator.wire.notices import AnswerGiven, NoticeTold
from regulator.wire.receipts import Receipt

Document = dict[str, Any]

_SLUG = {"platform": {"description": "the platform's slug, as the authority gave it"}}
_ARRIVAL = "Kafka's own time of arrival (LogAppendTime) counts; a sender's clock decides nothing."


def asyncapi() -> Document:
    """Return the document: four channels a platform writes or reads, from its own point of view."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Regulation of ride-hailing · 网约车监管",
            "version": "1.0.0",
            "description": "What a platform pushes and what it is answered. " + _ARRIVAL,
        },
        "defaultContentType": "application/json",
        "channels": {name: _channel(name, *about) for name, about in _CHANNELS.items()},
        "operations": {f"{action}_{name}": _operation(action, name) for action, name in _OPERATIONS},
        "components": {"schemas": _schemas()},
    }


_CHANNELS = {
    "orders": (
        "feed.{platform}.orders",
        "envelope",
        "Base, order, operate, rated and share messages; key: OrderId. JSON, or protobuf OTIpc or OTIpcList.",
    ),
    "positions": (
        "feed.{platform}.positions",
        "envelope",
        "positionDriver and positionVehicle, a hundred records or more a message; any key.",
    ),
    "answers": ("feed.{platform}.answers", "answer", "A platform's answers to notices; key: the notice."),
    "receipts": ("receipts.{platform}", "receipt", "What became of every record of a processed run."),
    "notices": ("notices.{platform}", "notice", "Whom to stop dispatching; key: the notice; compacted."),
}
_OPERATIONS = (
    ("send", "orders"),
    ("send", "positions"),
    ("send", "answers"),
    ("receive", "receipts"),
    ("receive", "notices"),
)


def _channel(name: str, address: str, payload: str, description: str) -> Document:
    return {
        "address": address,
        "description": description,
        "parameters": _SLUG,
        "messages": {payload: {"payload": {"$ref": f"#/components/schemas/{payload}"}}},
    }


def _operation(action: str, name: str) -> Document:
    return {"action": action, "channel": {"$ref": f"#/channels/{name}"}}


def _schemas() -> Document:
    """The envelope's and ours, each with its parts beside it, referred to from the document's root."""
    envelope = schema()
    parts = envelope.pop("$defs")
    envelope.pop("$schema")
    _, ours = msgspec.json.schema_components(
        [Receipt, NoticeTold, AnswerGiven], ref_template="#/components/schemas/{name}"
    )
    records = {f"record_{name}": part for name, part in parts.items()}
    named = {"receipt": "Receipt", "notice": "NoticeTold", "answer": "AnswerGiven"}
    return {
        "envelope": _refer(envelope),
        **records,
        **ours,
        **{name: {"$ref": f"#/components/schemas/{ref}"} for name, ref in named.items()},
    }


def _refer(node: Any) -> Any:
    """Turn references into the envelope's own parts into references into the document."""
    if isinstance(node, list):
        return [_refer(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: value.replace("#/$defs/", "#/components/schemas/record_") if key == "$ref" else _refer(value)
        for key, value in node.items()
    }
