"""The register in SQL, one subject at a time: as it stands, or as it was known at an instant."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select

from regulator.domain.drivers import Driver
from regulator.domain.episodes import Episode
from regulator.domain.instants import Instant
from regulator.domain.licences import (
    Answer,
    LicenceKind,
    PeriodState,
    SourceName,
    Statement,
    Subject,
    in_force,
    state_at,
)
from regulator.domain.orders import CompanyId
from regulator.domain.plates import Plate
from regulator.domain.register import Mileage, Sources, Young, complete_to, ranked
from regulator.explaining.known import Word
from regulator.store.episode_rows import episode_of
from regulator.store.mileages import MileageStore
from regulator.store.register import RegisterStore
from regulator.store.schema import episodes, statements
from regulator.store.statement_rows import statement_of

_PERMIT = LicenceKind.VEHICLE_PERMIT


class RegisterView:
    """A ``domain.register.Register`` over SQL.

    With ``known_by`` it answers as it would have at that instant: from what had been received, and
    had not been replaced, by then.
    """

    def __init__(self, connection: Connection, sources: Sources, *, known_by: Instant | None = None) -> None:
        self._connection = connection
        self._sources = sources
        self._known_by = known_by

    def in_force(self, kind: LicenceKind, subject: Subject, at: Instant) -> Answer:
        """Answer for one subject at one instant."""
        return in_force(self.counting(kind, subject), at)

    def holds(self, kind: LicenceKind, subject: Subject, at: Instant) -> bool:
        """Tell whether the licence was held."""
        return self.in_force(kind, subject, at).held

    def beyond_doubt(
        self, company: CompanyId, vehicle: Plate, driver: Driver, at: Instant, young: Young
    ) -> bool:
        """Let the rules ask: in SQL one look costs as much as many."""
        return False

    def complete_to(self, kind: LicenceKind) -> Instant | None:
        """Return the instant up to which absence means absence."""
        return complete_to(kind, self._sources, self.heartbeats())

    def turns(self, kind: LicenceKind, subject: Subject) -> Sequence[Instant]:
        """Return, in order, every instant at which the answer for a subject may change."""
        periods = [period for said in self.counting(kind, subject) for period in said.periods]
        ends = {period.end for period in periods if period.end is not None}
        return sorted({period.start for period in periods} | ends)

    def areas(self, vehicle: Plate, at: Instant) -> Sequence[str]:
        """Return the area of each permit of a car that is valid at an instant; blank where it names none."""
        counting = self.counting(_PERMIT, Subject(vehicle))
        states = [(state_at(said.periods, at), said.area) for said in counting]
        return [area for period, area in states if period and period.state is PeriodState.VALID]

    def first_registered(self, vehicle: Plate) -> date | None:
        """Return the least day that any source states for a car; None where none states one."""
        stated = (said.first_registered for said in self.statements(_PERMIT, Subject(vehicle)))
        return min((day for day in stated if day is not None), default=None)

    def mileages(self, vehicle: Plate) -> Sequence[Mileage]:
        """Return what platforms reported of how far a car was driven."""
        return MileageStore(self._connection).of(vehicle, known_by=self._known_by)

    def episodes(self, vehicle: Plate, driver: Driver) -> Sequence[Episode]:
        """Return the episodes that name a car or a driver, in the order of their keys."""
        named = [episodes.c.vehicle == vehicle] if vehicle else []
        if driver:
            named.append(episodes.c.driver == driver)
        return self._episodes(or_(*named)) if named else []

    def all_episodes(self) -> Sequence[Episode]:
        """Return every episode, in the order of their keys."""
        return self._episodes(~episodes.c.withdrawn)

    def counting(self, kind: LicenceKind, subject: Subject) -> list[Statement]:
        """Return the statements that count: of each certificate the one of the source that goes before."""
        first = {said.certificate: said for said in reversed(self.statements(kind, subject))}
        return list(first.values())

    def statements(self, kind: LicenceKind, subject: Subject) -> list[Statement]:
        """Return every source's statements on a subject, the source that counts most first."""
        return [word.statement for word in self.words(kind, subject)]

    def words(self, kind: LicenceKind, subject: Subject) -> list[Word]:
        """Return the same, each with when it came in and where from."""
        query = select(statements).where(
            statements.c.kind == kind, statements.c.subject == subject, self._stood(statements)
        )
        rows = self._connection.execute(query).mappings()
        found = [Word(statement_of(row), row["received_at"], row["origin"]) for row in rows]
        rank = {name: index for index, name in enumerate(ranked(self._sources))}
        known = [word for word in found if word.statement.source in rank]
        return sorted(known, key=lambda word: (rank[word.statement.source], word.statement.certificate))

    def heartbeats(self) -> Mapping[SourceName, Instant]:
        """Return the instant up to which each source vouches for what it said."""
        return RegisterStore(self._connection).heartbeats(self._known_by)

    def licences(self) -> Mapping[LicenceKind, int]:
        """Count the certificates that somebody states."""
        query = select(statements.c.kind, func.count()).where(self._stood(statements))
        rows = self._connection.execute(query.group_by(statements.c.kind))
        return {LicenceKind(kind): count for kind, count in rows}

    def _episodes(self, wanted: ColumnElement[bool]) -> list[Episode]:
        query = select(episodes).where(wanted, self._stood(episodes))
        found = [episode_of(row) for row in self._connection.execute(query).mappings()]
        return sorted((one for one in found if one.source in self._sources), key=_key)

    def _stood(self, table: Table) -> ColumnElement[Any]:
        return stood(table, self._known_by)


def stood(table: Table, known_by: Instant | None) -> ColumnElement[Any]:
    """Return the condition that a row was a source's word, not withdrawn, at an instant; None: it is now."""
    ended = table.c.superseded_at.is_(None)
    if known_by is None:
        return ended & ~table.c.withdrawn
    then = (table.c.received_at <= known_by) & (ended | (table.c.superseded_at > known_by))
    return then & ~table.c.withdrawn


def _key(episode: Episode) -> str:
    return episode.key
