"""A protobuf envelope cut into smaller ones, without a look into its records."""

from collections.abc import Iterator
from typing import NamedTuple

LARGEST_PIECE = 500_000
"""Bytes of one message onto a feed, below what the topic takes, and the border of protobuf."""

MOST_RECORDS = 4_000
"""Records of one message, below what the border takes."""

COMPANY, SOURCE, TYPE = 1, 2, 3
"""Numbers of an envelope's own fields; every other field is a record."""

HEAD = 64 * 1024
"""Bytes that are kept of what can be no message: cut inside a record they read as nothing."""


class Senseless(Exception):
    """These bytes are no envelope."""


class Field(NamedTuple):
    """A field of a protobuf message: its number, its value if that is a number, and where its bytes are."""

    number: int
    value: int
    start: int
    content: int
    end: int


class Piece(NamedTuple):
    """An envelope, or a part of one with the same head."""

    payload: bytes
    records: int


def cut(content: bytes, fields: list[Field]) -> Iterator[Piece]:
    """Yield an envelope in as few pieces as are small enough; `fields` are its, in their order."""
    start, end = (fields[0].start, fields[-1].end) if fields else (0, 0)
    records = [one for one in fields if one.number > TYPE]
    if end - start <= LARGEST_PIECE and len(records) <= MOST_RECORDS:
        yield Piece(content[start:end], len(records))
        return
    head = b"".join(content[one.start : one.end] for one in fields if one.number <= TYPE)
    gathered: list[bytes] = []
    size = 0
    for record in (content[one.start : one.end] for one in records):
        if len(head) + len(record) > LARGEST_PIECE:
            yield Piece((head + record)[:HEAD], 1)
            continue
        if gathered and (len(head) + size + len(record) > LARGEST_PIECE or len(gathered) == MOST_RECORDS):
            yield Piece(b"".join([head, *gathered]), len(gathered))
            gathered, size = [], 0
        gathered.append(record)
        size += len(record)
    if gathered:
        yield Piece(b"".join([head, *gathered]), len(gathered))


def fields_of(content: bytes, place: int, end: int) -> Iterator[Field]:
    """Yield the fields of a message; raises IndexError or Senseless where the bytes make no sense."""
    while place < end:
        start = place
        tag, place = _varint(content, place)
        value, width = 0, 0
        match tag & 7:
            case 0:
                value, place = _varint(content, place)
            case 2:
                width, place = _varint(content, place)
            case 1:
                width = 8
            case 5:
                width = 4
            case _:
                raise Senseless
        if tag < 8 or place + width > end:
            raise Senseless
        yield Field(tag >> 3, value, start, place, place + width)
        place += width


def _varint(content: bytes, place: int) -> tuple[int, int]:
    byte = content[place]
    if byte < 128:
        return byte, place + 1
    number, shift = byte & 127, 7
    while byte > 127:
        if shift > 63:
            raise Senseless
        place += 1
        byte = content[place]
        number |= (byte & 127) << shift
        shift += 7
    return number, place + 1


def varint(number: int) -> bytes:
    """Write a number as protobuf does."""
    written = bytearray()
    while number > 127:
        written.append(number & 127 | 128)
        number >>= 7
    written.append(number)
    return bytes(written)
