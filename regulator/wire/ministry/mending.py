"""Records that a typed decode will not have: repaired where they can be, blanked where they cannot.

Whatever is wrong with a field stays with that field: refusal is no escape from being judged
(contract, section 2).
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from math import inf
from typing import Any, NamedTuple

from regulator.domain.feed import Flaw, FlawKind
from regulator.wire.ministry.content import plain, storable
from regulator.wire.ministry.fields import Kind
from regulator.wire.ministry.rules import RULES, FieldRule
from regulator.wire.ministry.shapes import Shape, misspellings

_WHOLE = re.compile(r"-?[0-9]{1,40}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?", re.ASCII)
"""Numbers as JSON writes them; leading zeros do no harm."""


class Mended(NamedTuple):
    """A record fit to be read, its content after repair and before blanking, and its flaws.

    ``is_object`` is False for an item that is no record at all, such as a null in the payload.
    """

    record: Any
    content: tuple[Any, ...]
    flaws: tuple[Flaw, ...]
    is_object: bool = True


def mend(shape: Shape, raw: object) -> Mended:
    """Mend one record; what is no JSON object has no fields at all."""
    record: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
    flaws: list[Flaw] = []
    values: dict[str, Any] = {}
    content: list[Any] = []
    for rule in RULES[shape.name]:
        value = kept = record.get(rule.name)
        if not rule.admits(value) and (value is not None or rule.required or rule.misspellings):
            value, kept = mend_field(rule, record, flaws)
        elif rule.kind is Kind.DECIMAL and value is not None:
            value = kept = float(value)
        values[rule.name] = value
        content.append(kept)
    told = (*flaws, *personal_flaws(shape, record))
    return Mended(shape.struct(**values), tuple(content), told, isinstance(raw, dict))


def personal_flaws(shape: Shape, record: Mapping[str, Any]) -> tuple[Flaw, ...]:
    """Return the flaws of a record that names passengers where they have no business."""
    if record.keys().isdisjoint(shape.personal):
        return ()
    told = [key for key in shape.personal if not is_blank(record.get(key))]
    return tuple([Flaw(key, FlawKind.PERSONAL_DATA) for key in told])


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


def is_number(value: object) -> bool:
    """Tell whether JSON or protobuf sent a number; true and false are none."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def as_text(value: object) -> object:
    """Return a number as its text, and anything else as it is."""
    return str(value) if is_number(value) else value


def mend_field(rule: FieldRule, record: Mapping[str, Any], flaws: list[Flaw]) -> tuple[Any, Any]:
    """Return what a reader is given and what the record said; append the field's flaws."""
    sent, misspelt = find(rule.name, record)
    if is_blank(sent):
        if rule.required:
            flaws.append(Flaw(rule.name, FlawKind.MISSING_FIELD))
        return rule.nothing, None
    value = as_text(sent) if rule.kind is Kind.TEXT else as_number(sent, rule.kind)
    if misspelt or isinstance(value, str) is not isinstance(sent, str):
        flaws.append(Flaw(rule.name, FlawKind.REPAIRED))
    if rule.admits(value):
        return value, value
    flaws.append(Flaw(rule.name, FlawKind.BAD_FIELD))
    if isinstance(value, str) and rule.admits(stored := storable(value)):
        return stored, plain(value)
    return rule.nothing, plain(value)


def as_number(value: object, kind: Kind) -> object:
    """Return a number of the field's kind from a number or its text, and anything else as it is."""
    number = value
    if isinstance(value, str):
        if _WHOLE.fullmatch(value):
            number = int(value)
        elif _NUMBER.fullmatch(value):
            number = float(value)
    if kind is Kind.DECIMAL:
        return _as_decimal(number) if is_number(number) else number  # type: ignore[arg-type]  # a number
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _as_decimal(number: float | Decimal) -> float:
    """Return a number as a float; one beyond all floats is infinite, which no field admits."""
    try:
        return float(number)
    except OverflowError:
        return inf
