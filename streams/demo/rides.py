"""A ride on a certain day: a trip of the pack with a date, a car, an order number and crews."""

from dataclasses import dataclass

from regulator.domain.instants import SECOND, Instant, to_digits
from streams.demo.chance import chance
from streams.demo.crews import Crew, Named
from streams.demo.places import Spot
from streams.demo.platforms import LAST, UNLICENSED_COMPANY, Platform
from streams.demo.rates import UNLICENSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Ride:
    """All that an order's records say. Lengths in metres, districts by code (GB/T 2260)."""

    order: str
    platform: Platform
    company: str
    car: int
    own: Crew
    named: Named
    create: Instant
    match: Instant
    rematch: Instant
    stated: Instant
    depart: Instant
    arrive: Instant
    pay: Instant
    match_spot: Spot
    depart_spot: Spot
    arrive_spot: Spot
    metres: int
    origin: int
    destination: int

    def crew_at(self, at: Instant) -> Crew:
        """Return whom the car's positions name while it serves the order."""
        if at >= self.depart:
            return self.named.depart
        if self.named.corrected is not None and at >= self.rematch:
            return self.named.corrected
        return self.named.match

    @property
    def seconds(self) -> int:
        """How long the trip takes."""
        return (self.arrive - self.depart) // SECOND


def order_number(day: Instant, *, car: int, trip: int) -> str:
    """Return the number of an order: the day its car's track began, the car, the trip."""
    return f"{to_digits(day)[:8]}C{car:06d}T{trip:05d}"


def company_of(platform: Platform, order: str) -> str:
    """Return the company that takes an order: of the last platform's a few go to the one without a permit."""
    if platform is LAST and chance("unlicensed", order) < UNLICENSED:
        return UNLICENSED_COMPANY
    return platform.company
