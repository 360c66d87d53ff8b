"""The city on any day: the pack's one day, driven again by ``echoes`` cars for each cab.

Echo ``e`` of a cab starts its day ``e / echoes`` of a day after midnight in Shanghai: the same real
movement, never at the same place at the same time. The first echo keeps the pack's time of day.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from regulator.domain.instants import HOUR, SECOND, Instant
from streams.demo.crews import Crews
from streams.demo.motion import speeds_and_headings
from streams.demo.pack import Ints, Pack, load_pack
from streams.demo.places import Spot, spot
from streams.demo.platforms import platform_of
from streams.demo.rides import Ride, company_of, order_number
from streams.demo.roll import enrol
from streams.demo.shifts import DAY, split
from streams.demo.timeline import Step, agenda, lay_out

ECHOES = 8
_LOCAL = 8 * HOUR // SECOND
_RIDES_REMEMBERED = 1 << 14


class Happening(NamedTuple):
    """One step of one trip or shift on one day. ``base`` is when its track's day began."""

    at: Instant
    base: Instant
    echo: int
    step: Step
    number: int


class Sighting(NamedTuple):
    """One fix of one car on one day."""

    at: Instant
    base: Instant
    echo: int
    fix: int


class City:
    """Answers what happens in a stretch of time; the same for the same stretch, always."""

    def __init__(self, pack: Pack | None = None, *, echoes: int = ECHOES) -> None:
        self.pack = load_pack() if pack is None else pack
        self.echoes = echoes
        self.shifts = split(self.pack)
        self.timeline = lay_out(self.pack, self.shifts)
        self.roll = enrol(self.pack, cars=self.pack.cabs * echoes, drivers=len(self.shifts.cab) * echoes)
        self.crews = Crews(self.roll, cars=self.cars, seats=len(self.shifts.cab) * echoes)
        self.speeds, self.headings = speeds_and_headings(self.pack.tracks)
        self.ride = lru_cache(maxsize=_RIDES_REMEMBERED)(self._ride)
        self._agenda = agenda(self.timeline, self.shifts)
        self._by_second = np.argsort(self.pack.tracks.second, kind="stable")
        self._seconds = self.pack.tracks.second[self._by_second]

    @property
    def cars(self) -> int:
        """How many cars there are."""
        return self.pack.cabs * self.echoes

    def happenings(self, start: int, end: int) -> Iterator[Happening]:
        """Yield the steps of orders and shifts in [start, end), Unix seconds, echo by echo."""
        plan = self._agenda
        for base, echo, places in self._windows(plan.second, start, end):
            for place in places:
                at = Instant((base + int(plan.second[place])) * SECOND)
                number = int(plan.number[place])
                yield Happening(at, Instant(base * SECOND), echo, Step(int(plan.step[place])), number)

    def sightings(self, start: int, end: int) -> Iterator[Sighting]:
        """Yield the fixes in [start, end), Unix seconds, echo by echo."""
        for base, echo, places in self._windows(self._seconds, start, end):
            for place in places:
                at = Instant((base + int(self._seconds[place])) * SECOND)
                yield Sighting(at, Instant(base * SECOND), echo, int(self._by_second[place]))

    def car(self, cab: int, echo: int) -> int:
        """Return a car's number."""
        return int(cab) * self.echoes + echo

    def seat(self, shift: int, echo: int) -> int:
        """Return the number of a shift of a car."""
        return int(shift) * self.echoes + echo

    def spot(self, fix: int) -> Spot:
        """Return where a fix is, as platforms report it."""
        return spot(int(self.pack.tracks.east[fix]), int(self.pack.tracks.north[fix]))

    def _windows(self, seconds: Ints, start: int, end: int) -> Iterator[tuple[int, int, range]]:
        """Yield, for each playing of the day that [start, end) touches, when it began and what falls due."""
        first, last = int(seconds[0]), int(seconds[-1])
        for echo in range(self.echoes):
            offset = echo * DAY // self.echoes - _LOCAL
            for day in range((start - offset - last) // DAY, (end - offset - first) // DAY + 1):
                base = day * DAY + offset
                low, high = np.searchsorted(seconds, (start - base, end - base))
                if low < high:
                    yield base, echo, range(int(low), int(high))

    def _ride(self, trip: int, base: Instant, echo: int) -> Ride:
        trips, line = self.pack.trips, self.timeline
        car = self.car(trips.cab[trip], echo)
        order = order_number(base, car=car, trip=trip)
        own = self.crews.own(car, self.seat(line.shift[trip], echo))
        platform = platform_of(car)

        def at(seconds: Ints) -> Instant:
            return Instant(base + int(seconds[trip]) * SECOND)

        return Ride(
            order=order,
            platform=platform,
            company=company_of(platform, order),
            car=car,
            own=own,
            named=self.crews.named(order, own),
            create=at(line.create),
            match=at(line.match),
            rematch=at(line.rematch),
            stated=at(line.stated),
            depart=at(line.depart),
            arrive=at(line.arrive),
            pay=at(line.pay),
            match_spot=self.spot(int(line.match_fix[trip])),
            depart_spot=self.spot(int(line.depart_fix[trip])),
            arrive_spot=self.spot(int(line.arrive_fix[trip])),
            metres=int(trips.metres[trip]),
            origin=int(trips.origin[trip]),
            destination=int(trips.destination[trip]),
        )
