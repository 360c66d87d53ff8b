"""The ministry's base records (基本信息) as the demonstration's platforms fill them.

What a licence says is said as the register says it; the rest is made up and looks it.
"""

from datetime import date, timedelta

from regulator.domain.instants import Instant, day_of, start_of
from streams.demo.chance import whole
from streams.demo.identities import driving_licence, phone, vin
from streams.demo.platforms import Platform
from streams.demo.records import (
    CITY_CODE,
    FARE_TYPE,
    FLAG_FALL,
    PER_KM,
    PER_MINUTE,
    Fields,
    Record,
    digits,
)
from streams.demo.register import Licence

_NEW, _VALID, _ONLINE_HAILING = 1, 0, 1
"""``Flag`` 新增, ``State`` 有效, ``CommercialType`` 网约."""
_MADE_UP = "演示"
_UNKNOWN = "不详"
_OFFICE = "演示许可机关"
_CITY = "上海市"
_OFFICERS = 8_980_000
"""From here on numbers of people who drive no car: the platforms' legal representatives."""
_KM_A_YEAR = 50_000
_MOST_KM = 560_000
"""No car of the demonstration has been driven so far that it had to retire."""


def company(platform: Platform, number: int, at: Instant) -> Record:
    """The platform's company; ``number`` is its place among the platforms."""
    fields: Fields = {
        "CompanyName": platform.name,
        "Identifier": platform.code,
        "Address": CITY_CODE,
        "BusinessScope": "网络预约出租汽车经营",
        "ContactAddress": _MADE_UP,
        "EconomicType": "有限责任公司",
        "RegCapital": _MADE_UP,
        "LegalName": _MADE_UP,
        "LegalID": driving_licence(_OFFICERS + number),
        "LegalPhone": phone(_OFFICERS + number),
        "State": _VALID,
    }
    return _record("baseInfoCompany", platform, fields, at)


def company_size(platform: Platform, *, cars: int, drivers: int, at: Instant) -> Record:
    """How many cars and drivers the platform says it has."""
    fields: Fields = {"VehicleNum": cars, "DriverNum": drivers}
    return _record("baseInfoCompanyStat", platform, fields, at)


def company_permit(platform: Platform, permit: Licence, at: Instant) -> Record:
    """The platform's permit."""
    start, stop = _span(permit)
    fields: Fields = {
        "Address": CITY_CODE,
        "Certificate": permit.certificate,
        "OperationArea": _CITY,
        "OwnerName": platform.name,
        "Organization": _OFFICE,
        "StartDate": start,
        "StopDate": stop,
        "CertifyDate": start,
        "State": str(_VALID),
    }
    return _record("baseInfoCompanyPermit", platform, fields, at)


def company_fare(platform: Platform, permit: Licence, at: Instant) -> Record:
    """The one fare at which all orders are booked, the same at every hour, since the permit began."""
    fields: Fields = {
        "Address": CITY_CODE,
        "FareType": FARE_TYPE,
        "FareValidOn": digits(start_of(permit.periods[0].start)),
        "StartFare": FLAG_FALL,
        "StartMile": 0.0,
        "UnitPricePerMile": PER_KM,
        "UnitPricePerMinute": PER_MINUTE,
        "MorningPeakTimeOn": "0700",
        "MorningPeakTimeOff": "0900",
        "EveningPeakTimeOn": "1700",
        "EveningPeakTimeOff": "1900",
        "PeakUnitPrice": PER_KM,
        "PeakPriceStartMile": 0.0,
        "State": _VALID,
    }
    return _record("baseInfoCompanyFare", platform, fields, at)


