"""Protobuf envelopes, ``OTIpc`` and ``OTIpcList``, with message classes made from the table.

Everything is optional to the parser, so that a field that is missing is a flaw of one record and
not the end of its message. Values then pass the same checks as JSON's.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

import msgspec
from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError
from google.protobuf.message_factory import GetMessages

from regulator.domain.feed import Refusal
from regulator.wire.ministry.batches import LONGEST_COMPANY, MOST_RECORDS, Batch, Lost, ReadRecord, Unreadable
from regulator.wire.ministry.fields import Kind
from regulator.wire.ministry.mending_few import mend_values
from regulator.wire.ministry.shapes import SHAPES, Shape, values_of
from regulator.wire.ministry.table import MessageType
from regulator.wire.ministry.varints import MANY_BYTES, has_more_fields

_convert = msgspec.convert
_PACKAGE = "ministry"
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


def read_protobuf(payload: bytes) -> Sequence[Batch | Lost]:
    """Take an OTIpc or OTIpcList apart; raises ``Unreadable``.

    The bytes of a list parse as an OTIpc too, which then has nothing but a CompanyId.
    """
    if len(payload) > MANY_BYTES and has_more_fields(payload, MOST_RECORDS + 3):
        raise Unreadable
    single = _parse(OTIpc, payload)
    if single is not None and (single.HasField("IPCType") or single.HasField("Source")):
        return (_batch(single, payload),)
    several = _parse(OTIpcList, payload)
    if several is not None and several.otpic:
        return [_batch(envelope, payload) for envelope in several.otpic]
    if single is None or not single.ListFields():
        raise Unreadable
    return (Lost(Refusal.UNKNOWN_TYPE, _company(single)),)


def _parse(message_class: Any, payload: bytes) -> Any:
    try:
        return message_class.FromString(payload)
    except DecodeError:
        return None


_CODES = {shape.type.code: shape for shape in SHAPES.values()}


def _batch(envelope: Any, payload: bytes) -> Batch | Lost:
    shape = _CODES.get(envelope.IPCType)
    records = None if shape is None else getattr(envelope, shape.name)
    if shape is None or not records:
        return Lost(Refusal.UNKNOWN_TYPE, _company(envelope), "" if shape is None else shape.name)
    return Batch(shape, _company(envelope), records, _READERS[shape.name][0 in payload])


def _company(envelope: Any) -> str:
    company = envelope.CompanyId
    return company if isinstance(company, str) and len(company) <= LONGEST_COMPANY else ""


def _reader(shape: Shape, *, wary: bool) -> ReadRecord:
    """Return what turns messages of one type into structs like the shape's, or mends them.

    ``wary``: a text may hold a NUL, which a typed decode would let through.
    """
    fields, struct = list(enumerate(shape.type.fields)), shape.array_struct
    values_in = values_of(field.name for _, field in fields)
    numbers = tuple((place, field.name) for place, field in fields if field.kind is not Kind.TEXT)
    notes = tuple(place for place, field in fields if field.kind is Kind.TEXT and not field.required)
    texts_in = itemgetter(*(place for place, field in fields if field.kind is Kind.TEXT))

    def read(shape: Shape, message: Any) -> Any:
        sent = values_in(message)
        values = list(sent)
        for place in notes:
            if not sent[place]:
                values[place] = None  # an empty text says nothing, whether it was sent or not
        for place, name in numbers:
            if not sent[place] and not message.HasField(name):
                values[place] = None  # nought may have been sent
        try:
            record = _convert(values, struct)
        except msgspec.ValidationError:
            return mend_values(shape, values)
        if wary and "\0" in "".join(texts_in(sent)):
            return mend_values(shape, values)
        return record

    return read


_READERS = {
    shape.name: {wary: _reader(shape, wary=wary) for wary in (False, True)} for shape in SHAPES.values()
}
