"""Envelopes as the ministry's protobuf, written by hand from its published numbers (proto2 wire format)."""

import struct
from typing import Any

from tests.oracle.fields import FIELDS

_CODES = {
    "baseInfoVehicle": 4103,
    "baseInfoVehicleTotalMile": 4105,
    "orderCreate": 8193,
    "orderMatch": 8194,
    "orderCancel": 8195,
    "operateLogin": 12289,
    "operateLogout": 12290,
    "operateDepart": 12291,
    "operateArrive": 12292,
    "operatePay": 12293,
    "positionDriver": 16385,
    "positionVehicle": 16386,
}


def envelope(value: Any) -> bytes | None:
    """`OTIpc` bytes of a JSON envelope; None when protobuf cannot say the same."""
    kind = value.get("IPCType") if isinstance(value, dict) else None
    if (
        not isinstance(kind, str)
        or kind not in _CODES
        or set(value) != {"CompanyId", "Source", "IPCType", kind}
    ):
        return None
    items = value[kind] if isinstance(value[kind], list) else [value[kind]]
    records = [record(kind, item) for item in items]
    if (
        not records
        or any(each is None for each in records)
        or not isinstance(value["CompanyId"], str)
        or value["Source"] != "0"
    ):
        return None
    head = _text(1, value["CompanyId"]) + _text(2, value["Source"]) + _number(3, _CODES[kind])
    return head + b"".join(_bytes(_CODES[kind], each) for each in records if each is not None)


def listed(*envelopes: bytes) -> bytes:
    """`OTIpcList` bytes."""
    return b"".join(_bytes(1, each) for each in envelopes)


def record(kind: str, item: Any) -> bytes | None:
    """One record's bytes; None when a field is unknown or of another type."""
    if not isinstance(item, dict) or not set(item) <= {each.name for each in FIELDS[kind]}:
        return None
    parts = []
    for place, each in enumerate(FIELDS[kind], start=1):
        number = place + (kind == "operatePay" and place >= 8)  # 8 is skipped there
        value = item.get(each.name)
        if value is None:
            continue
        if each.kind == "s" and isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value):
            parts.append(_text(number, value))
        elif each.kind == "f" and _is_single(value):
            parts.append(_varint(number << 3 | 5) + struct.pack("<f", value))
        elif each.kind in "ui" and type(value) is int and 0 <= value < (2**63 if each.size > 10 else 2**32):
            parts.append(_number(number, value))
        else:
            return None
    return b"".join(parts)


def _is_single(value: Any) -> bool:
    """Whether a number is the same in four bytes; a float of the interface has no more."""
    if type(value) not in (int, float) or abs(value) >= 1e6:
        return False
    return bool(struct.unpack("<f", struct.pack("<f", value))[0] == value)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _bytes(number: int, value: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _text(number: int, value: str) -> bytes:
    return _bytes(number, value.encode())
