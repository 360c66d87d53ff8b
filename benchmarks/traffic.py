"""Feeds for measurements: clean messages of a nation's cars and drivers, seeded."""

import random
from collections.abc import Iterator
from datetime import date

from benchmarks.lab import COMPANY, SECRETS, Pair, write_json
from regulator.domain.drivers import driver_number, pseudonym
from regulator.domain.instants import DAY, SECOND, Instant, to_digits
from regulator.domain.licences import (
    Certificate,
    LicenceKind,
    Period,
    PeriodState,
    SourceName,
    Statement,
    Subject,
    VehicleDescription,
)
from regulator.domain.register import RegisterChange, Stated, Vouched

_KEY = SECRETS.pseudonym_key
_SOURCE = SourceName("permits")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CAR = VehicleDescription(brand="比亚迪", model="秦PLUS", colour="白", plate_colour="渐变绿")
_TIMELY = 300
"""Positions begin so many seconds ago: not yet too late."""
_ONE_IN = 20
"""One car and one driver in so many hold no licence."""


def plate(number: int) -> str:
    """A new-energy plate of its own for each of 9.6 million cars."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    province = "沪苏浙皖"[number // 2_400_000 % 4]
    return f"{province}{letters[number // 100_000 % 24]}D{number % 100_000:05d}"


def driving_licence(number: int) -> str:
    """An ID number with a right check digit and a region code that was never issued."""
    county, year = number // 480_000 % 100, 1950 + number // 12_000 % 40
    head = f"3199{county:02d}{year}{number // 1_000 % 12 + 1:02d}15{number % 1_000:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, head, strict=True))
    return head + "10X98765432"[total % 11]


def register(cars: range, drivers: range, now: Instant) -> Iterator[RegisterChange]:
    """State permits of these cars and certificates of these drivers; between them are some without."""
    period = (Period(Instant(now - 700 * DAY), Instant(now + 395 * DAY), PeriodState.VALID),)
    yield _stated(LicenceKind.PLATFORM_PERMIT, "P-1", COMPANY, period)
    for number in map(_licensed, cars):
        yield permit(number, period)
    for number in map(_licensed, drivers):
        driver = pseudonym(driver_number(driving_licence(number)), _KEY)
        yield _stated(LicenceKind.DRIVER_CERTIFICATE, f"…{number % 10_000:04d}·{driver}", driver, period)
    yield Vouched(source=_SOURCE, complete_to=now)


def permit(car: int, periods: tuple[Period, ...]) -> RegisterChange:
    """State one car's permit."""
    return _stated(LicenceKind.VEHICLE_PERMIT, f"沪交运管许可3101{car:08d}", plate(car), periods)


def revoked(car: int, now: Instant) -> RegisterChange:
    """Take one car's permit away."""
    return permit(car, (Period(Instant(now - SECOND), None, PeriodState.REVOKED),))


def _licensed(place: int) -> int:
    """Return the number of the one in some place among those who hold a licence."""
    rounds, rest = divmod(place, _ONE_IN - 1)
    return rounds * _ONE_IN + rest + 1


def orders(count: int, *, cars: int, drivers: int, now: Instant, seed: int = 1) -> Iterator[Pair]:
    """Yield four messages an order, one record a message, keyed by order."""
    chance = random.Random(seed)
    for number in range(count // 4):
        order = f"B{seed:02d}{number:014d}"
        at = int(to_digits(Instant(now + number % 60 * SECOND)))
        car, driver = plate(chance.randrange(cars)), driving_licence(chance.randrange(drivers))
        for type_, record in _records(order, car, driver, at):
            yield order.encode(), envelope(type_, [record])


def positions(
    count: int, *, cars: int, now: Instant, seed: int = 0, per_message: int = 100
) -> Iterator[Pair]:
    """Yield positionVehicle messages of so many records each; each seed has seconds of its own."""
    seconds = now // SECOND + seed * count // cars - _TIMELY
    for first in range(0, count, per_message):
        records = [
            position(number % cars, seconds + number // cars) for number in range(first, first + per_message)
        ]
        yield None, envelope("positionVehicle", records)


def envelope(type_: str, records: list[dict[str, object]]) -> bytes:
    """One message of the ministry's interface."""
    return write_json({"CompanyId": COMPANY, "Source": "0", "IPCType": type_, type_: records})


def _records(order: str, car: str, driver: str, at: int) -> Iterator[tuple[str, dict[str, object]]]:
    here = {"DepLongitude": 121478222, "DepLatitude": 31228457}
    there = {"DestLongitude": 121327000, "DestLatitude": 31200500}
    head = {"CompanyId": COMPANY, "OrderId": order}
    names = {"LicenseId": driver, "VehicleNo": car}
    yield "orderCreate", {
        **head, "Address": 310101, "DepartTime": at, "OrderTime": at, "Departure": "人民广场", **here,
        "Destination": "虹桥火车站", **there, "Encrypt": 1, "FareType": "1",
    }  # fmt: skip
    yield "orderMatch", {
        **head, **names, "Address": 310101, "Longitude": 121478222, "Latitude": 31228457, "Encrypt": 1,
        "DriverPhone": "13000000000", "DistributeTime": at,
    }  # fmt: skip
    yield "operateDepart", {**head, **names, **here, "FareType": "1", "Encrypt": 1, "DepTime": at}
    yield (
        "operateArrive",
        {**head, **there, "Encrypt": 1, "DestTime": at, "DriveMile": 15.5, "DriveTime": 1800},
    )


def position(car: int, second: int) -> dict[str, object]:
    """A clean positionVehicle of a car at a second since 1970."""
    return {
        "CompanyId": COMPANY, "VehicleNo": plate(car), "VehicleRegionCode": 310000, "PositionTime": second,
        "Longitude": 121400000 + car % 100_000, "Latitude": 31200000 + car % 100_000, "Speed": 30,
        "Direction": 90, "Encrypt": 1, "BizStatus": 3, "OrderId": "0",
    }  # fmt: skip


def _stated(kind: LicenceKind, certificate: str, subject: str, periods: tuple[Period, ...]) -> Stated:
    return Stated(
        statement=Statement(
            source=_SOURCE,
            kind=kind,
            certificate=Certificate(certificate),
            subject=Subject(subject),
            sequence=1,
            periods=periods,
            area="310000",
            first_registered=date(2023, 11, 20),
            recorded_at=periods[0].start,
            vehicle=_CAR if kind is LicenceKind.VEHICLE_PERMIT else None,
        )
    )
