"""Who is in the city's register, by number: every vehicle and driver that ever had a licence.

The spread is the sources': a vehicle's state and make, a driver's day of expiry. Which number has
which row is chance; cars and drivers at work are drawn from the rows without repetition.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from typing import TypeVar

from streams.demo.chance import chance
from streams.demo.identities import plate
from streams.demo.pack import MODEL_YEAR, SNAPSHOT, Pack, VehicleKind

LEAD = timedelta(days=15)
"""The drivers' snapshot is put so long before the first of the month.

Some 2 % of them have expired then, 6 % at the month's end."""

_Row = TypeVar("_Row")
_YOUNG = 7
"""Cars at work are at most so many model years old."""
_SPARE = 4
"""The register holds at least so many vehicles and drivers for one at work."""

_REGIONAL = 60
"""Cars beside the city's whose permit is for one district."""

UNPERMITTED = range(106_000, 110_000)
"""Plates of cars that never had a permit: the register passes them over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """The rows of the register; a vehicle's or a driver's number is its place."""

    vehicles: Sequence[VehicleKind]
    working: Sequence[int]
    """Vehicles with a valid permit and fit for work."""
    lapsed: Sequence[int]
    """Vehicles whose permit is suspended, cancelled or revoked."""
    regional: Sequence[int]
    """Vehicles whose permit is for one district alone; they are at work only where they may not be."""
    expiries: Sequence[date]
    """Of each driver the day of expiry, as in the source."""
    expired: Sequence[int]
    """Drivers whose certificate has expired by the first of the month."""


def enrol(pack: Pack, *, cars: int, drivers: int) -> Roll:
    """Number the pack's rows, repeating them where the city is larger than the sources."""
    city = _filled([kind for kind in pack.vehicles for _ in range(kind.vehicles)], _SPARE * cars)
    regional = [kind for kind in city if _works(kind)][:_REGIONAL]
    expiries = _filled([day for day, count in pack.expiries for _ in range(count)], _SPARE * drivers)
    return Roll(
        vehicles=[*city, *regional],
        working=[number for number, kind in enumerate(city) if _works(kind)],
        lapsed=[number for number, kind in enumerate(city) if kind.state != "valid"],
        regional=range(len(city), len(city) + len(regional)),
        expiries=expiries,
        expired=[number for number, day in enumerate(expiries) if day < SNAPSHOT + LEAD],
    )


def plate_of(vehicle: int) -> str:
    """Return the plate of a vehicle of the register."""
    return plate(vehicle if vehicle < UNPERMITTED.start else vehicle + len(UNPERMITTED))


def edition(day: date) -> date:
    """Return the first of the month: the day for which the register of that month is written."""
    return day.replace(day=1)


def _filled(rows: list[_Row], least: int) -> list[_Row]:
    shuffled = [row for _, row in sorted(enumerate(rows), key=lambda place: chance("row", place[0]))]
    return list(islice(cycle(shuffled), max(len(rows), least)))


def _works(kind: VehicleKind) -> bool:
    return kind.state == "valid" and kind.year is not None and kind.year >= MODEL_YEAR - _YOUNG
