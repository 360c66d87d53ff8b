"""The register's answer (contract §1.2, §4), asked of everything that was ever said."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from tests.oracle import identity

LICENCES = ("platform_permit", "vehicle_permit", "driver_certificate")
STATES = ("revoked", "cancelled", "suspended", "valid")  # the first that holds decides
OPENING = ("penalised", "removed")


class Source(NamedTuple):
    """What configuration says of a register source."""

    kinds: tuple[str, ...]
    precedence: int
    required: bool
    grace: timedelta


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


class Held(NamedTuple):
    """The answer: held, or not with its reason, by statement or by absence."""

    held: bool
    reason: str | None = None
    by_absence: bool = False


class Register:
    """All statements of all sources; later lines of a topic come later."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._said: dict[tuple[str, str, str], Statement] = {}
        self._episodes: dict[tuple[str, str], Episode] = {}
        self._complete: dict[str, datetime] = {}
        self.refused = 0

    def hear(self, name: str, message: Any, arrival: datetime) -> None:
        """Take one message of a source, or count it as refused."""
        try:
            heard = self._hear(name, message, arrival)
        except (KeyError, TypeError, ValueError, AttributeError):
            heard = False
        self.refused += not heard

    def _hear(self, name: str, message: Any, arrival: datetime) -> bool:
        source = self._sources[name]
        kind = message["type"]
        json.dumps(message, ensure_ascii=False).encode()  # half a character is a ValueError
        if kind == "heartbeat":
            complete_to = identity.instant(message["complete_to"])
            if complete_to > arrival:
                return False
            self._complete[name] = max(complete_to, self._complete.get(name, complete_to))
            return True
        of = message["of"] if kind == "withdrawn" else kind
        if of == "episode":
            return "episode" in source.kinds and self._episode(name, message)
        if of != "licence" or message["kind"] not in LICENCES or message["kind"] not in source.kinds:
            return False
        return self._licence(name, message)

    def _licence(self, name: str, message: dict[str, Any]) -> bool:
        kind, sequence = message["kind"], message["sequence"]
        if type(sequence) is not int:
            return False
        key = (name, kind, identity.certificate(message["certificate"]))
        if message["type"] == "withdrawn":
            said = Statement(sequence, "", None)
        else:
            if not isinstance(message["periods"], list) or not message["subject"].strip():
                return False
            periods = tuple(_period(row) for row in message["periods"])
            side = _area(message.get("area")), _day(message.get("first_registered"))
            said = Statement(sequence, subject(kind, message["subject"]), periods, *side)
        if key not in self._said or self._said[key].sequence <= sequence:
            self._said[key] = said
        return True

    def _episode(self, name: str, message: dict[str, Any]) -> bool:
        number, sequence = message["episode"], message["sequence"]
        if type(sequence) is not int or not isinstance(number, str) or not number.strip():
            return False
        said = Episode(name, number.strip(), sequence, None)
        if message["type"] != "withdrawn":
            car, person = (_named(message.get(half)) for half in ("vehicle", "driver"))
            if not isinstance(message["events"], list) or not (car.strip() or person.strip()):
                return False
            events = tuple(_event(row) for row in message["events"])
            named = subject("vehicle_permit", car), subject("driver_certificate", person)
            said = Episode(name, said.number, sequence, events, *_identifiable(*named))
        key = (name, said.number)
        if key not in self._episodes or self._episodes[key].sequence <= sequence:
            self._episodes[key] = said
        return True

    @property
    def episodes(self) -> list[Episode]:
        """Every episode that stands, whether open or not."""
        return [each for each in self._episodes.values() if each.events is not None]

    def is_open(self, episode: Episode, at: datetime) -> bool:
        """§5.2: from its first penalty or removal until lifted, or until all its subjects hold at once."""
        began = episode.began
        if began is None or at < began:
            return False
        lifted = [when for event, when in episode.events or () if event == "lifted"]
        if any(began <= when <= at for when in lifted):
            return False
        statements = [said for kind, about in episode.subjects for said in self.statements(kind, about)]
        edges = {edge for said in statements for period in said.periods or () for edge in period[:2] if edge}
        moments = {began, *(edge for edge in edges if began <= edge <= at)}
        return not any(self._all_held(episode, moment) for moment in moments)

    def _all_held(self, episode: Episode, at: datetime) -> bool:
        return bool(episode.subjects) and all(
            self.in_force(kind, about, at).held for kind, about in episode.subjects
        )

    def areas(self, plate: str, at: datetime) -> list[str | None]:
        """The area of every permit of the car that is valid at an instant; None where none is stated."""
        return [said.area for said in self.statements("vehicle_permit", plate) if said.state(at) == "valid"]

    def first_registered(self, plate: str) -> date | None:
        """The least day that any source states for the car, in whatever state its permit is."""
        days = (
            said.first_registered
            for (_, kind, _), said in self._said.items()
            if kind == "vehicle_permit" and said.periods is not None and said.subject == plate
        )
        return min((day for day in days if day is not None), default=None)

    def statements(self, kind: str, about: str) -> list[Statement]:
        """§4.1: per certificate, the statement of the first source that says it is about this subject."""
        best: dict[str, tuple[tuple[int, str], Statement]] = {}
        for (name, its_kind, paper), said in self._said.items():
            if its_kind != kind or said.periods is None or said.subject != about:
                continue
            rank = (self._sources[name].precedence, name)
            if paper not in best or rank < best[paper][0]:
                best[paper] = (rank, said)
        return [said for _, said in best.values()]

    def in_force(self, kind: str, about: str, at: datetime) -> Held:
        """§4, sentence by sentence; `about` is normalised."""
        statements = self.statements(kind, about)
        states = [state for said in statements if (state := said.state(at)) is not None]
        if "valid" in states:
            return Held(True)
        if states:
            return Held(False, min(states, key=STATES.index))
        periods = [period for said in statements for period in said.periods or ()]
        if any(period.end is not None and period.end <= at for period in periods):
            return Held(False, "expired", True)
        return Held(False, "not_yet" if periods else "never", True)

    def complete_to(self, kind: str) -> datetime | None:
        """The least over the required sources; None: nothing is complete."""
        required = {name: s for name, s in self._sources.items() if s.required and kind in s.kinds}
        if not required or not set(required) <= set(self._complete):
            return None
        return min(self._complete[name] + source.grace for name, source in required.items())


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


def sources_of(table: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Source]:
    """`sources.toml` as values."""
    return {
        name: Source(
            tuple(row["kinds"]),
            int(row["precedence"]),
            bool(row["required"]),
            timedelta(seconds=row["grace_seconds"]),
        )
        for name, row in table
    }
