"""The register's answer (contract §1.2, §4), asked of everything that was ever said."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from tests.oracle import identity, statements
from tests.oracle.statements import LICENCES, STATES, Episode, Statement


class Source(NamedTuple):
    """What configuration says of a register source."""

    kinds: tuple[str, ...]
    precedence: int
    required: bool
    grace: timedelta


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
        read = statements.licence(message)
        if read is None:
            return False
        kind, paper, said = read
        key = (name, kind, paper)
        if key not in self._said or self._said[key].sequence <= said.sequence:
            self._said[key] = said
        return True

    def _episode(self, name: str, message: dict[str, Any]) -> bool:
        said = statements.episode(name, message)
        if said is None:
            return False
        key = (name, said.number)
        if key not in self._episodes or self._episodes[key].sequence <= said.sequence:
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
