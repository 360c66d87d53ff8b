"""Records → facts of the domain.

Each reader gets a record that is clean or has been mended: an unusable text is blank, an unusable
number None.
"""

from collections.abc import Mapping
from typing import Any

from regulator.domain.drivers import NO_DRIVER
from regulator.domain.feed import BizStatus, Logout, Payment, Position
from regulator.domain.instants import Instant
from regulator.domain.orders import Booking, Ending, OrderNumber, Report, Stage
from regulator.domain.places import Datum, RawPlace
from regulator.wire.ministry.base_facts import BASE_READERS
from regulator.wire.ministry.sight import Reader, Sight
from regulator.wire.ministry.times import Instants

_DATUMS = tuple(Datum)
_STATUSES = (BizStatus.UNKNOWN, BizStatus.OCCUPIED, BizStatus.ON_CALL, BizStatus.VACANT, BizStatus.OFF)
NO_ORDER = ("0", "")


def _place(lon: int | None, lat: int | None, encrypt: int | None) -> RawPlace | None:
    return RawPlace(lon, lat, _DATUMS[encrypt]) if lon and lat and encrypt else None


def _report(
    record: Any, sight: Sight, *, stage: Stage, at: Instant | None, arrival: Instant, place: RawPlace | None
) -> Report:
    named = sight.drivers[record.LicenseId]
    return Report(
        stage=stage,
        at=arrival if at is None else at,
        vehicle=sight.cars[record.VehicleNo].plate,
        driver=named.driver,
        last4=named.last4,
        timed=at is not None,
        place=place,
    )


def _booking(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Booking:
    at, depart_at = instants
    encrypt = record.Encrypt
    return Booking(
        at=arrival if at is None else at,
        depart_at=depart_at,
        start=_place(record.DepLongitude, record.DepLatitude, encrypt),
        destination=_place(record.DestLongitude, record.DestLatitude, encrypt),
        destination_text=record.Destination,
    )


def _match(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Report:
    place = _place(record.Longitude, record.Latitude, record.Encrypt)
    return _report(record, sight, stage=Stage.MATCH, at=instants[0], arrival=arrival, place=place)


def _cancel(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Ending:
    at = instants[0]
    return Ending(at=arrival if at is None else at, cancelled=True)


def _login(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Report | None:
    if sight.cars[record.VehicleNo].blank and sight.drivers[record.LicenseId].blank:
        return None
    place = _place(record.Longitude, record.Latitude, record.Encrypt)
    return _report(record, sight, stage=Stage.LOGIN, at=instants[0], arrival=arrival, place=place)


def _logout(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Logout | None:
    car, named, at = sight.cars[record.VehicleNo], sight.drivers[record.LicenseId], instants[0]
    if car.blank and named.blank:
        return None
    return Logout(at=arrival if at is None else at, vehicle=car.plate, driver=named.driver)


def _depart(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Report:
    place = _place(record.DepLongitude, record.DepLatitude, record.Encrypt)
    return _report(record, sight, stage=Stage.DEPART, at=instants[0], arrival=arrival, place=place)


def _arrive(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Ending:
    at = instants[0]
    place = _place(record.DestLongitude, record.DestLatitude, record.Encrypt)
    return Ending(at=arrival if at is None else at, place=place)


def _pay(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Payment:
    """A pay names places without a datum, so it tells none."""
    departed, _, ended, *_ = instants
    return Payment(
        report=_report(record, sight, stage=Stage.PAY, at=departed, arrival=arrival, place=None),
        ended_at=ended,
    )


def _position_driver(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Position | None:
    car, named, at = sight.cars[record.VehicleNo], sight.drivers[record.LicenseId], instants[0]
    if car.blank and named.blank:
        return None
    order = record.OrderId
    return Position(
        at=arrival if at is None else at,
        vehicle=car.plate,
        driver=named.driver,
        last4=named.last4,
        place=_place(record.Longitude, record.Latitude, record.Encrypt),
        speed=record.Speed,
        direction=record.Direction,
        status=_STATUSES[record.BizStatus or 0],
        order=None if order in NO_ORDER else OrderNumber(order),
    )


def _position_vehicle(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Position | None:
    car, at = sight.cars[record.VehicleNo], instants[0]
    if car.blank:
        return None
    order = record.OrderId
    return Position(
        at=arrival if at is None else at,
        vehicle=car.plate,
        driver=NO_DRIVER,
        place=_place(record.Longitude, record.Latitude, record.Encrypt),
        speed=record.Speed,
        direction=record.Direction,
        status=_STATUSES[record.BizStatus or 0],
        order=None if order in NO_ORDER else OrderNumber(order),
    )


READERS: Mapping[str, Reader] = {
    **BASE_READERS,
    "orderCreate": _booking,
    "orderMatch": _match,
    "orderCancel": _cancel,
    "operateLogin": _login,
    "operateLogout": _logout,
    "operateDepart": _depart,
    "operateArrive": _arrive,
    "operatePay": _pay,
    "positionDriver": _position_driver,
    "positionVehicle": _position_vehicle,
}
