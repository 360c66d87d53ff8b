"""An account of a verdict as it is told: instants as RFC 3339, drivers by their last four characters.

Codes are those of the contract; ``regulator.console.telling`` says them in words.
"""

import msgspec

from regulator.domain.licences import LicenceKind
from regulator.domain.orders import Stage
from regulator.rules.rule import Outcome


class LicenceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the register says of one licence at one instant. ``to``: where the answer rests on a period."""

    kind: LicenceKind
    subject: str
    at: str
    answer: str
    reason: str | None
    certificate: str | None
    to: str | None


class LimitUsed(msgspec.Struct, frozen=True):
    """A limit that a rule asked for, and its value at the report's time."""

    name: str
    value: float


class VerdictTold(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule says of one subject at one report.

    ``why`` it does not apply: ``stage`` (the rule does not judge this stage), ``nobody`` (the report
    names none of whom it judges) or ``facts``. ``waits_for``: see ``waiting``.
    """

    rule: str
    subject: str | None
    outcome: Outcome
    reason: str | None = None
    why: str | None = None
    waits_for: tuple["WaitsFor", ...] = ()
    licences: tuple[LicenceAnswer, ...] = ()
    limits: tuple[LimitUsed, ...] = ()
    limits_from: str | None = None
    legal_basis: tuple[str, ...] = ()


class WaitsFor(msgspec.Struct, frozen=True, kw_only=True):
    """For what an undetermined verdict waits.

    ``cause`` ``register``: the register of ``kind`` is to be complete up to ``until``, and ``behind``
    are the sources that have not vouched so far. ``start``, ``end``: a place is not known. ``area``:
    nobody drew the area ``code``. ``facts``: the rule does not say.
    """

    cause: str
    kind: LicenceKind | None = None
    until: str | None = None
    behind: tuple[str, ...] = ()
    code: str | None = None


class OriginTold(msgspec.Struct, frozen=True, kw_only=True):
    """Where a report is in its feed; ``partition`` and ``arrival`` where they are known."""

    topic: str
    partition: int | None
    offset: int
    index: int
    arrival: str | None


class PlaceTold(msgspec.Struct, frozen=True):
    """Degrees, WGS-84."""

    lon: float
    lat: float


class ReportTold(msgspec.Struct, frozen=True, kw_only=True):
    """One report and what every rule says of it."""

    stage: Stage
    at: str
    timed: bool
    vehicle: str | None
    driver: str | None
    place: PlaceTold | None
    origin: OriginTold
    verdicts: tuple[VerdictTold, ...]


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


class QueueEvent(msgspec.Struct, frozen=True, kw_only=True):
    """What the queue was told of a finding, and on whose account; None: a platform's report."""

    event: str
    at: str
    reason: str | None
    because: str | None


class FindingTold(msgspec.Struct, frozen=True, kw_only=True):
    """A finding: what follows from the facts, and what the queue was told.

    ``status`` None: nothing follows, it stands on the queue's record only. ``queue``: the last event
    there, None where the queue never heard of it.
    """

    finding: str
    rule: str
    subject: str
    status: str | None
    reason: str | None
    stage: Stage
    stages: tuple[str, ...]
    at: str
    disputed: bool
    queue: str | None
    events: tuple[QueueEvent, ...]


class Silent(msgspec.Struct, frozen=True, kw_only=True):
    """Why a rule found nothing.

    ``why``: ``compliant``, or as in ``VerdictTold.why``; ``stage`` means that no report of its stages
    came.
    """

    rule: str
    why: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a supposition does to one finding; None: there is none."""

    rule: str
    subject: str
    before: str | None
    reason_before: str | None
    after: str | None
    reason_after: str | None


class Supposition(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was not so, and what it would have changed: judged anew, not guessed."""

    code: str
    kind: LicenceKind | None = None
    subject: str | None = None
    stage: Stage | None = None
    at: str | None = None
    changes: tuple[Change, ...] = ()


class RefusedTold(msgspec.Struct, frozen=True, kw_only=True):
    """A record that named the order and was refused."""

    topic: str
    partition: int
    offset: int
    index: int
    reason: str
    at: str


class CaseExplained(msgspec.Struct, frozen=True, kw_only=True, tag_field="about", tag="case"):
    """The account of one order or login."""

    company: str
    order: str | None
    login: str | None
    known_by: str | None
    reports: tuple[ReportTold, ...]
    register: RegisterTold
    asked: tuple[LicenceAnswer, ...]
    findings: tuple[FindingTold, ...]
    silent: tuple[Silent, ...]
    would_change: tuple[Supposition, ...]
    refused: tuple[RefusedTold, ...]


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """One of a car's orders or logins, and what it came to."""

    company: str
    order: str | None
    login: str | None
    at: str
    stage: Stage | None
    driver: str | None
    findings: tuple[FindingTold, ...]


class PlateExplained(msgspec.Struct, frozen=True, kw_only=True, tag_field="about", tag="plate"):
    """The account of one car: what the register holds of it, and its latest orders and logins."""

    vehicle: str
    at: str
    known_by: str | None
    register: RegisterTold
    answers: tuple[LicenceAnswer, ...]
    cases: tuple[Came, ...]


class Unknown(msgspec.Struct, frozen=True, kw_only=True, tag_field="about", tag="unknown"):
    """Nothing is held under what was asked for; records that named it may have been refused."""

    asked: str
    refused: tuple[RefusedTold, ...]


Explained = CaseExplained | PlateExplained | Unknown
