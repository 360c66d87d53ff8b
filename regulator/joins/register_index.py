"""The register in memory: compact, and answering as of any instant.

Follows changes in any order in which one certificate's changes come in theirs. Holds one packed
value a subject (``packed``); the law's reading is ``domain.licences.in_force``, and a property
test holds the two together.
"""

from binascii import unhexlify
from collections.abc import Mapping, Sequence
from datetime import date

from regulator.domain.drivers import Driver
from regulator.domain.episodes import Episode
from regulator.domain.instants import Instant
from regulator.domain.licences import (
    NEVER,
    Answer,
    Certificate,
    LicenceKind,
    SourceName,
    Statement,
    Subject,
    in_force,
)
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
    complete_to,
    ranked,
)
from regulator.joins.mileages import Mileages
from regulator.joins.packed import Entry, answer_of_one, one_holds, pack, pack_one, unpack
from regulator.joins.watch_list import WatchList

_PSEUDONYM_DIGITS = 32
_OF_DRIVERS = LicenceKind.DRIVER_CERTIFICATE
_PERMIT = LicenceKind.VEHICLE_PERMIT


class RegisterIndex:
    """What was in force, from the statements of every source."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._ranks = {name: rank for rank, name in enumerate(ranked(sources))}
        self._names = ranked(sources)
        self._packed: dict[LicenceKind, dict[bytes, bytes]] = {kind: {} for kind in LicenceKind}
        self._heartbeats: dict[SourceName, Instant] = {}
        self._complete_to: dict[LicenceKind, Instant | None] = dict.fromkeys(LicenceKind)
        self._watch_list = WatchList()
        self._mileages = Mileages()
        self._cars: dict[str, dict[tuple[int, Certificate], tuple[str, date | None]]] = {}

    def in_force(self, kind: LicenceKind, subject: Subject, at: Instant) -> Answer:
        """Answer for one subject at one instant."""
        packed = self._packed[kind].get(_key(kind, subject))
        if packed is None:
            return NEVER
        return answer_of_one(packed, at) or self._weigh(kind, subject, packed, at)

    def holds(self, kind: LicenceKind, subject: Subject, at: Instant) -> bool:
        """Tell whether one subject held its licence at one instant."""
        packed = self._packed[kind].get(_key(kind, subject))
        if packed is None:
            return False
        held = one_holds(packed, at)
        return self._weigh(kind, subject, packed, at).held if held is None else held

    def complete_to(self, kind: LicenceKind) -> Instant | None:
        """Return the instant up to which absence means absence; None where nothing is complete."""
        return self._complete_to[kind]

    def turns(self, kind: LicenceKind, subject: Subject) -> Sequence[Instant]:
        """Return, in order, every instant at which the answer for a subject may change."""
        entries = unpack(self._packed[kind].get(_key(kind, subject), b""))
        periods = [period for entry in entries for period in entry.periods]
        ends = {period.end for period in periods if period.end is not None}
        return sorted({period.start for period in periods} | ends)

    def areas(self, vehicle: Plate, at: Instant) -> Sequence[str]:
        """Return the area of each permit of a car that is valid at an instant; blank where it names none."""
        packed = self._packed[_PERMIT].get(_key(_PERMIT, Subject(vehicle)), b"")
        stated = self._cars.get(vehicle, {})
        return [
            stated[entry.rank, certificate][0]
            for certificate, entry in _counting(packed).items()
            if in_force([self._statement(_PERMIT, Subject(vehicle), entry)], at).held
        ]

    def first_registered(self, vehicle: Plate) -> date | None:
        """Return the least day that any source states for a car; None where none states one."""
        stated = self._cars.get(vehicle, {}).values()
        return min((day for _, day in stated if day is not None), default=None)

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
                rank = self._ranks.get(statement.source)
                if rank is None:  # a source that configuration no longer lists
                    return ()
                if former:
                    self._drop(statement.kind, former, statement.source, statement.certificate)
                self._put(statement, rank)
                return self._with_watched((*former, statement.subject))
            case Withdrawn(former=former):
                self._drop(change.kind, former, change.source, change.certificate)
                return self._with_watched(former)

    @property
    def heartbeats(self) -> Mapping[SourceName, Instant]:
        """The greatest instant up to which each source has vouched."""
        return self._heartbeats

    def count(self, kind: LicenceKind) -> int:
        """Return the number of subjects with a statement."""
        return len(self._packed[kind])

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

    def _put(self, statement: Statement, rank: int) -> None:
        table = self._packed[statement.kind]
        key = _key(statement.kind, statement.subject)
        if statement.kind is _PERMIT:
            said = self._cars.setdefault(statement.subject, {})
            said[rank, statement.certificate] = statement.area, statement.first_registered
        present = table.get(key)
        if present is None and len(statement.periods) == 1:
            table[key] = pack_one(rank, statement.certificate, statement.periods[0])
            return
        entries = [
            entry
            for entry in unpack(present or b"")
            if (entry.rank, entry.certificate) != (rank, statement.certificate)
        ]
        entries.append(Entry(rank, statement.certificate, statement.periods))
        table[key] = pack(sorted(entries, key=_by_certificate))

    def _drop(
        self, kind: LicenceKind, subjects: Sequence[Subject], source: SourceName, certificate: Certificate
    ) -> None:
        table = self._packed[kind]
        rank = self._ranks.get(source)
        if kind is _PERMIT and rank is not None:
            for subject in subjects:
                self._cars.get(subject, {}).pop((rank, certificate), None)
        for key in (_key(kind, subject) for subject in subjects):
            entries = [
                entry
                for entry in unpack(table.get(key, b""))
                if (entry.rank, entry.certificate) != (rank, certificate)
            ]
            if entries:
                table[key] = pack(entries)
            else:
                table.pop(key, None)

    def _weigh(self, kind: LicenceKind, subject: Subject, packed: bytes, at: Instant) -> Answer:
        """Several certificates, sources or periods: read them as the law does."""
        counting = _counting(packed).values()
        return in_force([self._statement(kind, subject, entry) for entry in counting], at)

    def _statement(self, kind: LicenceKind, subject: Subject, entry: Entry) -> Statement:
        return Statement(
            source=self._names[entry.rank],
            kind=kind,
            certificate=entry.certificate,
            subject=subject,
            sequence=0,
            periods=entry.periods,
        )


def _counting(packed: bytes) -> Mapping[Certificate, Entry]:
    """Return of each certificate the entry of the source that counts."""
    counting: dict[Certificate, Entry] = {}
    for entry in unpack(packed):
        counting.setdefault(entry.certificate, entry)
    return counting


def _by_certificate(entry: Entry) -> tuple[Certificate, int]:
    return entry.certificate, entry.rank


def _key(kind: LicenceKind, subject: Subject) -> bytes:
    """A driver's pseudonym is 32 hexadecimal digits: half of that as bytes."""
    if kind is _OF_DRIVERS and len(subject) == _PSEUDONYM_DIGITS:
        return unhexlify(subject)
    return subject.encode()
