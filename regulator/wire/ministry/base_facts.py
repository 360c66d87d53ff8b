"""Base records → what platforms report of their permits, fares, cars and drivers.

A record about no identifiable car or driver says nothing that could be held against the register:
it is handled and makes no fact. Of passengers nothing is kept at all.
"""

from collections.abc import Mapping
from typing import Any

from regulator.domain.instants import Instant
from regulator.domain.licences import Certificate
from regulator.domain.register import Mileage
from regulator.domain.reported import (
    Change,
    ReportedCar,
    ReportedDriver,
    ReportedFare,
    ReportedInsurance,
    ReportedPermit,
)
from regulator.wire.ministry.sight import Reader, Sight
from regulator.wire.ministry.times import Instants, day, local_time
from regulator.wire.register import masked_certificate, spelt_certificate

_CHANGES = (Change.UNKNOWN, Change.ADDED, Change.UPDATED, Change.DELETED)


def _about(record: Any) -> dict[str, Any]:
    """Return what all base facts have in common."""
    return {"at": local_time(record.UpdateTime), "change": _CHANGES[record.Flag or 0]}


def _area(record: Any) -> str:
    return "" if record.Address is None else str(record.Address)


def _is_active(record: Any) -> bool | None:
    return None if record.State is None else record.State == 0


def _permit(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> ReportedPermit:
    return ReportedPermit(
        certificate=spelt_certificate(record.Certificate),
        area=_area(record),
        areas=record.OperationArea,
        authority=record.Organization,
        valid_from=day(record.StartDate),
        valid_to=day(record.StopDate),
        **_about(record),
    )


def _fare(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> ReportedFare:
    return ReportedFare(
        fare_type=record.FareType,
        area=_area(record),
        valid_from=local_time(record.FareValidOn),
        valid_to=local_time(record.FareValidOff),
        start_price=record.StartFare,
        start_kilometres=record.StartMile,
        price_per_kilometre=record.UnitPricePerMile,
        price_per_minute=record.UnitPricePerMinute,
        **_about(record),
    )


def _car(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> ReportedCar | None:
    vehicle = sight.cars[record.VehicleNo].plate
    if not vehicle:
        return None
    return ReportedCar(
        vehicle=vehicle,
        permit=spelt_certificate(record.Certificate or ""),
        permit_from=day(record.TransDateStart),
        permit_to=day(record.TransDateStop),
        permit_area=record.TransArea,
        first_registered=day(record.CertifyDateB),
        plate_colour=record.PlateColor,
        brand=record.Brand,
        model=record.Model,
        colour=record.VehicleColor,
        seats=record.Seats,
        fare_type=record.FareType,
        active=_is_active(record),
        **_about(record),
    )


def _insurance(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> ReportedInsurance | None:
    vehicle = sight.cars[record.VehicleNo].plate
    if not vehicle:
        return None
    return ReportedInsurance(
        vehicle=vehicle,
        insurer=record.InsurCom,
        policy=record.InsurNum,
        kind=record.InsurType,
        amount=record.InsurCount,
        valid_from=day(record.InsurEff),
        valid_to=day(record.InsurExp),
        **_about(record),
    )


def _mileage(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> Mileage | None:
    """Read how far a car had been driven, whether the platform adds, corrects or deletes the record.

    What was once reported was driven: deleting it makes no car younger.
    """
    vehicle, at, kilometres = sight.cars[record.VehicleNo].plate, instants[0], record.TotalMile
    if not vehicle or at is None or kilometres is None:
        return None
    return Mileage(vehicle=vehicle, at=at, kilometres=kilometres)


def _driver(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> ReportedDriver | None:
    named = sight.drivers[record.LicenseId]
    if not named.driver:
        return None
    return ReportedDriver(
        driver=named.driver,
        last4=named.last4,
        certificate=_masked(record.CertificateNo, sight),
        certificate_from=day(record.NetworkCarProofOn),
        certificate_to=day(record.NetworkCarProofOff),
        driving_since=day(record.GetDriverLicenseDate),
        driving_to=day(record.DriverLicenseOff),
        active=_is_active(record),
        **_about(record),
    )


def _masked(number: str, sight: Sight) -> Certificate:
    """Mask a driver's certificate number as the register's is; blank for a filler."""
    spelt = spelt_certificate(number)
    return masked_certificate(spelt, sight.key) if sight.drivers[spelt].driver else Certificate("")


BASE_READERS: Mapping[str, Reader] = {
    "baseInfoCompanyPermit": _permit,
    "baseInfoCompanyFare": _fare,
    "baseInfoVehicle": _car,
    "baseInfoVehicleInsurance": _insurance,
    "baseInfoVehicleTotalMile": _mileage,
    "baseInfoDriver": _driver,
}
