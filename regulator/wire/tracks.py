"""Where cars were last, to and from the bytes of ``tracks``: one message a run, one row a car."""

from collections.abc import Iterable

import msgspec

from regulator.domain.feed import BizStatus, Position
from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId, OrderNumber
from regulator.domain.places import RawPlace
from regulator.domain.plates import Plate


class Track(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One car's newest position of a run. Speed in km/h, direction in degrees clockwise from north."""

    company: CompanyId
    vehicle: Plate
    at: Instant
    place: RawPlace
    speed: int | None = None
    direction: int | None = None
    status: BizStatus = BizStatus.UNKNOWN
    order: OrderNumber | None = None


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(list[Track])


def encode_tracks(moved: Iterable[tuple[CompanyId, Position]]) -> bytes:
    """Write the newest positions of a run; one without a place is no track."""
    return _encoder.encode(
        [_track(company, one, one.place) for company, one in moved if one.place is not None]
    )


def decode_tracks(payload: bytes) -> list[Track]:
    """Read what ``encode_tracks`` wrote."""
    return _decoder.decode(payload)


def _track(company: CompanyId, position: Position, place: RawPlace) -> Track:
    return Track(
        company,
        position.vehicle,
        position.at,
        place,
        position.speed,
        position.direction,
        position.status,
        position.order,
    )
