"""Protobuf envelopes, ``OTIpc`` and ``OTIpcList``, with message classes made from the table.

Everything is optional to the parser, so that a field that is missing is a flaw of one record and
not the end of its message. Values then pass the same checks as JSON's.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

import msgspec
from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError
from google.protobuf.message_factory import GetMessages

from regulator.domain.feed import Refusal
from regulator.wire.ministry.batches import LONGEST_COMPANY, MOST_RECORDS, Batch, Lost, Unreadable
from regulator.wire.ministry.fields import Kind
from regulator.wire.ministry.mending_few import mend_values
from regulator.wire.ministry.rules import RULES
from regulator.wire.ministry.shapes import SHAPES, Shape, values_of
from regulator.wire.ministry.table import MessageType
from regulator.wire.ministry.varints import MANY_BYTES, has_more_fields

_convert = msgspec.convert
_PACKAGE = "ministry"
Places = tuple[tuple[int, str], ...]
"""Fields of a type: where each stands in the table, and its name."""
Row = list[Any]
"""What a message says, in the table's order; None where it says nothing."""
_TYPES = {
    "string": FieldDescriptorProto.TYPE_STRING,
    "uint32": FieldDescriptorProto.TYPE_UINT32,
    "uint64": FieldDescriptorProto.TYPE_UINT64,
    "int32": FieldDescriptorProto.TYPE_INT32,
    "float": FieldDescriptorProto.TYPE_FLOAT,
}


def _name(message_type: MessageType) -> str:
    """The interface names messages with a capital, payloads without."""
    return message_type.name[0].upper() + message_type.name[1:]


def _file() -> FileDescriptorProto:
    """Describe the interface's messages to protobuf."""
    file = FileDescriptorProto(name="ministry.proto", package=_PACKAGE, syntax="proto2")
    optional, repeated = FieldDescriptorProto.LABEL_OPTIONAL, FieldDescriptorProto.LABEL_REPEATED
    envelope = file.message_type.add(name="OTIpc")
    for number, name, proto in (
        (1, "CompanyId", "string"),
        (2, "Source", "string"),
        (3, "IPCType", "uint32"),
    ):
        envelope.field.add(name=name, number=number, type=_TYPES[proto], label=optional)
    for message_type in (shape.type for shape in SHAPES.values()):
        record = file.message_type.add(name=_name(message_type))
        for field in message_type.fields:
            record.field.add(name=field.name, number=field.number, type=_TYPES[field.proto], label=optional)
        envelope.field.add(
            name=message_type.name,
            number=message_type.code,
            type=FieldDescriptorProto.TYPE_MESSAGE,
            type_name=f".{_PACKAGE}.{_name(message_type)}",
            label=repeated,
        )
    file.message_type.add(name="OTIpcList").field.add(
        name="otpic",  # the interface's own spelling
        number=1,
        type=FieldDescriptorProto.TYPE_MESSAGE,
        type_name=f".{_PACKAGE}.OTIpc",
        label=repeated,
    )
    return file


MESSAGES: Mapping[str, Any] = GetMessages([_file()], pool=DescriptorPool())
"""The message classes by full name: for readers here, and for whoever writes protobuf in tests."""

OTIpc: Any = MESSAGES[f"{_PACKAGE}.OTIpc"]
OTIpcList: Any = MESSAGES[f"{_PACKAGE}.OTIpcList"]


_has_field = OTIpc.HasField
"""Of any message. Asked of the message it would be looked for among the message's own fields first."""


def read_protobuf(payload: bytes) -> Sequence[Batch | Lost]:
    """Take an OTIpc or OTIpcList apart; raises ``Unreadable``.

    The bytes of a list parse as an OTIpc too, which then has nothing but a CompanyId.
    """
    if len(payload) > MANY_BYTES and has_more_fields(payload, MOST_RECORDS + 3):
        raise Unreadable
    single = _parse(OTIpc, payload)
    if single is not None and (
        single.IPCType in _CODES or single.HasField("IPCType") or single.HasField("Source")
    ):
        return (_batch(single, wary=0 in payload),)
    several = _parse(OTIpcList, payload)
    if several is not None and several.otpic:
        return [_batch(envelope, wary=0 in payload) for envelope in several.otpic]
    if single is None or not single.ListFields():
        raise Unreadable
    return (Lost(Refusal.UNKNOWN_TYPE, _company(single)),)


