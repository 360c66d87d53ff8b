"""What msgspec is told about each type, generated from the table.

A record's struct is so strict that a successful decode proves the record clean but for what only a
calendar or a check digit can say. Field order is the table's, so that a record's values in order
are its content whatever the sender's order of keys.
"""

from collections.abc import Callable, Iterable
from functools import cache
from itertools import combinations
from operator import attrgetter, itemgetter
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from regulator.wire.ministry.checks import checks_of
from regulator.wire.ministry.fields import Field, Kind
from regulator.wire.ministry.table import TYPES, MessageType
from regulator.wire.ministry.times import Clock, Instants, local_time, position_time

PERSONAL = ("PassengerName", "PassengerPhone")
"""Keys that have no business outside baseInfoPassenger."""


@cache
def misspellings(name: str) -> tuple[str, ...]:
    """Return a key as OCR and careless typing write it: any capital I as a small l."""
    places = [index for index, letter in enumerate(name) if letter == "I"]
    chosen = (some for size in range(1, len(places) + 1) for some in combinations(places, size))
    return tuple("".join("l" if i in some else letter for i, letter in enumerate(name)) for some in chosen)


def _annotation(field: Field) -> Any:
    """Return the type that admits exactly the values that need no mending."""
    if field.codes:
        return Literal[field.codes]
    if field.kind is Kind.TEXT:
        least = 1 if field.required else None
        return Annotated[
            str, Meta(min_length=field.length if field.fixed else least, max_length=field.length)
        ]
    if field.kind is Kind.DECIMAL:
        return Annotated[float, Meta(gt=-field.greatest_decimal, lt=field.greatest_decimal)]
    least, greatest = field.bounds
    return Annotated[int, Meta(ge=least, le=greatest)]


def personal_keys(message_type: MessageType) -> tuple[str, ...]:
    """Return the keys of passengers' data that a type may not have."""
    return tuple(key for key in PERSONAL if not message_type.has(key))


def _fields(message_type: MessageType) -> list[Any]:
    return [
        (field.name, _annotation(field)) if field.required else (field.name, _annotation(field) | None, None)
        for field in message_type.fields
    ]


def _array_struct(message_type: MessageType) -> Any:
    """Return a twin of the record's struct that is made from its values in the table's order."""
    values = [(name, kind | None if rest else kind) for name, kind, *rest in _fields(message_type)]
    return msgspec.defstruct(message_type.name, values, frozen=True, gc=False, array_like=True)


def _record_struct(message_type: MessageType) -> Any:
    fields = _fields(message_type)
    guards = [key for field in message_type.fields for key in misspellings(field.name)]
    guards += personal_keys(message_type)
    fields += [(key, None, None) for key in guards]
    return msgspec.defstruct(message_type.name, fields, kw_only=True, frozen=True, gc=False)


def values_of(names: Iterable[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return a function that takes several attributes of something as a tuple."""
    chosen = tuple(names)
    if len(chosen) > 1:
        return attrgetter(*chosen)
    if not chosen:
        return lambda record: ()
    only = attrgetter(chosen[0])
    return lambda record: (only(record),)


def values_in(places: Iterable[int]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """Return a function that takes several values of a tuple as a tuple."""
    chosen = tuple(places)
    if len(chosen) > 1:
        return itemgetter(*chosen)
    return itemgetter(slice(chosen[0], chosen[0] + 1) if chosen else slice(0))


def _instants(names: tuple[str, ...], clock: Clock) -> Callable[[Any], Instants]:
    """Return a function that reads a record's times, the event time first."""
    if len(names) == 1:
        only = attrgetter(names[0])
        return lambda record: (clock(only(record)),)
    times = values_of(names)
    return lambda record: tuple([clock(time) for time in times(record)])


def _index(names: tuple[str, ...], name: str) -> int:
    """Return where a name stands; -1 for none."""
    return names.index(name) if name else -1


class Shape:
    """One type's struct, decoder and accessors."""

    def __init__(self, message_type: MessageType) -> None:
        self.type = message_type
        self.is_position = message_type.is_position
        self.key, self.own_key = message_type.key, message_type.own_key
        self.personal = personal_keys(message_type)
        self.name = message_type.name
        self.struct = _record_struct(message_type)
        self.array_struct = _array_struct(message_type)
        self.decode = msgspec.json.Decoder(self.struct).decode
        fields = message_type.fields
        texts = [field for field in fields if field.kind is Kind.TEXT and not field.codes]
        self.texts = values_of(field.name for field in texts if field.required)
        known = ("CompanyId", "LicenseId")
        doubtful = (field for field in texts if field.required and field.name not in known)
        self.doubtful_in = values_in(map(fields.index, doubtful))
        self.blankable = tuple(fields.index(field) for field in texts if not field.required)
        self.time_names = message_type.times
        self.times = values_of(self.time_names)
        names = [field.name for field in fields]
        self.times_in = values_in(map(names.index, self.time_names))
        unix = any(field.kind is Kind.UNIX_TIME for field in fields)
        self.instants = _instants(self.time_names, position_time if unix else local_time)
        self.checks = checks_of(message_type)
        self.decimals = tuple(index for index, field in enumerate(fields) if field.kind is Kind.DECIMAL)
        self.width = len(fields)
        self.names_driver = message_type.has("LicenseId")
        self.names_order = message_type.has("OrderId")
        self.is_timed = bool(message_type.timely_by)
        self.index_of_timely = _index(self.time_names, message_type.timely_by)
        self.not_before = tuple(_index(self.time_names, name) for name in message_type.not_before)


SHAPES = {message_type.name: Shape(message_type) for message_type in TYPES}
