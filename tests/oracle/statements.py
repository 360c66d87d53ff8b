"""What register sources say (contract §1.2), message by message. A malformed message raises or is None."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from tests.oracle import identity

LICENCES = ("platform_permit", "vehicle_permit", "driver_certificate")
STATES = ("revoked", "cancelled", "suspended", "valid")  # the first that holds decides
OPENING = ("penalised", "removed")


class Period(NamedTuple):
    """[start, end); `end` None is open."""

    start: datetime
    end: datetime | None
    state: str

    def holds(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)


@dataclass(frozen=True)
class Statement:
    """A source's whole word on one certificate; `periods` None when withdrawn."""

    sequence: int
    subject: str
    periods: tuple[Period, ...] | None
    area: str | None = None
    first_registered: date | None = None

    def state(self, at: datetime) -> str | None:
        states = [period.state for period in self.periods or () if period.holds(at)]
        return min(states, key=STATES.index) if states else None


@dataclass(frozen=True)
class Episode:
    """A source's whole word on one episode; `events` None when withdrawn. A half not named is empty."""

    source: str
    number: str
    sequence: int
    events: tuple[tuple[str, datetime], ...] | None
    plate: str = ""
    driver: str = ""

    @property
    def key(self) -> str:
        """What tells it from all others; findings print the number."""
        return f"{self.source}/{self.number}"

    @property
    def subjects(self) -> list[tuple[str, str]]:
        """The licences that end it: kind and whose."""
        named = [("vehicle_permit", self.plate), ("driver_certificate", self.driver)]
        return [(kind, about) for kind, about in named if about]

    @property
    def began(self) -> datetime | None:
        return min((at for event, at in self.events or () if event in OPENING), default=None)

    def names(self, plate: str, driver: str) -> bool:
        return bool(self.plate and self.plate == plate) or bool(self.driver and self.driver == driver)

    def last_opening(self, at: datetime) -> str | None:
        """The last penalty or removal at or before an instant; at one instant the removal comes last."""
        steps = [(when, OPENING.index(event)) for event, when in self.events or () if event in OPENING]
        past = [step for step in steps if step[0] <= at]
        return OPENING[max(past)[1]] if past else None


def licence(message: Mapping[str, Any]) -> tuple[str, str, Statement] | None:
    """Kind, certificate and statement of a licence message or its withdrawal; None when it is malformed."""
    kind, sequence = message["kind"], message["sequence"]
    if type(sequence) is not int:
        return None
    paper = identity.certificate(message["certificate"])
    if message["type"] == "withdrawn":
        return kind, paper, Statement(sequence, "", None)
    if not isinstance(message["periods"], list) or not message["subject"].strip():
        return None
    periods = tuple(_period(row) for row in message["periods"])
    side = _area(message.get("area")), _day(message.get("first_registered"))
    return kind, paper, Statement(sequence, subject(kind, message["subject"]), periods, *side)


def episode(name: str, message: Mapping[str, Any]) -> Episode | None:
    """A source's episode message or its withdrawal; None when it is malformed."""
    number, sequence = message["episode"], message["sequence"]
    if type(sequence) is not int or not isinstance(number, str) or not number.strip():
        return None
    if message["type"] == "withdrawn":
        return Episode(name, number.strip(), sequence, None)
    car, person = (_named(message.get(half)) for half in ("vehicle", "driver"))
    if not isinstance(message["events"], list) or not (car.strip() or person.strip()):
        return None
    events = tuple(_event(row) for row in message["events"])
    named = subject("vehicle_permit", car), subject("driver_certificate", person)
    return Episode(name, number.strip(), sequence, events, *_identifiable(*named))


def subject(kind: str, text: str) -> str:
    """A licence's subject as reports name it."""
    if kind == "platform_permit":
        return text
    return identity.plate(text) if kind == "vehicle_permit" else identity.driver(text)


def _identifiable(car: str, person: str) -> tuple[str, str]:
    """Who cannot be identified is nobody."""
    return car if identity.is_plate(car) else "", person if identity.is_driver(person) else ""


def _named(half: Any) -> str:
    """A half of an episode; not naming it is as good as naming it blank."""
    if half is not None and not isinstance(half, str):
        raise ValueError(half)
    return half or ""


def _event(row: Mapping[str, Any]) -> tuple[str, datetime]:
    if row["event"] not in (*OPENING, "lifted"):
        raise ValueError(row["event"])
    return row["event"], identity.instant(row["at"])


def _area(given: Any) -> str | None:
    """Six digits, as text or number; anything else is no area, and the statement is taken without it."""
    text = str(given) if type(given) is int else given
    return text if isinstance(text, str) and re.fullmatch("[0-9]{6}", text) else None


def _day(given: Any) -> date | None:
    """A day; anything else is none, and the statement is taken without it."""
    try:
        return date.fromisoformat(given) if len(given) == 10 else None
    except (TypeError, ValueError):
        return None


def _period(row: Mapping[str, Any]) -> Period:
    if row["state"] not in STATES:
        raise ValueError(row["state"])
    start, end = _bound(row["from"], 0), row.get("to")
    until = None if end is None else _bound(end, 1)
    if until is not None and until < start:
        raise ValueError("ends before it begins")
    return Period(start, until, row["state"])


def _bound(text: str, days: int) -> datetime:
    """A day means the whole day: its end is the midnight after it."""
    if len(text) > 10:
        return identity.instant(text)
    midnight = datetime.combine(date.fromisoformat(text), time(), identity.SHANGHAI)
    try:
        return (midnight + timedelta(days=days)).astimezone(UTC)
    except OverflowError:  # 9999-12-31: later than anything
        return datetime.max.replace(tzinfo=UTC)
