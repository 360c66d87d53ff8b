"""What platforms report of themselves (基本信息): their permits, fares, cars and drivers.

Claims, to be held against the register, which alone says what is lawful. ``at`` is when the
platform last touched its record (UpdateTime); ``active`` is what it says of its State. A text that
was left out is blank, whatever else is missing or unusable is None.
"""

from datetime import date
from enum import StrEnum

import msgspec

from regulator.domain.drivers import Driver
from regulator.domain.instants import Instant
from regulator.domain.licences import Certificate
from regulator.domain.orders import CompanyId
from regulator.domain.plates import Plate
from regulator.domain.register import Mileage


class Change(StrEnum):
    """What a base record does to what was reported before (Flag 1 to 3)."""

    UNKNOWN = ""
    ADDED = "added"
    UPDATED = "updated"
    DELETED = "deleted"


class _Claim(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What all have in common."""

    at: Instant | None
    change: Change


class ReportedPermit(_Claim, frozen=True, gc=False, kw_only=True):
    """The platform's own permit (经营许可证). ``area`` is a region's code, ``areas`` in its words."""

    certificate: Certificate
    area: str
    areas: str
    authority: str
    valid_from: date | None
    valid_to: date | None


class ReportedFare(_Claim, frozen=True, gc=False, kw_only=True):
    """A fare (运价) that orders refer to by ``fare_type``; in yuan, kilometres and minutes."""

    fare_type: str
    area: str
    valid_from: Instant | None
    valid_to: Instant | None
    start_price: float | None
    start_kilometres: float | None
    price_per_kilometre: float | None
    price_per_minute: float | None


class ReportedCar(_Claim, frozen=True, gc=False, kw_only=True):
    """A car and the vehicle permit (运输证) that it is said to have; ``permit`` may be left out."""

    vehicle: Plate
    permit: Certificate
    permit_from: date | None
    permit_to: date | None
    permit_area: str
    first_registered: date | None
    plate_colour: str
    brand: str
    model: str
    colour: str
    seats: int | None
    fare_type: str
    active: bool | None


class ReportedInsurance(_Claim, frozen=True, gc=False, kw_only=True):
    """One insurance of a car; ``amount`` in yuan."""

    vehicle: Plate
    insurer: str
    policy: str
    kind: str
    amount: float | None
    valid_from: date | None
    valid_to: date | None


class ReportedDriver(_Claim, frozen=True, gc=False, kw_only=True):
    """A driver and the certificate (驾驶员证) that they are said to have, its number masked.

    ``driving_since`` and ``driving_to``: their ordinary driving licence, from the first one on.
    """

    driver: Driver
    last4: str
    certificate: Certificate
    certificate_from: date | None
    certificate_to: date | None
    driving_since: date | None
    driving_to: date | None
    active: bool | None


Reported = ReportedPermit | ReportedFare | ReportedCar | ReportedInsurance | ReportedDriver
"""Any of them."""


class Told(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What a company told of itself, or how far it says that a car was driven, and when it came in."""

    company: CompanyId
    arrived_at: Instant
    fact: Reported | Mileage
