"""Stands beside a rule and notes what it asks: which licences, whose age, whose episodes, which limits."""

from collections.abc import Sequence
from datetime import date

import msgspec

from regulator.domain.drivers import Driver
from regulator.domain.episodes import Episode
from regulator.domain.instants import Instant
from regulator.domain.licences import Answer, LicenceKind, Subject
from regulator.domain.limits import Limits
from regulator.domain.orders import CompanyId
from regulator.domain.places import Areas, RawPlace
from regulator.domain.plates import Plate
from regulator.domain.register import Mileage, Register, Young


class Asked(msgspec.Struct):
    """Everything that was asked, each once, in the order in which it was."""

    licences: dict[tuple[LicenceKind, Subject, Instant], Answer] = {}
    areas: dict[str, None] = {}
    unknown_areas: dict[str, None] = {}
    """Codes of which no polygon is known."""
    cars: dict[Plate, None] = {}
    """Whose age or mileage was asked for."""
    episodes: dict[str, Episode] = {}
    limits: dict[str, float] = {}


class Witness:
    """A register that notes what is asked of another."""

    def __init__(self, register: Register, asked: Asked) -> None:
        self._register = register
        self._asked = asked

    def in_force(self, kind: LicenceKind, subject: Subject, at: Instant) -> Answer:
        """Answer, and note it."""
        answer = self._register.in_force(kind, subject, at)
        self._asked.licences[kind, subject, at] = answer
        return answer

    def holds(self, kind: LicenceKind, subject: Subject, at: Instant) -> bool:
        """Answer, and note it."""
        return self.in_force(kind, subject, at).held

    def beyond_doubt(
        self, company: CompanyId, vehicle: Plate, driver: Driver, at: Instant, young: Young
    ) -> bool:
        """Let the rules ask: what they ask is noted."""
        return False

    def complete_to(self, kind: LicenceKind) -> Instant | None:
        """Answer."""
        return self._register.complete_to(kind)

    def turns(self, kind: LicenceKind, subject: Subject) -> Sequence[Instant]:
        """Answer."""
        return self._register.turns(kind, subject)

    def areas(self, vehicle: Plate, at: Instant) -> Sequence[str]:
        """Answer, and note them."""
        areas = self._register.areas(vehicle, at)
        self._asked.areas.update(dict.fromkeys(areas))
        return areas

    def first_registered(self, vehicle: Plate) -> date | None:
        """Answer, and note the car."""
        self._asked.cars[vehicle] = None
        return self._register.first_registered(vehicle)

    def mileages(self, vehicle: Plate) -> Sequence[Mileage]:
        """Answer, and note the car."""
        self._asked.cars[vehicle] = None
        return self._register.mileages(vehicle)

    def episodes(self, vehicle: Plate, driver: Driver) -> Sequence[Episode]:
        """Answer, and note them."""
        found = self._register.episodes(vehicle, driver)
        self._asked.episodes.update({one.key: one for one in found})
        return found


class AreasWitness:
    """Areas that note of which nobody knows a polygon."""

    def __init__(self, areas: Areas, asked: Asked) -> None:
        self._areas = areas
        self._asked = asked

    def holds(self, code: str, place: RawPlace) -> bool | None:
        """Answer, and note what is not known."""
        answer = self._areas.holds(code, place)
        if answer is None:
            self._asked.unknown_areas[code] = None
        return answer


class LimitsWitness(Limits):
    """Limits that note which of them are asked for."""

    def __init__(self, limits: Limits, asked: Asked) -> None:
        super().__init__()
        self._limits = limits
        self._asked = asked

    def value(self, name: str, at: Instant) -> float:
        """Answer, and note it."""
        value = self._limits.value(name, at)
        self._asked.limits[name] = value
        return value

    def in_force_from(self, at: Instant) -> str:
        """Answer."""
        return self._limits.in_force_from(at)
