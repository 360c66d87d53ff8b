"""JSON envelopes that are not clean, read as tolerantly as the contract wants.

Each record is decoded by itself, so that only the bad ones are mended.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NoReturn

import msgspec

from regulator.domain.feed import Flaw, FlawKind, Refusal
from regulator.wire.ministry.batches import LONGEST_COMPANY, Batch, Lost, Unreadable
from regulator.wire.ministry.mending import Mended, find, is_blank, is_number
from regulator.wire.ministry.mending_few import mend_quickly
from regulator.wire.ministry.shapes import SHAPES, Shape, misspellings

NUL = b"\\u0000"
"""How JSON writes a character that no database takes; a strict decode would let it through."""

_keys = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_items = msgspec.json.Decoder(list[msgspec.Raw]).decode
_MOST_DIGITS = 4300
"""So many the fast parser reads, its sign included; Python by default reads no more either."""
_SPOKEN = ("IPCType", *misspellings("IPCType"), "CompanyId", *misspellings("CompanyId"))


def read_tolerantly(payload: bytes) -> Batch | Lost:
    """Take any JSON envelope apart; raises ``Unreadable``."""
    keys = outside(payload)
    spoken = {key: opened(keys[key]) for key in _SPOKEN if key in keys}
    name, misspelt_type = find("IPCType", spoken)
    shape = SHAPES.get(name) if isinstance(name, str) else None
    payload_key = None if shape is None else _payload_key(shape.name, keys)
    company, repaired_company = _company(spoken)
    if shape is None or payload_key is None:
        return Lost(Refusal.UNKNOWN_TYPE, company, "" if shape is None else shape.name)
    repaired = {"IPCType": misspelt_type, shape.name: payload_key != shape.name}
    flaws = tuple(Flaw(key, FlawKind.REPAIRED) for key, was in repaired.items() if was)
    company_flaws = (Flaw("CompanyId", FlawKind.REPAIRED),) if repaired_company else ()
    records = records_in(keys[payload_key])
    read = mend_record if len(records) == 1 and not flaws + company_flaws else read_record
    return Batch(shape, company, records, read, flaws, company_flaws)


def outside(payload: bytes) -> Mapping[str, Any]:
    """Return the envelope's keys with their values unread, or read where that is the only way.

    The fast parser takes half of a UTF-16 pair for the end of the world; Python's does not.
    """
    try:
        text = payload.decode()
        keys = _keys(payload)
    except msgspec.DecodeError:
        keys = _loaded(text)
    except (UnicodeDecodeError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(keys, dict):
        raise Unreadable
    return keys


def _loaded(text: str) -> Any:
    """Read JSON that the fast parser will not have: halves of UTF-16 pairs, endless numbers."""
    try:
        return json.loads(text, parse_int=_whole, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error


def _whole(digits: str) -> int | Decimal:
    """Python refuses to read integers of thousands of digits; none is of use here."""
    return int(digits) if len(digits) <= _MOST_DIGITS else Decimal(digits)


def _no_number(name: str) -> NoReturn:
    """NaN and Infinity are no JSON."""
    raise ValueError(name)


def opened(value: Any) -> Any:
    """Return a value of ``outside`` as JSON has it."""
    return anything(bytes(value)) if isinstance(value, msgspec.Raw) else value


def anything(raw: bytes) -> Any:
    """Read one JSON value, whatever it is; raises ``Unreadable``."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return _loaded(raw.decode())


def _company(spoken: Mapping[str, Any]) -> tuple[str, bool]:
    """Return who speaks, blank where that cannot be told, and whether it had to be repaired."""
    value, misspelt = find("CompanyId", spoken)
    if is_blank(value) or not (isinstance(value, str) or is_number(value)):
        return "", False
    text = str(value)
    return (text, misspelt or not isinstance(value, str)) if len(text) <= LONGEST_COMPANY else ("", False)


def _payload_key(name: str, keys: Mapping[str, Any]) -> str | None:
    """Return the key under which the payload is; a null counts as absent."""
    return next((key for key in (name, *misspellings(name)) if not _is_null(keys.get(key))), None)


def _is_null(value: Any) -> bool:
    return value is None or (isinstance(value, msgspec.Raw) and bytes(value) == b"null")


def records_in(value: Any) -> Sequence[Any]:
    """Return the records, unread if they can be: of an array, or of one object in its place."""
    if isinstance(value, msgspec.Raw):
        raw = bytes(value)
        if raw.startswith(b"{"):
            return [raw]
        value = [bytes(item) for item in _items(raw)] if raw.startswith(b"[") else None
    if isinstance(value, dict):
        return [value]
    if not isinstance(value, list):
        raise Unreadable
    return value


def read_record(shape: Shape, record: Any) -> Any:
    """Decode one record strictly, or mend it."""
    if isinstance(record, bytes) and NUL not in record:
        try:
            return shape.decode(record)
        except msgspec.DecodeError:
            pass
    return mend_record(shape, record)


def mend_record(shape: Shape, record: Any) -> Mended:
    """Mend one record, such as the only one of an envelope in which nothing else can be at fault."""
    if not isinstance(record, bytes):
        return mend_quickly(shape, record)
    try:
        return mend_quickly(shape, anything(record))
    except Unreadable:  # nested deeper than Python goes, and not as deep as would sink the message
        return mend_quickly(shape, None)
