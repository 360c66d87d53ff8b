"""What platforms told of themselves, to and from the bytes of ``base.<platform>``: one message a run."""

from collections.abc import Iterable

import msgspec

from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId
from regulator.domain.register import Mileage
from regulator.domain.reported import (
    ReportedCar,
    ReportedDriver,
    ReportedFare,
    ReportedInsurance,
    ReportedPermit,
    Told,
)


class _Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One of them is there."""

    company: CompanyId
    arrived_at: Instant
    mileage: Mileage | None = None
    permit: ReportedPermit | None = None
    fare: ReportedFare | None = None
    car: ReportedCar | None = None
    insurance: ReportedInsurance | None = None
    driver: ReportedDriver | None = None


_FIELDS = {
    Mileage: "mileage",
    ReportedPermit: "permit",
    ReportedFare: "fare",
    ReportedCar: "car",
    ReportedInsurance: "insurance",
    ReportedDriver: "driver",
}
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(list[_Row])


def encode_told(told: Iterable[Told]) -> bytes:
    """Write what was told, in its order."""
    return _encoder.encode(
        [
            _Row(company=one.company, arrived_at=one.arrived_at, **{_FIELDS[type(one.fact)]: one.fact})  # type: ignore[arg-type]  # the field of its type
            for one in told
        ]
    )


def decode_told(payload: bytes) -> list[Told]:
    """Read what ``encode_told`` wrote."""
    return [
        Told(company=row.company, arrived_at=row.arrived_at, fact=fact)
        for row in _decoder.decode(payload)
        for fact in (row.mileage, row.permit, row.fare, row.car, row.insurance, row.driver)
        if fact is not None
    ]