def vehicle(platform: Platform, permit: Licence, number: int, at: Instant) -> Record:
    """A car of the platform's, by its permit; ``number`` is its vehicle's in the register."""
    start, stop = _span(permit)
    registered = start if permit.first_registered is None else _day(permit.first_registered)
    green = permit.vehicle is not None and permit.vehicle.plate_colour == "绿"
    fields: Fields = {
        "Address": CITY_CODE,
        "VehicleNo": permit.subject,
        **_looks(permit),
        "Seats": 5,
        "VehicleType": "小型轿车",
        "OwnerName": platform.name,
        "EngineId": f"{_MADE_UP}{number:06d}",
        "VIN": vin(number),
        "CertifyDateA": registered,
        "FuelType": "纯电动" if green else "汽油",
        "EngineDisplace": "0" if green else "1500",
        "Certificate": permit.certificate,
        "TransAgency": _OFFICE,
        "TransArea": _CITY,
        "TransDateStart": start,
        "TransDateStop": stop,
        "CertifyDateB": registered,
        "FixState": "1",
        "CheckState": "合格",
        "FeePrintId": _MADE_UP,
        "GPSBrand": _MADE_UP,
        "GPSModel": _MADE_UP,
        "GPSInstallDate": start,
        "RegisterDate": start,
        "CommercialType": _ONLINE_HAILING,
        "FareType": FARE_TYPE,
        "State": _VALID,
    }
    return _record("baseInfoVehicle", platform, fields, at)


def total_mile(platform: Platform, permit: Licence, number: int, at: Instant) -> Record:
    """How far a car had been driven at an instant: made up by its age."""
    since = permit.first_registered or permit.periods[0].start
    aged = day_of(at).year - since.year + 1
    kilometres = min(_MOST_KM, aged * _KM_A_YEAR) - whole(_KM_A_YEAR, "mileage", number)
    fields: Fields = {
        "Address": CITY_CODE,
        "VehicleNo": permit.subject,
        "TotalMile": float(kilometres),
    }
    return _record("baseInfoVehicleTotalMile", platform, fields, at)


def driver(platform: Platform, certificate: Licence, number: int, at: Instant) -> Record:
    """A driver of the platform's, by the certificate; ``number`` is the driver's in the register."""
    (start, stop), licence = _span(certificate), certificate.subject
    born = date.fromisoformat(licence[6:14])
    grown, renewed = born + timedelta(days=25 * 365), date(certificate.periods[0].start.year - 3, 1, 1)
    fields: Fields = {
        "Address": CITY_CODE,
        "DriverPhone": phone(number),
        "DriverGender": "1" if int(licence[16]) % 2 else "2",
        "DriverBirthday": _day(born),
        "DriverNation": _UNKNOWN,
        "DriverContactAddress": _MADE_UP,
        "LicenseId": licence,
        "GetDriverLicenseDate": _day(grown),
        "DriverLicenseOn": _day(renewed),
        "DriverLicenseOff": _day(renewed.replace(year=renewed.year + 10)),
        "TaxiDriver": 0,
        "CertificateNo": certificate.certificate,
        "NetworkCarIssueOrganization": _OFFICE,
        "NetworkCarIssueDate": start,
        "GetNetworkCarProofDate": start,
        "NetworkCarProofOn": start,
        "NetworkCarProofOff": stop,
        "RegisterDate": start,
        "CommercialType": _ONLINE_HAILING,
        "ContractCompany": platform.name,
        "ContractOn": start,
        "ContractOff": stop,
        "State": _VALID,
    }
    return _record("baseInfoDriver", platform, fields, at)


def _record(kind: str, platform: Platform, fields: Fields, at: Instant) -> Record:
    return Record(kind, {"CompanyId": platform.company, **fields, "Flag": _NEW, "UpdateTime": digits(at)})


def _looks(permit: Licence) -> Fields:
    """How the permit describes its car; where it is silent the platform says that it does not know."""
    car = permit.vehicle
    return {
        "PlateColor": _UNKNOWN if car is None else car.plate_colour,
        "Brand": (car and car.brand) or _UNKNOWN,
        "Model": (car and car.model) or _UNKNOWN,
        "VehicleColor": (car and car.colour) or _UNKNOWN,
    }


def _span(licence: Licence) -> tuple[int, int]:
    """Return the days that are printed on a licence; that it was suspended or ended since is not."""
    span = licence.periods[0]
    return _day(span.start), _day(span.start if span.end is None else span.end)


def _day(day: date) -> int:
    return int(f"{day:%Y%m%d}")
