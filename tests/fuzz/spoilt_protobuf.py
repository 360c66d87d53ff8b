"""Protobuf envelopes with faults of the wire: varints, tags, lengths, wire types, groups, nesting."""

import struct
from collections.abc import Sequence
from random import Random
from typing import Any

from regulator.wire.ministry.fields import Field
from regulator.wire.ministry.shapes import SHAPES

_VARINT, _FIXED64, _BYTES, _GROUP, _END, _FIXED32 = range(6)
_GREATEST_TAG = 2**29 - 1
_LARGEST = 1 << 20
"""Lists in lists grow fast; the fuzzer has a memory too."""


def varint(number: int, longer: int = 0) -> bytes:
    """Write a varint, by so many bytes longer than it need be."""
    written = bytearray()
    while number > 127 or longer > 0:
        written.append(number & 127 | 128)
        longer -= number <= 127
        number >>= 7
    return bytes(written) + bytes([number])


def _tagged(number: int, kind: int, content: bytes) -> bytes:
    return varint(number << 3 | kind) + content


def delimited(number: int, content: bytes) -> bytes:
    """Write a field of bytes."""
    return _tagged(number, _BYTES, varint(len(content)) + content)


def _field(field: Field, value: Any, rng: Random) -> bytes:
    if isinstance(value, str):
        return delimited(field.number, value.encode("utf-8", "surrogatepass"))
    if field.proto == "float":
        return _tagged(field.number, _FIXED32, struct.pack("<f", value))
    longer = rng.choice([0] * 60 + [1, 3, 9, 12])
    return _tagged(field.number, _VARINT, varint(int(value) & (2**64 - 1), longer))


def _hostile(field: Field, rng: Random) -> bytes:
    """Write a field as no sender should."""
    number = rng.choice([field.number] * 6 + [0, 99, 19_000, _GREATEST_TAG])
    return rng.choice(_HOSTILE)(number, rng)


_HOSTILE = (
    lambda number, rng: _tagged(number, _VARINT, varint(rng.choice([0, 1, 2**31, 2**32, 2**63, 2**64 - 1]))),
    lambda number, rng: _tagged(number, _VARINT, b"\x80" * rng.randint(1, 12)),
    lambda number, rng: _tagged(number, _FIXED64, rng.randbytes(8)),
    lambda number, rng: _tagged(
        number, _FIXED32, rng.choice([b"\0\0\xc0\x7f", b"\0\0\x80\xff", b"\1\0\0\0"])
    ),
    lambda number, rng: delimited(
        number, rng.choice([b"", b" ", b"\0", b"\xff", b"\xed\xa0\x80", b"9" * 40])
    ),
    lambda number, rng: delimited(number, rng.randbytes(rng.choice([1, 10, 300]))),
    lambda number, rng: _tagged(number, _BYTES, varint(rng.choice([5, 2**20, 2**31, 2**63])) + b"abc"),
    lambda number, rng: (
        _tagged(number, _GROUP, b"") * (deep := rng.choice([1, 5, 99, 101]))
        + _tagged(number, _END, b"") * deep
    ),
    lambda number, rng: _tagged(number, _END, b""),
    lambda number, rng: _tagged(number, rng.choice([6, 7]), b"\1"),
)


def _record(fields: Sequence[Field], values: dict[str, Any], rng: Random) -> bytes:
    parts = [_field(field, values[field.name], rng) for field in fields if field.name in values]
    if rng.random() < 0.3:
        parts.insert(rng.randint(0, len(parts)), _hostile(rng.choice(fields), rng))
    if rng.random() < 0.05:
        rng.shuffle(parts)
    if parts and rng.random() < 0.1:
        parts += [rng.choice(parts)] * rng.choice([1, 1, 2, 500])
    return b"".join(parts)


def spoilt_protobuf(name: str, records: Sequence[dict[str, Any]], company: str, rng: Random) -> bytes:
    """Return an ``OTIpc`` or ``OTIpcList`` of the records with a few faults."""
    kind = SHAPES[name].type
    code = rng.choice(
        [kind.code] * 30 + [0, 7, 2**32 - 1, 2**64 - 1, rng.choice(list(SHAPES.values())).type.code]
    )
    number = rng.choice([kind.code] * 30 + [rng.choice(list(SHAPES.values())).type.code])
    head = [delimited(1, company.encode()), delimited(2, b"0"), _tagged(3, _VARINT, varint(code))]
    if rng.random() < 0.1:
        head[rng.randrange(3)] = rng.choice(_HOSTILE)(rng.choice([1, 2, 3]), rng)
    parts = head + [delimited(number, _record(kind.fields, one, rng)) for one in records]
    if rng.random() < 0.1:
        rng.shuffle(parts)
    envelope = b"".join(parts)
    return _listed(envelope, rng) if rng.random() < 0.4 else envelope


def _listed(envelope: bytes, rng: Random) -> bytes:
    """Put envelopes into a list, seldom one list into another, or very many of them."""
    for _ in range(rng.choice([1] * 40 + [2, 3, 50])):
        if len(envelope) > _LARGEST:
            break
        envelope = delimited(1, envelope) * rng.choice([1] * 20 + [2, 3])
    if rng.random() < 0.002:
        small = rng.choice([b"\x0a\x00", envelope[:4000] or b"\0", b"\x0a\x02\x18\x07"])
        return small * (rng.choice([10_000, 1_000_000]) // len(small))
    return envelope
