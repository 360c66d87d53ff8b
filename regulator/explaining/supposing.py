"""A register and areas that answer as if one thing were otherwise."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from regulator.domain.drivers import Driver
from regulator.domain.episodes import Episode
from regulator.domain.instants import Instant
from regulator.domain.licences import Answer, LicenceKind, Reason, Subject
from regulator.domain.orders import CompanyId
from regulator.domain.places import Areas, Datum, RawPlace
from regulator.domain.plates import Plate
from regulator.domain.register import Mileage, Register, Young

HELD = Answer(None)
TAKEN_AWAY = Answer(Reason.REVOKED)

INSIDE = RawPlace(0, 0, Datum.WGS_84)
OUTSIDE = RawPlace(0, 1, Datum.WGS_84)
"""Stand for a place inside, and one outside, of whatever area is asked; nobody's place lies at 0° N."""


class Otherwise(msgspec.Struct, frozen=True, kw_only=True):
    """What a register is to answer in place of what it knows."""

    licences: Mapping[tuple[LicenceKind, Subject], Answer] = {}
    complete_to: Mapping[LicenceKind, Instant | None] = {}
    without_episode: str = ""
    new_cars: frozenset[Plate] = frozenset()
    undriven_cars: frozenset[Plate] = frozenset()


class SupposedRegister:
    """A register with something otherwise."""

    def __init__(self, register: Register, otherwise: Otherwise) -> None:
        self._register = register
        self._otherwise = otherwise

    def in_force(self, kind: LicenceKind, subject: Subject, at: Instant) -> Answer:
        """Answer as supposed, else as it is."""
        supposed = self._otherwise.licences.get((kind, subject))
        return self._register.in_force(kind, subject, at) if supposed is None else supposed

    def holds(self, kind: LicenceKind, subject: Subject, at: Instant) -> bool:
        """Answer as supposed, else as it is."""
        return self.in_force(kind, subject, at).held

    def beyond_doubt(
        self, company: CompanyId, vehicle: Plate, driver: Driver, at: Instant, young: Young
    ) -> bool:
        """Let the rules ask: what they ask is supposed."""
        return False

    def complete_to(self, kind: LicenceKind) -> Instant | None:
        """Answer as supposed, else as it is."""
        supposed = self._otherwise.complete_to
        return supposed[kind] if kind in supposed else self._register.complete_to(kind)

    def turns(self, kind: LicenceKind, subject: Subject) -> Sequence[Instant]:
        """A licence that is supposed to be one thing always has no turns."""
        if (kind, subject) in self._otherwise.licences:
            return ()
        return self._register.turns(kind, subject)

    def areas(self, vehicle: Plate, at: Instant) -> Sequence[str]:
        """Areas belong to permits: where one is supposed, or supposed away, none is known."""
        if (LicenceKind.VEHICLE_PERMIT, Subject(vehicle)) in self._otherwise.licences:
            return ()
        return self._register.areas(vehicle, at)

    def first_registered(self, vehicle: Plate) -> date | None:
        """Answer as it is, unless the car is supposed to be new."""
        return None if vehicle in self._otherwise.new_cars else self._register.first_registered(vehicle)

    def mileages(self, vehicle: Plate) -> Sequence[Mileage]:
        """Answer as it is, unless the car is supposed not to have been driven far."""
        return () if vehicle in self._otherwise.undriven_cars else self._register.mileages(vehicle)

    def episodes(self, vehicle: Plate, driver: Driver) -> Sequence[Episode]:
        """Answer without the episode that is supposed away."""
        found = self._register.episodes(vehicle, driver)
        return [one for one in found if one.key != self._otherwise.without_episode]


class SupposedAreas:
    """Areas that know the places which stand for one inside and one outside."""

    def __init__(self, areas: Areas) -> None:
        self._areas = areas

    def holds(self, code: str, place: RawPlace) -> bool | None:
        """Answer as supposed, else as it is."""
        if place == INSIDE:
            return True
        return False if place == OUTSIDE else self._areas.holds(code, place)
