"""What each platform reports of itself: its company, permit and fare, then its cars and drivers.

A month's reports are the same all month, as the register's statements are: repeated, they change
nothing. A platform leaves a few of its cars and drivers out (``rates``); whom a plant puts into an
order is none of its fleet.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from regulator.domain.instants import Instant, start_of
from streams import topics
from streams.demo import base_records, register
from streams.demo.chance import chance
from streams.demo.city import City
from streams.demo.messages import Message, envelope
from streams.demo.platforms import PLATFORMS, Platform, platform_of
from streams.demo.rates import UNREPORTED_CARS, UNREPORTED_DRIVERS
from streams.demo.records import Record

BATCH = 100


def fleet_reports(city: City, edition: date) -> Iterator[Message]:
    """Yield a month's reports of all platforms, up to ``BATCH`` records a message; the fares first.

    They are made as they are asked for: whoever sends them slowly makes them slowly.
    """
    fleets = [_Fleet(city, number, edition) for number in range(len(PLATFORMS))]
    return chain(
        *(fleet.of_the_company() for fleet in fleets),
        *(fleet.of_cars_and_drivers() for fleet in fleets),
        *(fleet.of_mileages() for fleet in fleets),
    )


@dataclass(frozen=True, slots=True)
class _Fleet:
    """The fleet of the platform with a number in a month, and how it reports it."""

    city: City
    number: int
    edition: date

    @property
    def platform(self) -> Platform:
        return PLATFORMS[self.number]

    @property
    def at(self) -> Instant:
        return start_of(self.edition)

    def cars(self) -> list[int]:
        """Return the vehicles that are reported, by their numbers in the register."""
        return [
            self.city.crews.vehicle_of(car)
            for car in range(self.city.cars)
            if platform_of(car) == self.platform and chance("car unreported", car) >= UNREPORTED_CARS
        ]

    def drivers(self) -> list[int]:
        """Return the drivers that are reported, by their numbers in the register."""
        city = self.city
        seats = (
            city.seat(shift, echo)
            for shift, cab in enumerate(city.shifts.cab)
            for echo in range(city.echoes)
            if platform_of(city.car(cab, echo)) == self.platform
        )
        return [
            city.crews.driver_of(seat)
            for seat in seats
            if chance("driver unreported", seat) >= UNREPORTED_DRIVERS
        ]

    def of_the_company(self) -> Iterator[Message]:
        platform, permit = self.platform, register.platform_permit(self.number, self.edition)
        yield self._message([base_records.company_fare(platform, permit, self.at)])
        yield self._message([base_records.company(platform, self.number, self.at)])
        yield self._message([base_records.company_permit(platform, permit, self.at)])
        size = base_records.company_size(
            platform, cars=len(self.cars()), drivers=len(self.drivers()), at=self.at
        )
        yield self._message([size])

    def of_cars_and_drivers(self) -> Iterator[Message]:
        yield from self._in_batches(self.cars(), self._car)
        yield from self._in_batches(self.drivers(), self._driver)

    def of_mileages(self) -> Iterator[Message]:
        yield from self._in_batches(self.cars(), self._mileage)

    def _car(self, vehicle: int) -> Record:
        permit = register.vehicle_permit(self.city.roll, vehicle, self.edition)
        return base_records.vehicle(self.platform, permit, vehicle, self.at)

    def _mileage(self, vehicle: int) -> Record:
        permit = register.vehicle_permit(self.city.roll, vehicle, self.edition)
        return base_records.total_mile(self.platform, permit, vehicle, self.at)

    def _driver(self, driver: int) -> Record:
        certificate = register.driver_certificate(self.city.roll, driver, self.edition)
        return base_records.driver(self.platform, certificate, driver, self.at)

    def _in_batches(self, numbers: Sequence[int], record: Callable[[int], Record]) -> Iterator[Message]:
        for low in range(0, len(numbers), BATCH):
            yield self._message([record(number) for number in numbers[low : low + BATCH]])

    def _message(self, records: Sequence[Record]) -> Message:
        value = envelope(self.platform, self.platform.company, records)
        return Message(topics.feed_orders(self.platform.slug), self.at, self.platform.company.encode(), value)
