"""Records that a typed decode will not have: repaired where they can be, blanked where they cannot.

Whatever is wrong with a field stays with that field: refusal is no escape from being judged
(contract, section 2).
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from regulator.domain.feed import Flaw, FlawKind
from regulator.wire.ministry.content import plain, storable
from regulator.wire.ministry.fields import GREATEST_DECIMAL, Field, Kind
from regulator.wire.ministry.shapes import PERSONAL, Shape, misspellings

_NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?", re.ASCII)
"""A number as JSON writes it; leading zeros do no harm."""

_MOST_DIGITS = 40


class Mended(NamedTuple):
    """A record fit to be read, its content after repair and before blanking, and its flaws.

    ``is_object`` is False for an item that is no record at all, such as a null in the payload.
    """

    record: Any
    content: tuple[Any, ...]
    flaws: tuple[Flaw, ...]
    is_object: bool = True


class _Unusable(Exception):
    """A value of a type that no repair turns into the field's own."""


def mend(shape: Shape, raw: object) -> Mended:
    """Mend one record; what is no JSON object has no fields at all."""
    record: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
    flaws: list[Flaw] = []
    pairs = [_mend_field(field, record, flaws) for field in shape.type.fields]
    values = {field.name: value for field, (value, _) in zip(shape.type.fields, pairs, strict=True)}
    if shape.is_read:
        flaws += [
            Flaw(key, FlawKind.PERSONAL_DATA)
            for key in PERSONAL
            if not shape.type.has(key) and not is_blank(record.get(key))
        ]
    content = tuple(kept for _, kept in pairs)
    return Mended(shape.struct(**values), content, tuple(flaws), isinstance(raw, dict))


def find(name: str, record: Mapping[str, Any]) -> tuple[Any, bool]:
    """Return a key's value and whether the key was misspelt; a good key with a value comes first."""
    value = record.get(name)
    if is_blank(value):
        for key in misspellings(name):
            if not is_blank(record.get(key)):
                return record[key], True
    return value, False


def is_blank(value: object) -> bool:
    """Tell whether nothing was said: null, or a text of nothing but spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def _mend_field(field: Field, record: Mapping[str, Any], flaws: list[Flaw]) -> tuple[Any, Any]:
    """Return what a reader is given and what the record said; append the field's flaws."""
    nothing = "" if field.kind is Kind.TEXT and field.required else None
    sent, misspelt = find(field.name, record)
    if is_blank(sent):
        if field.required:
            flaws.append(Flaw(field.name, FlawKind.MISSING_FIELD))
        return nothing, None
    try:
        value, retyped = as_text(sent) if field.kind is Kind.TEXT else _as_number(sent, field.kind)
        usable = _admits(field, value)
    except _Unusable:
        value, retyped, usable = sent, False, False
    if misspelt or retyped:
        flaws.append(Flaw(field.name, FlawKind.REPAIRED))
    if not usable:
        flaws.append(Flaw(field.name, FlawKind.BAD_FIELD))
        return nothing, plain(value)
    if isinstance(value, str) and (stored := storable(value)) != value:
        flaws.append(Flaw(field.name, FlawKind.BAD_FIELD))
        return stored, plain(value)
    return value, value


def is_number(value: object) -> bool:
    """Tell whether JSON or protobuf sent a number; true and false are none."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def as_text(value: object) -> tuple[str, bool]:
    """Return a text and whether it was sent as a number; ``value`` is one or the other."""
    if isinstance(value, str):
        return value, False
    if is_number(value):
        return str(value), True
    raise _Unusable


def _as_number(value: object, kind: Kind) -> tuple[int | float, bool]:
    """Return a number of the field's kind and whether it was sent as a text."""
    if type(value) is int and kind is not Kind.DECIMAL:
        return value, False
    retyped = isinstance(value, str)
    if isinstance(value, str):
        if _NUMBER.fullmatch(value) is None:
            raise _Unusable
        value = Decimal(value)
    if not is_number(value):
        raise _Unusable
    number = value if isinstance(value, Decimal) else Decimal(value)  # type: ignore[arg-type]  # a number, see above
    if not number.is_finite() or number.adjusted() > _MOST_DIGITS:
        raise _Unusable
    if kind is Kind.DECIMAL:
        return float(number), retyped
    if number != number.to_integral_value():
        raise _Unusable
    return int(number), retyped


def _admits(field: Field, value: str | int | float) -> bool:
    """Tell whether a value of the right type has an allowed length, code and range."""
    if field.codes:
        return value in field.codes
    if isinstance(value, str):
        return _admits_text(field, value)
    if field.kind is Kind.DECIMAL:
        return -GREATEST_DECIMAL < value < GREATEST_DECIMAL
    least, greatest = field.bounds
    return least <= value <= greatest


def _admits_text(field: Field, value: str) -> bool:
    length = field.length
    return length is None or (len(value) == length if field.fixed else len(value) <= length)
