"""A register of whole words in memory: slower and larger than the judge's, and it forgets no source."""

from collections.abc import Mapping, Sequence
from datetime import date

from regulator.domain.drivers import Driver
from regulator.domain.episodes import Episode
from regulator.domain.instants import Instant
from regulator.domain.licences import (
    Answer,
    Certificate,
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
from regulator.domain.register import (
    EpisodeStated,
    EpisodeWithdrawn,
    Mileage,
    RegisterChange,
    Sources,
    Stated,
    Vouched,
    Withdrawn,
    Young,
    complete_to,
    ranked,
)
from regulator.explaining.known import Word
from regulator.joins.mileages import Mileages
from regulator.joins.watch_list import WatchList

_Thing = tuple[SourceName, LicenceKind, Certificate]


class StatedRegister:
    """A ``Known`` register that follows changes."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._rank = {name: rank for rank, name in enumerate(ranked(sources))}
        self._words: dict[_Thing, Word] = {}
        self._of: dict[tuple[LicenceKind, Subject], dict[_Thing, None]] = {}
        self._heartbeats: dict[SourceName, Instant] = {}
        self._watch_list = WatchList()
        self._mileages = Mileages()

    def follow(self, change: RegisterChange, at: Instant, origin: str = "") -> None:
        """Follow one change that came in at an instant; sources that nobody configured count for nothing."""
        match change:
            case Stated(statement=said) if said.source in self._sources:
                self._put(said, at, origin)
            case Withdrawn(source=source, kind=kind, certificate=certificate):
                self._drop((source, kind, certificate))
            case Vouched(source=source, complete_to=to) if source in self._sources:
                self._heartbeats[source] = to
            case EpisodeStated(episode=Episode(source=source)) | EpisodeWithdrawn(source=source):
                if source in self._sources:
                    self._watch_list.follow(change)
            case Mileage():
                self._mileages.add(change)

    def words(self, kind: LicenceKind, subject: Subject) -> Sequence[Word]:
        """Return every source's standing word on a subject, the source that counts most first."""
        found = [self._words[thing] for thing in self._of.get((kind, subject), ())]
        return sorted(found, key=lambda one: (self._rank[one.statement.source], one.statement.certificate))

    def heartbeats(self) -> Mapping[SourceName, Instant]:
        """Return the instant up to which each source vouches for what it said."""
        return self._heartbeats

    def in_force(self, kind: LicenceKind, subject: Subject, at: Instant) -> Answer:
        """Answer for one subject at one instant."""
        return in_force(self._counting(kind, subject), at)

    def holds(self, kind: LicenceKind, subject: Subject, at: Instant) -> bool:
        """Tell whether the licence was held."""
        return self.in_force(kind, subject, at).held

    def beyond_doubt(
        self, company: CompanyId, vehicle: Plate, driver: Driver, at: Instant, young: Young
    ) -> bool:
        """Let the rules ask: nobody is in a hurry here."""
        return False

    def complete_to(self, kind: LicenceKind) -> Instant | None:
        """Return the instant up to which absence means absence."""
        return complete_to(kind, self._sources, self._heartbeats)

    def turns(self, kind: LicenceKind, subject: Subject) -> Sequence[Instant]:
        """Return, in order, every instant at which the answer for a subject may change."""
        periods = [period for said in self._counting(kind, subject) for period in said.periods]
        ends = {period.end for period in periods if period.end is not None}
        return sorted({period.start for period in periods} | ends)

    def areas(self, vehicle: Plate, at: Instant) -> Sequence[str]:
        """Return the area of each permit of a car that is valid at an instant."""
        counting = self._counting(LicenceKind.VEHICLE_PERMIT, Subject(vehicle))
        states = [(state_at(said.periods, at), said.area) for said in counting]
        return [area for period, area in states if period and period.state is PeriodState.VALID]

    def first_registered(self, vehicle: Plate) -> date | None:
        """Return the least day that any source states for a car."""
        words = self.words(LicenceKind.VEHICLE_PERMIT, Subject(vehicle))
        stated = (word.statement.first_registered for word in words)
        return min((day for day in stated if day is not None), default=None)

    def mileages(self, vehicle: Plate) -> Sequence[Mileage]:
        """Return what platforms reported of how far a car was driven, as far as it can matter."""
        return self._mileages.of(vehicle)

    def episodes(self, vehicle: Plate, driver: Driver) -> Sequence[Episode]:
        """Return the episodes that name a car or a driver, in the order of their keys."""
        return self._watch_list.naming(vehicle, driver)

    def _counting(self, kind: LicenceKind, subject: Subject) -> list[Statement]:
        first: dict[Certificate, Statement] = {}
        for word in self.words(kind, subject):
            first.setdefault(word.statement.certificate, word.statement)
        return list(first.values())

    def _put(self, said: Statement, at: Instant, origin: str) -> None:
        thing = said.source, said.kind, said.certificate
        self._drop(thing)
        self._words[thing] = Word(said, at, origin)
        self._of.setdefault((said.kind, said.subject), {})[thing] = None

    def _drop(self, thing: _Thing) -> None:
        before = self._words.pop(thing, None)
        if before is not None:
            self._of[thing[1], before.statement.subject].pop(thing, None)
