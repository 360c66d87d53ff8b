"""What a rule is asked about, and what it may ask (contract §4, §5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from tests.oracle import areas, identity, register

DEFAULT_LIMITS = {
    "untimely_before_seconds": 600.0,
    "untimely_after_seconds": 60.0,
    "retirement_years": 8.0,
    "retirement_kilometres": 600_000.0,
}
NOWHERE = areas.Place(None, None, None)


class Case(NamedTuple):
    """The order or login that a report belongs to: exactly one of the two is named."""

    company: str
    order: str | None
    login: str | None

    @property
    def name(self) -> str:
        return self.order if self.order is not None else self.login or ""


class Report(NamedTuple):
    """A record that names car, driver and time; both normalised, empty when not given."""

    case: Case
    stage: str
    plate: str
    driver: str
    at: datetime
    place: areas.Place = NOWHERE  # of a depart

    @property
    def pair(self) -> tuple[str, str] | None:
        """Car and driver; None when either cannot be identified."""
        known = identity.is_plate(self.plate) and identity.is_driver(self.driver)
        return (self.plate, self.driver) if known else None


class Answer(NamedTuple):
    """compliant, violation or undetermined for one subject; `reason` also for an undetermined licence.

    `subject` tells subjects apart; `shown` is what findings print where that is less.
    """

    subject: str
    status: str
    reason: str | None = None
    shown: str | None = None


class End(NamedTuple):
    """Where an order ended: an arrive counts before a create, then the last; no order of arrival."""

    arrived: bool
    at: datetime
    place: areas.Place

    @property
    def rank(self) -> tuple[bool, datetime, bool, list[int]]:
        """Of two at one instant the one without a place counts: it accuses nobody."""
        return self.arrived, self.at, not self.place.known, [part or 0 for part in self.place]


class Mileage(NamedTuple):
    """What a `baseInfoVehicleTotalMile` says."""

    plate: str
    at: datetime
    kilometres: float


@dataclass(frozen=True)
class Limits:
    """`limits.toml`: per name the values with the day from which each is in force."""

    rows: Mapping[str, list[tuple[date, float]]]

    def __call__(self, name: str, at: datetime) -> float:
        """The value in force at the event's time."""
        day = at.astimezone(identity.SHANGHAI).date()
        in_force = [row for row in self.rows.get(name, []) if row[0] <= day]
        return max(in_force)[1] if in_force else DEFAULT_LIMITS[name]


@dataclass(frozen=True)
class Facts:
    """What a rule may ask."""

    register: register.Register
    pseudonym_key: str
    limit: Limits = field(default_factory=lambda: Limits({}))
    shapes: Sequence[areas.Shape] = ()
    mileages: Sequence[Mileage] = ()
    ends: Mapping[Case, Sequence[End]] = field(default_factory=dict)

    def licence(self, kind: str, about: str, shown: str, at: datetime) -> Answer:
        """§4 and §5.1 for one subject."""
        answer = self.register.in_force(kind, about, at)
        if answer.held:
            return Answer(shown, "compliant")
        complete_to = self.register.complete_to(kind)
        if answer.by_absence and (complete_to is None or at > complete_to):
            return Answer(shown, "undetermined", answer.reason)
        return Answer(shown, "violation", answer.reason)

    def pseudonym(self, driver: str) -> str:
        return identity.pseudonym(self.pseudonym_key, driver)

    def end_of(self, case: Case) -> areas.Place | None:
        """The place of the last arrive, else of the last create; None when there is neither."""
        ends = self.ends.get(case, ())
        return max(ends, key=lambda end: end.rank).place if ends else None

    def has_mileage(self, plate: str) -> bool:
        """Whether anybody ever told of the car's mileage."""
        return any(each.plate == plate for each in self.mileages)

    def mileage(self, plate: str, at: datetime) -> float | None:
        """The greatest that anybody had told of the car by an instant."""
        told = (each.kilometres for each in self.mileages if each.plate == plate and each.at <= at)
        return max(told, default=None)
