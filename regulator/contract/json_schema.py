"""JSON Schema (2020-12) of everything that a platform sends, from the border's table.

It describes a message without a flaw. The border takes more than that and says what was wrong
(contract, section 2); whoever sends what the schema admits is left with timeliness, calendars,
check digits and contradictions.
"""

from typing import Any

from regulator.contract.titles import TITLES
from regulator.wire.ministry.fields import Field, Kind
from regulator.wire.ministry.table import TYPES, Key, MessageType

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_WORDS = {
    Kind.MOMENT: "YYYYMMDDhhmmss, Asia/Shanghai",
    Kind.UNIX_TIME: "seconds since 1970; milliseconds and 14 local digits are understood",
    Kind.DAY: "YYYYMMDD",
    Kind.BIRTHDAY: "YYYYMMDD",
    Kind.MONTH: "YYYYMM",
    Kind.LONGITUDE: "millionths of a degree east, in the datum that Encrypt names",
    Kind.LATITUDE: "millionths of a degree north, in the datum that Encrypt names",
}


def schema() -> Schema:
    """Return the schema of one envelope; each type's record is under ``$defs``."""
    return {
        "$schema": DIALECT,
        "title": "A message of the ministry's data interface · 网约车监管信息交互报文",
        "oneOf": [_envelope(message_type) for message_type in TYPES],
        "$defs": {message_type.name: record(message_type) for message_type in TYPES},
    }


def record(message_type: MessageType) -> Schema:
    """Return the schema of one record of a type."""
    title_zh, title = TITLES[message_type.name]
    fields = message_type.fields
    described: Schema = {
        "title": f"{title_zh} · {title}",
        "type": "object",
        "properties": {field.name: _field(field) for field in fields},
        "required": [field.name for field in fields if field.required],
    }
    if message_type.key is Key.CAR_OR_DRIVER:
        described["description"] = "Names a car or a driver, or it cannot be attributed."
    return described


def _envelope(message_type: MessageType) -> Schema:
    name = message_type.name
    return {
        "title": name,
        "type": "object",
        "properties": {
            "CompanyId": {"type": "string", "maxLength": 32},
            "Source": {"type": "string"},
            "IPCType": {"const": name},
            name: {"type": "array", "items": {"$ref": f"#/$defs/{name}"}},
        },
        "required": ["IPCType", name],
    }


def _field(field: Field) -> Schema:
    described = _value(field)
    words = " · ".join(filter(None, (field.size, _WORDS.get(field.kind, ""))))
    if words:
        described["description"] = words
    if not field.required:
        described["type"] = [described["type"], "null"]
        if "enum" in described:
            described["enum"] = [*described["enum"], None]
    return described


def _value(field: Field) -> Schema:
    if field.codes:
        kind = "string" if field.kind is Kind.TEXT else "integer"
        return {"type": kind, "enum": list(field.codes)}
    if field.kind is Kind.TEXT:
        return _text(field)
    if field.kind is Kind.DECIMAL:
        most = field.greatest_decimal
        return {"type": "number", "exclusiveMinimum": -most, "exclusiveMaximum": most}
    least, greatest = field.bounds
    return {"type": "integer", "minimum": least, "maximum": greatest}


def _text(field: Field) -> Schema:
    described: Schema = {"type": "string"}
    if field.length is not None:
        described["maxLength"] = field.length
    if field.required:
        described["minLength"] = field.length if field.fixed and field.length else 1
        described["pattern"] = r"\S"
    return described
