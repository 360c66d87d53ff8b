"""Envelopes in protobuf: orders as ``OTIpc``, positions as ``OTIpcList``, as senders do it.

Protobuf holds only what its tables hold: fields of other names are left out, numbers are numbers.
"""

from collections.abc import Sequence
from typing import Any

from regulator.wire.ministry.protobuf import OTIpc, OTIpcList
from regulator.wire.ministry.table import TYPES
from streams.demo.records import Fields, Record

_CODES = {one.name: one.code for one in TYPES}
_NUMBERS = {one.name: {field.name for field in one.fields if field.proto != "string"} for one in TYPES}
_NAMES = {one.name: {field.name for field in one.fields} for one in TYPES}
_NO_SUCH_CODE = 12_345


def protobuf_envelope(company: str, records: Sequence[Record]) -> bytes:
    """Write records of one type as one message."""
    kind = records[0].kind
    message = OTIpc(CompanyId=company, Source="0", IPCType=_CODES.get(kind, _NO_SUCH_CODE))
    if kind in _CODES:
        payload = getattr(message, kind)
        for record in records:
            payload.add(**_typed(kind, record.fields))
    whole: Any = OTIpcList(otpic=[message]) if kind.startswith("position") else message
    written: bytes = whole.SerializeToString(deterministic=True)
    return written


def _typed(kind: str, fields: Fields) -> Fields:
    numbers, names = _NUMBERS[kind], _NAMES[kind]
    return {
        name: int(value) if name in numbers and isinstance(value, str) else value
        for name, value in fields.items()
        if name in names
    }
