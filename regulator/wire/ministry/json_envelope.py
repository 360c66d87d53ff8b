"""JSON envelopes: a clean one in one typed decode, any other as tolerantly as the contract wants.

Of an envelope that is not clean each record is decoded by itself, so that only the bad ones are
mended.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from regulator.domain.feed import Flaw, FlawKind, Refusal
from regulator.wire.ministry.batches import Batch, Lost, Unreadable
from regulator.wire.ministry.mending import Mended, as_text, find, is_blank, mend
from regulator.wire.ministry.shapes import SHAPES, Envelope, Shape, misspellings

_decode = msgspec.json.Decoder(Envelope).decode
_keys = msgspec.json.Decoder(dict[str, msgspec.Raw])
_items = msgspec.json.Decoder(list[msgspec.Raw])
_MOST_DIGITS = 40
_LONGEST_COMPANY = 32
_NUL = b"\\u0000"
_UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def read_json(payload: bytes) -> Batch | Lost:
    """Take a JSON envelope apart; raises ``Unreadable``."""
    try:
        envelope = _decode(payload)
    except _UNDECODABLE:
        return read_tolerantly(payload)
    shape = SHAPES.get(envelope.IPCType)
    records = None if shape is None else getattr(envelope, shape.name)
    if shape is None or records is None or _NUL in payload:
        return read_tolerantly(payload)
    return Batch(shape, envelope.CompanyId or "", records)


def read_tolerantly(payload: bytes) -> Batch | Lost:
    """Take any JSON envelope apart, record by record."""
    keys = _read(_keys, payload)
    envelope = {key: _scalar(keys[key]) for key in keys if key not in SHAPES}
    name, misspelt_type = find("IPCType", envelope)
    shape = SHAPES.get(name) if isinstance(name, str) else None
    payload_key = None if shape is None else _payload_key(shape.name, keys)
    company, repaired_company = _company(envelope)
    if shape is None or payload_key is None:
        return Lost(Refusal.UNKNOWN_TYPE, company, "" if shape is None else shape.name)
    repaired = {
        "CompanyId": repaired_company,
        "IPCType": misspelt_type,
        shape.name: payload_key != shape.name,
    }
    flaws = tuple(Flaw(key, FlawKind.REPAIRED) for key, was in repaired.items() if was)
    return Batch(shape, company, _records(bytes(keys[payload_key])), _decode_record, flaws)


def _decode_record(shape: Shape, raw: bytes) -> Any:
    """Decode one record strictly, or mend it."""
    if _NUL not in raw:
        try:
            return shape.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError):
            pass
    return _mended(shape, raw)


def _mended(shape: Shape, raw: bytes) -> Mended:
    return mend(shape, json.loads(raw, parse_int=_whole_number, parse_float=Decimal))


def _whole_number(digits: str) -> int | Decimal:
    """Python refuses to read integers of thousands of digits; none is of use here."""
    return int(digits) if len(digits) <= _MOST_DIGITS else Decimal(digits)


def _read(decoder: msgspec.json.Decoder[Any], payload: bytes) -> Any:
    """Decode the outside of an envelope."""
    try:
        payload.decode()
        return decoder.decode(payload)
    except _UNDECODABLE as error:
        raise Unreadable from error


def _scalar(raw: msgspec.Raw) -> Any:
    """Return a text or number; None for anything else, which no key of an envelope holds."""
    first = bytes(raw)[:1]
    if first not in b'"-0123456789':
        return None
    return json.loads(bytes(raw), parse_int=_whole_number, parse_float=Decimal)


def _company(envelope: Mapping[str, Any]) -> tuple[str, bool]:
    value, misspelt = find("CompanyId", envelope)
    if is_blank(value):
        return "", False
    text, retyped = as_text(value)
    return (text, misspelt or retyped) if len(text) <= _LONGEST_COMPANY else ("", False)


def _payload_key(name: str, keys: Mapping[str, msgspec.Raw]) -> str | None:
    """Return the key under which the payload is, null counting as absent."""
    return next(
        (key for key in (name, *misspellings(name)) if bytes(keys.get(key, b"null")) != b"null"), None
    )


def _records(raw: bytes) -> list[bytes]:
    """Return the records' bytes: of an array, or of a single object in its place."""
    if raw.startswith(b"{"):
        return [raw]
    if not raw.startswith(b"["):
        raise Unreadable
    return [bytes(item) for item in _read(_items, raw)]
