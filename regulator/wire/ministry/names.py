"""Who a record names: plates and drivers as sent, spelt, judged identifiable and remembered.

A city's cars and drivers come again and again; spelling and hashing each anew would cost more than
decoding the record. What is remembered is bounded, and holds driving-licence numbers in memory only.
"""

from collections.abc import Set

import msgspec

from regulator.domain.drivers import (
    NO_DRIVER,
    Driver,
    driver_number,
    has_wrong_check_digit,
    is_driver,
    last4,
    pseudonym,
    spelt_fillers,
)
from regulator.domain.plates import NOBODY, Plate, is_plate, plate

_REMEMBERED = 400_000


class NamedCar(msgspec.Struct, frozen=True, gc=False):
    """A VehicleNo: the plate if it identifies a car, and whether anything was written at all."""

    plate: Plate
    blank: bool


class NamedDriver(msgspec.Struct, frozen=True, gc=False):
    """A LicenseId: the pseudonym and last characters if it identifies somebody, and its faults."""

    driver: Driver
    last4: str
    blank: bool
    wrong_check_digit: bool
    is_odd: bool
    """Blank, or with a wrong check digit."""


class Cars(dict[str, NamedCar]):
    """VehicleNo as sent → who that is."""

    def __missing__(self, text: str) -> NamedCar:
        spelt = plate(text)
        if spelt == text:
            spelt = Plate(text)  # held once, as key and as value
        named = NamedCar(spelt if is_plate(spelt) else NOBODY, not spelt)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = named
        return named


class Drivers(dict[str, NamedDriver]):
    """LicenseId as sent → who that is."""

    def __init__(self, key: bytes, fillers: Set[str]) -> None:
        super().__init__()
        self._key = key
        self._fillers = spelt_fillers(fillers)

    def __missing__(self, text: str) -> NamedDriver:
        number = driver_number(text)
        known = is_driver(number, self._fillers)
        wrong = has_wrong_check_digit(number)
        named = NamedDriver(
            driver=pseudonym(number, self._key) if known else NO_DRIVER,
            last4=last4(number) if known else "",
            blank=not number,
            wrong_check_digit=wrong,
            is_odd=wrong or not number,
        )
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = named
        return named
