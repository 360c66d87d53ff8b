"""Rows of a register file between being read and being put together.

What all rows of a thing must agree in is its head, what each adds are its pieces; both travel as
bytes, because a file may hold more rows than memory does.
"""

from collections.abc import Iterable
from datetime import date

import msgspec

from regulator.domain.drivers import Driver, DriverNumber
from regulator.domain.episodes import Episode, EpisodeEvent, EpisodeNumber, EpisodeStep
from regulator.domain.instants import Instant
from regulator.domain.licences import (
    Certificate,
    LicenceKind,
    Period,
    SourceName,
    Statement,
    Subject,
    VehicleDescription,
)
from regulator.domain.plates import Plate
from regulator.wire.register_episodes import EPISODE

_FOREVER = 1 << 62
_STEPS = list(EpisodeStep)


class LicenceHead(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the rows of one certificate agree in. ``sequence`` None: the file does not say."""

    subject: Subject
    sequence: int | None
    area: str
    first_registered: date | None
    recorded_at: Instant | None
    vehicle: VehicleDescription | None


class EpisodeHead(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the rows of one episode agree in. ``sequence`` None: the file does not say."""

    vehicle: Plate
    driver: Driver
    sequence: int | None
    authority: str
    document: str


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row: the thing it is about, its head and pieces, and the driver's number it names."""

    kind: str
    name: str
    head: bytes
    pieces: bytes
    driver: Driver | None = None
    number: DriverNumber | None = None


class Thing(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The rows of one certificate or episode. ``row``: the number of the first."""

    kind: str
    name: str
    row: int
    head: bytes
    pieces: tuple[bytes, ...]


encode_part = msgspec.msgpack.Encoder().encode
_licence = msgspec.msgpack.Decoder(LicenceHead)
_episode = msgspec.msgpack.Decoder(EpisodeHead)
_periods = msgspec.msgpack.Decoder(list[Period])
_events = msgspec.msgpack.Decoder(list[EpisodeEvent])


def word_of(thing: Thing, source: SourceName) -> tuple[Statement | Episode, bool]:
    """Return a thing's whole statement, and whether the file names its sequence (if not, it is 0)."""
    return _episode_of(thing, source) if thing.kind == EPISODE else _statement_of(thing, source)


def disagreement(kind: str, one: bytes, other: bytes) -> tuple[str, str]:
    """Return the first column in which the head of a row differs from another's, and what it holds."""
    decoder = _episode if kind == EPISODE else _licence
    first, second = decoder.decode(one), decoder.decode(other)
    for name in first.__struct_fields__:
        value = getattr(first, name)
        if value != getattr(second, name):
            personal = name == "driver" or (name == "subject" and kind == LicenceKind.DRIVER_CERTIFICATE)
            return name, "…" if personal else _written(value)
    raise ValueError("the rows agree")


def _statement_of(thing: Thing, source: SourceName) -> tuple[Statement, bool]:
    head = _licence.decode(thing.head)
    statement = Statement(
        source=source,
        kind=LicenceKind(thing.kind),
        certificate=Certificate(thing.name),
        subject=head.subject,
        sequence=head.sequence or 0,
        periods=_in_order(period for piece in thing.pieces for period in _periods.decode(piece)),
        area=head.area,
        first_registered=head.first_registered,
        recorded_at=head.recorded_at,
        vehicle=head.vehicle,
    )
    return statement, head.sequence is not None


def _episode_of(thing: Thing, source: SourceName) -> tuple[Episode, bool]:
    head = _episode.decode(thing.head)
    events = {event for piece in thing.pieces for event in _events.decode(piece)}
    episode = Episode(
        source=source,
        number=EpisodeNumber(thing.name),
        sequence=head.sequence or 0,
        events=tuple(sorted(events, key=_by_step)),
        vehicle=head.vehicle,
        driver=head.driver,
        authority=head.authority,
        document=head.document,
    )
    return episode, head.sequence is not None


def _in_order(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The order of a file's rows says nothing, and neither does a row that stands there twice."""
    found = tuple(periods)
    return found if len(found) == 1 else tuple(sorted(set(found), key=_by_time))


def _by_time(period: Period) -> tuple[int, int, str]:
    return period.start, _FOREVER if period.end is None else period.end, period.state


def _by_step(event: EpisodeEvent) -> tuple[int, int]:
    return event.at, _STEPS.index(event.step)


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case VehicleDescription():
            return " ".join(filter(None, msgspec.structs.astuple(value)))
        case _:
            return str(value)
