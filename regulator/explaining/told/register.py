"""What the register holds and answers, as it is told."""

import msgspec

from regulator.domain.licences import LicenceKind


class LicenceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the register says of one licence at one instant. ``to``: where the answer rests on a period."""

    kind: LicenceKind
    subject: str
    at: str
    answer: str
    reason: str | None
    certificate: str | None
    to: str | None


class PeriodTold(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """A period of a statement; ``end`` exclusive, None is open."""

    start: str
    end: str | None
    state: str


class StatementTold(msgspec.Struct, frozen=True, kw_only=True):
    """A source's word. ``counts``: no source that goes before it speaks of the same certificate."""

    source: str
    certificate: str
    sequence: int
    counts: bool
    known_at: str
    recorded_at: str | None
    area: str
    first_registered: str | None
    periods: tuple[PeriodTold, ...]


class LicenceTold(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is stated of one subject's licence."""

    kind: LicenceKind
    subject: str
    statements: tuple[StatementTold, ...]


class SourceTold(msgspec.Struct, frozen=True, kw_only=True):
    """How far a required source vouches. ``complete_to``: with its grace."""

    source: str
    vouched_to: str | None
    grace_seconds: float
    complete_to: str | None


class CompletenessTold(msgspec.Struct, frozen=True, kw_only=True):
    """How far absence of a kind of licence means absence, and by whose word."""

    kind: LicenceKind
    complete_to: str | None
    sources: tuple[SourceTold, ...]


class StepTold(msgspec.Struct, frozen=True):
    """One step of an episode."""

    event: str
    at: str


class EpisodeTold(msgspec.Struct, frozen=True, kw_only=True):
    """An episode of the watch list. ``cleared_at``: when all whom it names held their licences."""

    source: str
    number: str
    sequence: int
    vehicle: str | None
    driver: str | None
    document: str
    steps: tuple[StepTold, ...]
    cleared_at: str | None


class MileageTold(msgspec.Struct, frozen=True):
    """How far a car had been driven."""

    at: str
    kilometres: float


class CarTold(msgspec.Struct, frozen=True, kw_only=True):
    """How old a car is and how far it was driven."""

    vehicle: str
    first_registered: str | None
    mileages: tuple[MileageTold, ...]


class RegisterTold(msgspec.Struct, frozen=True, kw_only=True):
    """What the register holds of everybody concerned."""

    licences: tuple[LicenceTold, ...]
    completeness: tuple[CompletenessTold, ...]
    episodes: tuple[EpisodeTold, ...]
    cars: tuple[CarTold, ...]
