"""The register in memory: licences, heartbeats, watch list and mileages, answering as of any instant.

Follows changes in any order in which one certificate's changes come in theirs.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from regulator.domain.drivers import Driver
from regulator.domain.episodes import Episode
from regulator.domain.instants import Instant
from regulator.domain.licences import Answer, LicenceKind, SourceName, Statement, Subject
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
from regulator.joins.licence_index import Column, LicenceIndex, Portion
from regulator.joins.mileages import Mileages
from regulator.joins.watch_list import WatchList


class RegisterIndex:
    """What was in force, from the statements of every source."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._ranks = {name: rank for rank, name in enumerate(ranked(sources))}
        self._licences = LicenceIndex()
        self._heartbeats: dict[SourceName, Instant] = {}
        self._complete_to: dict[LicenceKind, Instant | None] = dict.fromkeys(LicenceKind)
        self._watch_list = WatchList()
        self._mileages = Mileages()

    def in_force(self, kind: LicenceKind, subject: Subject, at: Instant) -> Answer:
        """Answer for one subject at one instant."""
        return self._licences.in_force(kind, subject, at)

    def holds(self, kind: LicenceKind, subject: Subject, at: Instant) -> bool:
        """Tell whether one subject held its licence at one instant."""
        return self._licences.holds(kind, subject, at)

    def beyond_doubt(
        self, company: CompanyId, vehicle: Plate, driver: Driver, at: Instant, young: Young
    ) -> bool:
        """Tell, in one look, that nothing can be found on a company, car and driver at an instant."""
        return (
            bool(vehicle and driver)
            and self._licences.hold_all(company, vehicle, driver, at, young.days)
            and not self._watch_list.names(vehicle, driver)
            and self._mileages.most(vehicle) < young.kilometres
        )

    def complete_to(self, kind: LicenceKind) -> Instant | None:
        """Return the instant up to which absence means absence; None where nothing is complete."""
        return self._complete_to[kind]

    def turns(self, kind: LicenceKind, subject: Subject) -> Sequence[Instant]:
        """Return, in order, every instant at which the answer for a subject may change."""
        return self._licences.turns(kind, subject)

    def areas(self, vehicle: Plate, at: Instant) -> Sequence[str]:
        """Return the area of each permit of a car that is valid at an instant; blank where it names none."""
        return self._licences.areas(vehicle, at)

    def first_registered(self, vehicle: Plate) -> date | None:
        """Return the least day that any source states for a car; None where none states one."""
        return self._licences.first_registered(vehicle)

    def mileages(self, vehicle: Plate) -> Sequence[Mileage]:
        """Return what platforms reported of how far a car was driven, as far as it can matter."""
        return self._mileages.of(vehicle)

    def episodes(self, vehicle: Plate, driver: Driver) -> Sequence[Episode]:
        """Return the episodes that name a car or a driver, in the order of their keys."""
        return self._watch_list.naming(vehicle, driver)

    def apply(self, change: RegisterChange) -> tuple[Subject, ...]:
        """Follow one change; return the subjects whose answers it may have changed."""
        match change:
            case Vouched():
                self._vouch(change)
                return ()
            case Mileage(vehicle=vehicle):
                return (Subject(vehicle),) if self._mileages.add(change) else ()
            case EpisodeStated() | EpisodeWithdrawn():
                return self._watch(change)
            case Stated(statement=statement, former=former):
                if statement.source not in self._ranks:  # configuration no longer lists it
                    return ()
                self._drop(statement, former)
                self._licences.put(statement, self._ranks[statement.source])
                return self._with_watched((*former, statement.subject))
            case Withdrawn(former=former):
                self._drop(change, former)
                return self._with_watched(former)

    def load(self, changes: Iterable[RegisterChange]) -> None:
        """Follow many changes in their order, where nobody asks whom they touch: far cheaper than singly."""
        portion = Portion()
        for change in changes:
            if not isinstance(change, Stated | Withdrawn):
                self.apply(change)
                continue
            said = change.statement if isinstance(change, Stated) else change
            rank = self._ranks.get(said.source)
            if rank is None:
                continue
            for subject in change.former:
                portion.drop(said.kind, subject, rank, said.certificate)
            if isinstance(said, Statement):
                portion.put(said, rank)
        self._licences.load(portion)

    def load_briefs(self, briefs: Column) -> None:
        """Follow many statements in their order, given in brief: cheaper still."""
        names, which = _distinct(briefs["source"])
        ranks = np.array([self._ranks.get(SourceName(name.decode()), -1) for name in names])[which]
        listed = ranks >= 0
        self._licences.load_briefs(briefs[listed], ranks[listed])

    def settle(self) -> None:
        """Get ready to answer at once after a long ``load``."""
        self._licences.settle()

    @property
    def heartbeats(self) -> Mapping[SourceName, Instant]:
        """The greatest instant up to which each source has vouched."""
        return self._heartbeats

    def count(self, kind: LicenceKind) -> int:
        """Return the number of subjects with a statement."""
        return self._licences.count(kind)

    def _watch(self, change: EpisodeStated | EpisodeWithdrawn) -> tuple[Subject, ...]:
        source = change.episode.source if isinstance(change, EpisodeStated) else change.source
        return self._watch_list.follow(change) if source in self._sources else ()

    def _with_watched(self, subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
        """Add whom the subjects' episodes name besides: one's licence may close the other's episode."""
        others = [other for subject in subjects for other in self._watch_list.watched_with(subject)]
        return (*subjects, *others) if others else subjects

    def _vouch(self, vouched: Vouched) -> None:
        if vouched.source not in self._sources:
            return
        self._heartbeats[vouched.source] = vouched.complete_to
        for kind in LicenceKind:
            self._complete_to[kind] = complete_to(kind, self._sources, self._heartbeats)

    def _drop(self, said: Statement | Withdrawn, subjects: Sequence[Subject]) -> None:
        rank = self._ranks.get(said.source)
        if rank is not None:
            for subject in subjects:
                self._licences.drop(said.kind, subject, rank, said.certificate)


def _distinct(sources: Column) -> tuple[Sequence[bytes], Column]:
    """Return the different ones of some names, and which of them each is."""
    if len(sources) and (sources == sources[0]).all():
        return [sources[0]], np.zeros(len(sources), np.intp)
    names, which = np.unique(sources, return_inverse=True)
    return names.tolist(), which
