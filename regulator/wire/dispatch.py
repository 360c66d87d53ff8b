"""The ministry's dispatch: one frame of its WebSocket, taken apart for a feed's two topics.

A frame is an OTIpcList or an OTIpc, often gzipped, of any companies and types. It is taken apart
only as far as which topic, which company and how large; every record's bytes stay as they came. What
cannot be taken apart goes to the orders, where it is refused and answered like anything else.
"""

import zlib
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from regulator.domain.feed import FeedKind
from regulator.wire.ministry.table import TYPES
from regulator.wire.pieces import (
    COMPANY,
    HEAD,
    LARGEST_PIECE,
    MOST_RECORDS,
    SOURCE,
    TYPE,
    Field,
    Piece,
    Senseless,
    cut,
    fields_of,
    varint,
)

TOPICS = (
    "ProvCompany", "ProvCompanyStat", "ProvCompanyPay", "ProvCompanyService", "ProvCompanyPermit",
    "ProvCompanyFare", "ProvVehicle", "ProvVehicleInsurance", "ProvVehicleTotalMile", "ProvDriver",
    "ProvDriverEducate", "ProvDriverApp", "ProvDriverStat", "ProvPassenger", "ProvOrderCreate",
    "ProvOrderMatch", "ProvOrderCancel", "ProvOperateLogin", "ProvOperateLogout", "ProvOperateDepart",
    "ProvOperateArrive", "ProvOperatePay", "ProvPositionDriver", "ProvPositionVehicle",
    "ProvRatedPassenger", "ProvPassengerComplaint", "ProvDriverPunish", "ProvRatedDriver",
)  # fmt: skip
"""What the dispatch offers: every type but those of shared rides."""

LARGEST_INFLATED = 64 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_LIST = b"\n"
_POSITION_CODES = frozenset(type_.code for type_ in TYPES if type_.is_position)
_POSITION_NAMES = frozenset(type_.name for type_ in TYPES if type_.is_position)


class Part(NamedTuple):
    """One message for one of the two topics. Orders of a company follow each other by its key."""

    kind: FeedKind
    company: bytes
    payload: bytes
    readable: bool = True


class _Envelope(NamedTuple):
    kind: FeedKind
    company: bytes
    pieces: list[Piece]


class _Named(msgspec.Struct):
    company: object = msgspec.field(name="CompanyId", default="")
    type: object = msgspec.field(name="IPCType", default="")


def take_apart(frame: bytes) -> list[Part]:
    """Return the messages that a frame makes, in its order; never raises, loses nothing that is readable."""
    try:
        content = _inflated(frame)
        # A protobuf list too may start like a line feed and a brace.
        json = _json(content) if content.lstrip()[:1] == b"{" else None
        return [json] if json is not None else list(_protobuf(content))
    except (Senseless, IndexError):
        return [_unreadable(frame)]


def _inflated(frame: bytes) -> bytes:
    if frame[:2] != _GZIP:
        return frame
    inflate = zlib.decompressobj(wbits=31)
    try:
        content = inflate.decompress(frame, LARGEST_INFLATED)
    except zlib.error as why:
        raise Senseless from why
    if not inflate.eof:  # cut off, or a bomb
        raise Senseless
    return content


def _unreadable(content: bytes) -> Part:
    """Keep so much of it that its receipt says what became of it: cut inside a record it reads as nothing."""
    whole = len(content) <= LARGEST_PIECE
    return Part(FeedKind.ORDERS, b"", content if whole else content[:HEAD], readable=False)


def _json(content: bytes) -> Part | None:
    try:
        named = msgspec.json.decode(content, type=_Named)
    except msgspec.DecodeError:
        return None
    if len(content) > LARGEST_PIECE:
        return _unreadable(content)
    kind = FeedKind.POSITIONS if str(named.type) in _POSITION_NAMES else FeedKind.ORDERS
    return Part(kind, str(named.company).encode(), content)


def _protobuf(content: bytes) -> Iterator[Part]:
    fields = list(fields_of(content, 0, len(content)))
    if any(field.number in (SOURCE, TYPE) for field in fields):
        single = _envelope(content, fields)
        yield from (Part(single.kind, single.company, piece.payload) for piece in single.pieces)
    elif fields and all(field.number == COMPANY for field in fields):
        yield from _listed(content, fields)
    else:
        raise Senseless


def _listed(content: bytes, fields: list[Field]) -> Iterator[Part]:
    """Take a list apart; an envelope without sense goes alone, and hurts no neighbour."""
    envelopes: list[_Envelope] = []
    for one in fields:
        try:
            envelopes.append(_envelope(content, list(fields_of(content, one.content, one.end))))
        except (Senseless, IndexError):
            yield _unreadable(content[one.start : one.end])
    yield from _gather(envelopes)


def _gather(envelopes: list[_Envelope]) -> Iterator[Part]:
    """Gather envelopes by topic and company into lists as large as a message may be."""
    gathered: dict[tuple[FeedKind, bytes], _Gathered] = {}
    for envelope in envelopes:
        key = envelope.kind, envelope.company
        for piece in envelope.pieces:
            entry = _LIST + varint(len(piece.payload)) + piece.payload
            one = gathered.setdefault(key, _Gathered())
            if one.entries and not one.has_room(len(entry), piece.records):
                yield Part(*key, b"".join(one.entries))
                one = gathered[key] = _Gathered()
            one.add(entry, piece.records)
    for key, one in gathered.items():
        yield Part(*key, b"".join(one.entries))


class _Gathered:
    """Entries of a list that is still open."""

    def __init__(self) -> None:
        self.entries: list[bytes] = []
        self._size = self._records = 0

    def has_room(self, size: int, records: int) -> bool:
        return self._size + size <= LARGEST_PIECE and self._records + records <= MOST_RECORDS

    def add(self, entry: bytes, records: int) -> None:
        self.entries.append(entry)
        self._size += len(entry)
        self._records += records


def _envelope(content: bytes, fields: list[Field]) -> _Envelope:
    """Read what an envelope is about; cut it where it is too large."""
    code, company = 0, b""
    for field in fields:
        if field.number == TYPE:
            code = field.value
        elif field.number == COMPANY:
            company = content[field.content : field.end]
    kind = FeedKind.POSITIONS if code in _POSITION_CODES else FeedKind.ORDERS
    return _Envelope(kind, company, list(cut(content, fields)))
