"""The ministry's records as the demonstration's platforms fill them (domain names: ``IPCType`` and fields).

What no source tells is made up and looks it: fares by a formula, texts that name a district only.
"""

from typing import NamedTuple

from regulator.domain.instants import SECOND, Instant, to_digits
from streams.demo.crews import Crew
from streams.demo.districts import NAMES
from streams.demo.places import ENCRYPT, Spot
from streams.demo.rides import Ride

Fields = dict[str, int | float | str]
"""A record's fields by the ministry's names, as they go into an envelope."""

FARE_TYPE = "YS01"
CITY_CODE = 310100
FLAG_FALL, PER_KM, PER_MINUTE = 14.0, 2.7, 0.5
"""Yuan."""


class Record(NamedTuple):
    """One record and its type."""

    kind: str
    fields: Fields


def digits(at: Instant) -> int:
    """Write an instant as the ministry does: YYYYMMDDhhmmss, local time."""
    return int(to_digits(at))


def order_create(ride: Ride) -> Record:
    """The passenger books."""
    return Record(
        "orderCreate",
        {
            "CompanyId": ride.company,
            "Address": ride.origin,
            "OrderId": ride.order,
            "DepartTime": digits(ride.depart),
            "OrderTime": digits(ride.create),
            "Departure": NAMES[ride.origin],
            "DepLongitude": ride.depart_spot.lon,
            "DepLatitude": ride.depart_spot.lat,
            "Destination": NAMES[ride.destination],
            "DestLongitude": ride.arrive_spot.lon,
            "DestLatitude": ride.arrive_spot.lat,
            "Encrypt": ENCRYPT,
            "FareType": FARE_TYPE,
        },
    )


def order_match(ride: Ride, crew: Crew, at: Instant) -> Record:
    """The platform dispatches a car; a second match corrects the first."""
    return Record(
        "orderMatch",
        {
            "CompanyId": ride.company,
            "Address": ride.origin,
            "OrderId": ride.order,
            "Longitude": ride.match_spot.lon,
            "Latitude": ride.match_spot.lat,
            "Encrypt": ENCRYPT,
            "LicenseId": crew.licence,
            "DriverPhone": crew.phone,
            "VehicleNo": crew.plate,
            "DistributeTime": digits(at),
        },
    )


def operate_depart(ride: Ride) -> Record:
    """The passenger gets in."""
    crew = ride.named.depart
    return Record(
        "operateDepart",
        {
            "CompanyId": ride.company,
            "OrderId": ride.order,
            "LicenseId": crew.licence,
            "FareType": FARE_TYPE,
            "VehicleNo": crew.plate,
            "DepLongitude": ride.depart_spot.lon,
            "DepLatitude": ride.depart_spot.lat,
            "Encrypt": ENCRYPT,
            "DepTime": digits(ride.depart),
            "WaitTime": (ride.depart - ride.match) // SECOND,
        },
    )


def operate_arrive(ride: Ride) -> Record:
    """The passenger gets out."""
    return Record(
        "operateArrive",
        {
            "CompanyId": ride.company,
            "OrderId": ride.order,
            "DestLongitude": ride.arrive_spot.lon,
            "DestLatitude": ride.arrive_spot.lat,
            "Encrypt": ENCRYPT,
            "DestTime": digits(ride.arrive),
            "DriveMile": ride.metres / 1000,
            "DriveTime": ride.seconds,
        },
    )


def operate_pay(ride: Ride) -> Record:
    """The passenger pays."""
    crew, price = ride.named.depart, fare(ride)
    return Record(
        "operatePay",
        {
            "CompanyId": ride.company,
            "OrderId": ride.order,
            "OnArea": ride.origin,
            "LicenseId": crew.licence,
            "FareType": FARE_TYPE,
            "VehicleNo": crew.plate,
            "BookDepTime": digits(ride.depart),
            "DepLongitude": ride.depart_spot.lon,
            "DepLatitude": ride.depart_spot.lat,
            "DepArea": NAMES[ride.origin],
            "DepTime": digits(ride.depart),
            "DestLongitude": ride.arrive_spot.lon,
            "DestLatitude": ride.arrive_spot.lat,
            "DestArea": NAMES[ride.destination],
            "DestTime": digits(ride.arrive),
            "DriveMile": ride.metres / 1000,
            "DriveTime": ride.seconds,
            "FactPrice": price,
            "Price": price,
            "FarUpPrice": 0.0,
            "OtherUpPrice": 0.0,
            "PayState": "1",
            "PayTime": digits(ride.pay),
            "OrderMatchTime": digits(ride.arrive),
            "InvoiceStatus": "0",
        },
    )


def fare(ride: Ride) -> float:
    """Return a made-up price in yuan."""
    return round(FLAG_FALL + PER_KM * ride.metres / 1000 + PER_MINUTE * ride.seconds / 60, 2)


def shift_step(kind: str, *, company: str, crew: Crew, at: Instant, spot: Spot) -> Record:
    """A car goes to work or home: ``operateLogin`` or ``operateLogout``."""
    when = "LoginTime" if kind == "operateLogin" else "LogoutTime"
    return Record(
        kind,
        {
            "CompanyId": company,
            "LicenseId": crew.licence,
            "VehicleNo": crew.plate,
            when: digits(at),
            "Longitude": spot.lon,
            "Latitude": spot.lat,
            "Encrypt": ENCRYPT,
        },
    )
