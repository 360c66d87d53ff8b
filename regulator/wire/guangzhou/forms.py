"""What is derived from the table: each command's fields as rules, and the shape its records take.

The source that the table is from gives names and units and neither lengths nor obligations. A field
that means one of the ministry's has that one's; any other is a text that may be left out.
"""

from collections.abc import Iterator, Mapping

import msgspec

from regulator.wire.guangzhou.commands import Command
from regulator.wire.guangzhou.quick_fields import Quick, quick
from regulator.wire.guangzhou.table import COMMANDS
from regulator.wire.ministry.fields import Field, Kind, optional
from regulator.wire.ministry.rules import FieldRule, rule_of
from regulator.wire.ministry.shapes import PERSONAL, SHAPES, Shape
from regulator.wire.ministry.table import Key, MessageType

_PASSENGERS = (*PERSONAL, "passengerName", "passengerPhone", "psgName", "psgTel")
"""A passenger's name and phone, by whatever key."""
_OWN_CODES = 0x7000
"""From here on types are numbered that the ministry does not have."""


class FormField(msgspec.Struct, frozen=True):
    """A field as the mender meets it.

    ``means`` is the ministry's field, or its own name if it is none of them. ``is_silent``: leaving
    it out is no fault, and its name cannot be misspelt.
    """

    name: str
    means: str
    quick: Quick
    is_silent: bool
    rule: FieldRule
    is_integer: bool


class Form(msgspec.Struct, frozen=True):
    """One command: its fields, and the shape of what its records become.

    ``nothing`` is a record of that shape that says nothing; ``content`` are the ministry's fields,
    then those that are its own, in the order in which they are digested; ``called`` says what the
    platform calls a field of the shape; ``personal`` are passengers' data that the command may not have.
    """

    command: Command
    shape: Shape
    fields: tuple[FormField, ...]
    nothing: Mapping[str, str | None]
    content: tuple[str, ...]
    called: Mapping[str, str]
    personal: tuple[str, ...]


def _form(number: int, command: Command) -> Form:
    shape = SHAPES[command.same_as] if command.same_as else Shape(_own_type(number, command))
    fields = tuple(_fields(command, shape))
    nothing = {field.name: rule_of(field).nothing for field in shape.type.fields}
    own = tuple(field.name for field in fields if field.means not in nothing)
    return Form(
        command=command,
        shape=shape,
        fields=fields,
        nothing=nothing,
        content=(*nothing, *own),
        called={field.means: field.name for field in fields},
        personal=tuple(key for key in _PASSENGERS if key not in command.fields),
    )


def _own_type(number: int, command: Command) -> MessageType:
    """Describe a command that the ministry has no type for: who speaks, and about which order if any."""
    company = optional(1, "CompanyId", Kind.TEXT, "V32")
    if not command.names_order:
        return MessageType(command.name, _OWN_CODES + number, (company,))
    order = Field(2, "OrderId", Kind.TEXT, "V64")
    return MessageType(command.name, _OWN_CODES + number, (company, order), Key.ORDER)


def _fields(command: Command, shape: Shape) -> Iterator[FormField]:
    known = {field.name: field for field in shape.type.fields}
    by_letters = {name.lower(): name for name in known}
    for number, name in enumerate(command.fields, start=1):
        means = command.means.get(name) or by_letters.get(name.lower(), "")
        is_integer = name in command.integers
        field = _own_field(number, name, command) if not means else _as_known(number, name, known[means])
        if name in command.free:
            field = msgspec.structs.replace(field, required=False)
        rule = rule_of(field)
        is_silent = not rule.required and not rule.misspellings
        yield FormField(name, means or name, quick(rule, is_integer=is_integer), is_silent, rule, is_integer)


def _own_field(number: int, name: str, command: Command) -> Field:
    if name in command.integers:
        return optional(number, name, Kind.SIGNED)
    return optional(number, name, Kind.TEXT, "V32" if name == command.spare else "")


def _as_known(number: int, name: str, known: Field) -> Field:
    return msgspec.structs.replace(known, number=number, name=name)


FORMS: Mapping[str, Form] = {
    name: _form(number, command) for number, (name, command) in enumerate(COMMANDS.items(), start=1)
}