def _parse(message_class: Any, payload: bytes) -> Any:
    try:
        return message_class.FromString(payload)
    except DecodeError:
        return None


_CODES = {shape.type.code: shape for shape in SHAPES.values()}


def _batch(envelope: Any, *, wary: bool) -> Batch | Lost:
    """Take an envelope apart. ``wary``: a text may hold a NUL, which a typed conversion lets through."""
    shape, company = _CODES.get(envelope.IPCType), _company(envelope)
    messages = [] if shape is None else getattr(envelope, shape.name)[:]
    if shape is None or not messages:
        return Lost(Refusal.UNKNOWN_TYPE, company, "" if shape is None else shape.name)
    if len(messages) > MOST_RECORDS:
        raise Unreadable
    reader = _READERS[shape.name]
    rows = reader.rows(messages)
    clean = reader.clean(rows, wary=wary)
    if clean is not None:
        return Batch(shape, company, clean)
    return Batch(shape, company, list(zip(messages, rows, strict=True)), reader.read)


def _company(envelope: Any) -> str:
    company = envelope.CompanyId
    return company if isinstance(company, str) and len(company) <= LONGEST_COMPANY else ""


class _Reader:
    """Turns messages of one type into structs like the shape's: all together where they are clean."""

    def __init__(self, shape: Shape) -> None:
        fields = shape.type.fields
        self._struct = shape.array_struct
        self._together = _together(shape)
        self._sent_in = values_of(field.name for field in fields)
        self._texts_in = itemgetter(*(place for place, field in enumerate(fields) if field.kind is Kind.TEXT))
        self._nothings, self._noughts = _nothings(shape)

    def rows(self, messages: Iterable[Any]) -> list[Row]:
        """Return what each message says, in the table's order; None where it says nothing."""
        rows, nothings, sent_in = [], self._nothings, self._sent_in
        for message in messages:
            sent = sent_in(message)
            row = [*sent]
            for place, name in nothings:
                if not sent[place] and not (name and _has_field(message, name)):
                    row[place] = None
            rows.append(row)
        return rows

    def clean(self, rows: list[Row], *, wary: bool) -> list[Any] | None:
        """Return records; None where one of them is not clean."""
        try:
            records: list[Any] = _convert((rows,), self._together).records
        except msgspec.ValidationError:
            return None
        holds_nul = wary and _hold_nul(chain.from_iterable(map(self._texts_in, rows)))
        return None if holds_nul else records

    def read(self, shape: Shape, sent: tuple[Any, Row]) -> Any:
        """Return one record of those that are not all clean, or mend it."""
        message, row = sent
        try:
            record = _convert(row, self._struct)
        except msgspec.ValidationError:
            for place, name in self._noughts:
                if not row[place] and not _has_field(message, name):
                    row[place] = None
            return mend_values(shape, row)
        return mend_values(shape, row) if _hold_nul(self._texts_in(row)) else record


def _together(shape: Shape) -> Any:
    """Return what converts many rows in one call; how a struct is made msgspec remembers, of a list not."""
    records = list[shape.array_struct]  # type: ignore[name-defined]  # made at run time
    return msgspec.defstruct(f"{shape.name}Rows", [("records", records)], gc=False, array_like=True)


def _hold_nul(texts: Iterable[str | None]) -> bool:
    return "\0" in "".join(filter(None, texts))


def _nothings(shape: Shape) -> tuple[Places, Places]:
    """Return the fields that may seem to be clean when nothing was sent, and those that seem to be wrong.

    What was not sent reads as nought or an empty text. Nought may have been sent, so these have
    their names; an empty text says nothing, whether it was sent or not.
    """
    seem_clean: list[tuple[int, str]] = []
    seem_wrong: list[tuple[int, str]] = []
    for place, (field, rule) in enumerate(zip(shape.type.fields, RULES[shape.name], strict=True)):
        if field.kind is not Kind.TEXT:
            (seem_wrong if field.required and not rule.admits(0) else seem_clean).append((place, field.name))
        elif not field.required:
            seem_clean.append((place, ""))
    return tuple(seem_clean), tuple(seem_wrong)


_READERS = {shape.name: _Reader(shape) for shape in SHAPES.values()}
