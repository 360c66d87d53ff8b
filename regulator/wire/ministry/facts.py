"""Records → facts of the domain.

Each reader gets a record that is clean or has been mended: an unusable text is blank, an unusable
number None.
"""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

from regulator.domain.drivers import NO_DRIVER
from regulator.domain.feed import BizStatus, Logout, Payment, Position
from regulator.domain.instants import Instant
from regulator.domain.orders import Booking, Ending, Report, Stage
from regulator.domain.places import Datum, RawPlace
from regulator.wire.ministry.base_facts import BASE_READERS
from regulator.wire.ministry.sight import Reader, Sight
from regulator.wire.ministry.times import Instants

_DATUMS = tuple(Datum)
_STATUSES = (BizStatus.UNKNOWN, BizStatus.OCCUPIED, BizStatus.ON_CALL, BizStatus.VACANT, BizStatus.OFF)
NO_ORDER = "0"
"""What a position says when there is none."""


def _place(lon: int | None, lat: int | None, encrypt: int | None) -> RawPlace | None:
    return RawPlace(lon, lat, _DATUMS[encrypt]) if lon and lat and encrypt else None


def _report_reader(stage: Stage, *place: str) -> Callable[[Any, Instants, Instant, Sight], Report]:
    """Return the reader of a report; ``place`` names its fields of longitude, latitude and datum.

    One function a record, without helpers: these are read thousands of times a second.
    """
    told = attrgetter(*place)

    def read(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Report:
        lon, lat, encrypt = told(record)
        named, at = sight.drivers[record.LicenseId], instants[0]
        return Report(
            stage=stage,
            at=arrival if at is None else at,
            vehicle=sight.cars[record.VehicleNo].plate,
            driver=named.driver,
            last4=named.last4,
            timed=at is not None,
            place=RawPlace(lon, lat, _DATUMS[encrypt]) if lon and lat and encrypt else None,
        )

    return read


def _booking(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Booking:
    at, depart_at = instants
    encrypt = record.Encrypt
    return Booking(
        at=arrival if at is None else at,
        depart_at=depart_at,
        start=_place(record.DepLongitude, record.DepLatitude, encrypt),
        destination=_place(record.DestLongitude, record.DestLatitude, encrypt),
        destination_text=record.Destination,
        fare_type=record.FareType,
    )


def _cancel(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Ending:
    at = instants[0]
    return Ending(at=arrival if at is None else at, cancelled=True)


_read_login = _report_reader(Stage.LOGIN, "Longitude", "Latitude", "Encrypt")


def _login(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Report | None:
    if sight.cars[record.VehicleNo].blank and sight.drivers[record.LicenseId].blank:
        return None
    return _read_login(record, instants, arrival, sight)


def _logout(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Logout | None:
    car, named, at = sight.cars[record.VehicleNo], sight.drivers[record.LicenseId], instants[0]
    if car.blank and named.blank:
        return None
    return Logout(at=arrival if at is None else at, vehicle=car.plate, driver=named.driver)


def _arrive(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Ending:
    at = instants[0]
    place = _place(record.DestLongitude, record.DestLatitude, record.Encrypt)
    return Ending(at=arrival if at is None else at, place=place)


def _pay(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Payment:
    """A pay names places without a datum, so it tells none."""
    departed, _, ended, *_ = instants
    named = sight.drivers[record.LicenseId]
    report = Report(
        stage=Stage.PAY,
        at=arrival if departed is None else departed,
        vehicle=sight.cars[record.VehicleNo].plate,
        driver=named.driver,
        last4=named.last4,
        timed=departed is not None,
    )
    return Payment(report=report, ended_at=ended)


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
        order=None if order == NO_ORDER else order or None,
    )


def _position_vehicle(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Position | None:
    car, at = sight.cars[record.VehicleNo], instants[0]
    if car.blank:
        return None
    lon, lat, encrypt, order = record.Longitude, record.Latitude, record.Encrypt, record.OrderId
    return Position(
        at=arrival if at is None else at,
        vehicle=car.plate,
        driver=NO_DRIVER,
        place=RawPlace(lon, lat, _DATUMS[encrypt]) if lon and lat and encrypt else None,
        speed=record.Speed,
        direction=record.Direction,
        status=_STATUSES[record.BizStatus or 0],
        order=None if order == NO_ORDER else order or None,
    )


READERS: Mapping[str, Reader] = {
    **BASE_READERS,
    "orderCreate": _booking,
    "orderMatch": _report_reader(Stage.MATCH, "Longitude", "Latitude", "Encrypt"),
    "orderCancel": _cancel,
    "operateLogin": _login,
    "operateLogout": _logout,
    "operateDepart": _report_reader(Stage.DEPART, "DepLongitude", "DepLatitude", "Encrypt"),
    "operateArrive": _arrive,
    "operatePay": _pay,
    "positionDriver": _position_driver,
    "positionVehicle": _position_vehicle,
}
