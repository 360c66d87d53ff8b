"""What a field admits, as a function of the value: what a typed decode answers, field by field."""

from collections.abc import Callable

import msgspec

from regulator.wire.ministry.content import is_storable
from regulator.wire.ministry.fields import Field, Kind
from regulator.wire.ministry.shapes import SHAPES, misspellings

Admits = Callable[[object], bool]


class FieldRule(msgspec.Struct, frozen=True):
    """A field as the mender meets it. ``nothing`` stands for a value that is missing or unusable."""

    name: str
    kind: Kind
    required: bool
    misspellings: tuple[str, ...]
    nothing: str | None
    admits: Admits


def rule_of(field: Field) -> FieldRule:
    """Return the rule of one field."""
    is_required_text = field.required and field.kind is Kind.TEXT
    return FieldRule(
        name=field.name,
        kind=field.kind,
        required=field.required,
        misspellings=misspellings(field.name),
        nothing="" if is_required_text else None,
        admits=_admits(field),
    )


def _admits(field: Field) -> Admits:
    """Return what tells whether a value needs no mending; a blank one does."""
    if field.kind is Kind.TEXT:
        return _admits_text(field)
    if field.kind is Kind.DECIMAL:
        return _admits_decimal(field.greatest_decimal)
    if field.codes:
        numbers = frozenset(field.codes)
        return lambda value: type(value) is int and value in numbers
    least, greatest = field.bounds
    return lambda value: type(value) is int and least <= value <= greatest


def _admits_text(field: Field) -> Admits:
    if field.codes:
        texts = frozenset(field.codes)
        return lambda value: type(value) is str and value in texts
    greatest = 1 << 62 if field.length is None else field.length
    least = greatest if field.fixed else 1

    def admits(value: object) -> bool:
        return (
            type(value) is str
            and least <= len(value) <= greatest
            and not value.isspace()
            and is_storable(value)
        )

    return admits


def _admits_decimal(greatest: float) -> Admits:
    def admits(value: object) -> bool:
        return (type(value) is float or type(value) is int) and -greatest < value < greatest

    return admits


RULES = {name: tuple(map(rule_of, shape.type.fields)) for name, shape in SHAPES.items()}
"""The rules of each type's fields, in the table's order."""
