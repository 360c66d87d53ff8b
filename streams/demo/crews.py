"""Who is reported for a car: its own crew, or the one that a plant puts in its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from streams.demo.chance import chance, whole
from streams.demo.identities import driving_licence, phone, plate
from streams.demo.rates import LAPSED_CARS, PLANTED, Plant
from streams.demo.roll import UNPERMITTED, Roll, plate_of

_UNCERTIFIED = range(8_000_000, 8_004_000)
"""Drivers who never had a certificate."""
_FILED_LATE = range(4_000_000, 8_000_000)
"""Drivers whose certificate is filed after the match; each drives once."""
_NO_PLATE = ("无", "", "0", "沪A", "待上牌", "沪AD12", "临时")
_NO_DRIVER = ("无", "", "0", "1234", "-", "NULL")
_STRIDE = 7_919
_Choice = TypeVar("_Choice")


@dataclass(frozen=True, slots=True)
class Crew:
    """A plate, a driving-licence number and the driver's telephone."""

    plate: str
    licence: str
    phone: str

    def with_plate(self, text: str) -> "Crew":
        """Return the crew in another car."""
        return Crew(text, self.licence, self.phone)

    def with_driver(self, licence: str) -> "Crew":
        """Return the crew with another driver."""
        return Crew(self.plate, licence, self.phone)


@dataclass(frozen=True, slots=True)
class Named:
    """Whom an order's reports name, stage by stage; ``corrected`` is a second match, None without one."""

    match: Crew
    corrected: Crew | None
    depart: Crew
    plant: Plant


class Crews:
    """Puts drivers into cars: the same ones in every run."""

    def __init__(self, roll: Roll, *, cars: int, seats: int) -> None:
        """Seat drivers in ``cars`` cars, ``seats`` shifts in all; who is left over is idle."""
        self._roll = roll
        self._cars, self._seats = cars, seats
        self._own = lru_cache(maxsize=1 << 17)(self._find)
        vehicles = {self.vehicle_of(car) for car in range(cars)}
        drivers = {self.driver_of(seat) for seat in range(seats)}
        self._idle_lapsed = [vehicle for vehicle in roll.lapsed if vehicle not in vehicles]
        self._idle_expired = [driver for driver in roll.expired if driver not in drivers]

    def own(self, car: int, seat: int) -> Crew:
        """Return the crew of a car in a shift; ``seat`` numbers the shifts of all cars."""
        return self._own(car, seat)

    def named(self, order: str, own: Crew) -> Named:
        """Return whom an order of a car's own crew names."""
        plant = planted(order)
        match plant:
            case Plant.SWAPPED:
                other = self._idle(order)
                swapped = (
                    own.with_plate(other.plate) if whole(2, "half", order) else other.with_plate(own.plate)
                )
                return Named(own, None, swapped, plant)
            case Plant.SECOND_MATCH:
                return Named(own.with_driver(_stranger(order)), own, own, plant)
            case _:
                crew = self._replaced(plant, order, own)
                return Named(crew, None, crew, plant)

    def _find(self, car: int, seat: int) -> Crew:
        driver = self.driver_of(seat)
        return Crew(plate_of(self.vehicle_of(car)), driving_licence(driver), phone(driver))

    def vehicle_of(self, car: int) -> int:
        """Return the vehicle of the register that a car at work is: another one for each car."""
        rows = self._roll.lapsed if chance("lapsed", car) < LAPSED_CARS else self._roll.working
        return rows[car * _STRIDE % len(rows)]

    def driver_of(self, seat: int) -> int:
        """Return the driver of the register who has a seat: another one for each seat."""
        return seat * _STRIDE % len(self._roll.expiries)

    def _idle(self, order: str) -> Crew:
        """Return a registered car and driver that are not at work: nobody is at two places at once."""
        spare_cars = len(self._roll.working) - self._cars
        spare_drivers = len(self._roll.expiries) - self._seats
        return self._find(
            self._cars + whole(spare_cars, "other car", order),
            self._seats + whole(spare_drivers, "other driver", order),
        )

    def _replaced(self, plant: Plant, order: str, own: Crew) -> Crew:
        match plant:
            case Plant.VEHICLE_NEVER:
                return own.with_plate(plate(_one_of(UNPERMITTED, "unpermitted", order)))
            case Plant.VEHICLE_LAPSED:
                return own.with_plate(plate_of(_one_of(self._idle_lapsed, "lapsed", order)))
            case Plant.OUT_OF_AREA:
                return own.with_plate(plate_of(_one_of(self._roll.regional, "regional", order)))
            case Plant.DRIVER_NEVER:
                return own.with_driver(_stranger(order))
            case Plant.DRIVER_EXPIRED:
                return own.with_driver(driving_licence(_one_of(self._idle_expired, "expired", order)))
            case Plant.LICENCE_LATE:
                return own.with_driver(filed_late(order))
            case Plant.UNIDENTIFIED:
                return _unidentified(order, own)
            case _:
                return own


def planted(order: str) -> Plant:
    """Return what is made to be wrong with an order."""
    drawn = chance("plant", order)
    for plant, share in PLANTED.items():
        drawn -= share
        if drawn < 0:
            return plant
    return Plant.NOTHING


def filed_late(order: str) -> str:
    """Return the driver whose certificate is filed after the order's match."""
    return driving_licence(_one_of(_FILED_LATE, "filed late", order))


def _one_of(choices: Sequence[_Choice], *what: object) -> _Choice:
    return choices[whole(len(choices), *what)]


def _stranger(order: str) -> str:
    return driving_licence(_one_of(_UNCERTIFIED, "stranger", order))


def _unidentified(order: str, own: Crew) -> Crew:
    """Blank the plate, the driver or, of a few, both."""
    which = whole(5, "unidentified", order)
    crew = own if which in (2, 3) else own.with_plate(_one_of(_NO_PLATE, "no plate", order))
    return crew if which < 2 else crew.with_driver(_one_of(_NO_DRIVER, "no driver", order))
