"""The licence register (许可登记库) as a judge sees it, and who feeds it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

import msgspec

from regulator.domain.drivers import Driver
from regulator.domain.episodes import Episode, EpisodeNumber
from regulator.domain.instants import Instant
from regulator.domain.licences import Answer, Certificate, LicenceKind, SourceName, Statement, Subject
from regulator.domain.orders import CompanyId
from regulator.domain.plates import Plate


class Mileage(msgspec.Struct, frozen=True, gc=False, kw_only=True, tag="mileage", tag_field="type"):
    """How far a car had been driven, in kilometres, as any platform reported it."""

    vehicle: Plate
    at: Instant
    kilometres: float


class Young(msgspec.Struct, frozen=True, gc=False):
    """Of what age, in days, and how far driven a car is too old by no limit: less than this."""

    days: int
    kilometres: float


class Register(Protocol):
    """Whatever can say what was in force, who is watched and how old a car is."""

    def in_force(self, kind: LicenceKind, subject: Subject, at: Instant) -> Answer:
        """Answer for one subject at one instant."""
        ...

    def holds(self, kind: LicenceKind, subject: Subject, at: Instant) -> bool:
        """Tell whether the answer is that the licence was held: nearly always it is, and no more is asked."""
        ...

    def beyond_doubt(
        self, company: CompanyId, vehicle: Plate, driver: Driver, at: Instant, young: Young
    ) -> bool:
        """Tell, in one look, that nothing can be found on a company, car and driver at an instant.

        All three held their licences, no episode names them, and the car is young. False where that
        is not so, or is not told so quickly: then the rules ask.
        """
        ...

    def complete_to(self, kind: LicenceKind) -> Instant | None:
        """Return the instant up to which absence means absence; None where nothing is complete."""
        ...

    def turns(self, kind: LicenceKind, subject: Subject) -> Sequence[Instant]:
        """Return, in order, every instant at which the answer for a subject may change: ends of periods."""
        ...

    def areas(self, vehicle: Plate, at: Instant) -> Sequence[str]:
        """Return the area of each permit of a car that is valid at an instant; blank where it names none."""
        ...

    def first_registered(self, vehicle: Plate) -> date | None:
        """Return the least day that any source states for a car; None where none states one."""
        ...

    def mileages(self, vehicle: Plate) -> Sequence[Mileage]:
        """Return what platforms reported of how far a car was driven."""
        ...

    def episodes(self, vehicle: Plate, driver: Driver) -> Sequence[Episode]:
        """Return the episodes that name a car or a driver, in the order of their keys."""
        ...


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A department that feeds the register. ``grace`` is in microseconds.

    Grace is the authority's choice of how long absence may be read as absence beyond what the
    source vouched for.
    """

    name: SourceName
    kinds: frozenset[str]
    precedence: int
    required: bool
    grace: int


Sources = Mapping[SourceName, Source]


def ranked(sources: Sources) -> Sequence[SourceName]:
    """Return the sources, the one that counts most first; of equals the alphabetically first."""
    return sorted(sources, key=lambda name: (sources[name].precedence, name))


def complete_to(
    kind: LicenceKind, sources: Sources, heartbeats: Mapping[SourceName, Instant]
) -> Instant | None:
    """Return the least of what the required sources vouch for, each with its grace.

    A required source that never sent a heartbeat, or no required source at all: None. Nobody
    vouches, so absence proves nothing.
    """
    required = [source for source in sources.values() if source.required and kind in source.kinds]
    if not required or any(source.name not in heartbeats for source in required):
        return None
    return Instant(min(heartbeats[source.name] + source.grace for source in required))


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """A source takes back what it stated with an equal or lower sequence."""

    source: SourceName
    kind: LicenceKind
    certificate: Certificate
    sequence: int


class Heartbeat(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A source vouches for everything that it said before."""

    source: SourceName
    complete_to: Instant


class Stated(msgspec.Struct, frozen=True, kw_only=True, tag="licence", tag_field="type"):
    """A statement that now stands. ``former``: every other subject the source ever gave this certificate."""

    statement: Statement
    former: tuple[Subject, ...] = ()


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True, tag="withdrawn", tag_field="type"):
    """A statement that no longer stands. ``former``: every subject the source ever gave this certificate."""

    source: SourceName
    kind: LicenceKind
    certificate: Certificate
    sequence: int
    former: tuple[Subject, ...] = ()


class Vouched(msgspec.Struct, frozen=True, kw_only=True, tag="heartbeat", tag_field="type"):
    """A source's register is complete up to an instant."""

    source: SourceName
    complete_to: Instant


class EpisodeWithdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """A source takes back an episode that it stated with an equal or lower sequence."""

    source: SourceName
    number: EpisodeNumber
    sequence: int


class EpisodeStated(msgspec.Struct, frozen=True, kw_only=True, tag="episode", tag_field="type"):
    """An episode as it now stands. ``former``: everybody else whom it ever named."""

    episode: Episode
    former: tuple[Subject, ...] = ()


class EpisodeWithdrawn(msgspec.Struct, frozen=True, kw_only=True, tag="episode_withdrawn", tag_field="type"):
    """An episode that no longer stands. ``former``: everybody whom it ever named."""

    source: SourceName
    number: EpisodeNumber
    sequence: int
    former: tuple[Subject, ...] = ()


RegisterMessage = Statement | Withdrawal | Heartbeat | Episode | EpisodeWithdrawal
"""What a source says."""

RegisterChange = Stated | Withdrawn | Vouched | EpisodeStated | EpisodeWithdrawn | Mileage
"""What follows from it for whoever judges; mileages come from the platforms."""
