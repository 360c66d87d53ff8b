"""Reports and what every rule says of each, as it is told."""

import msgspec

from regulator.domain.licences import LicenceKind
from regulator.domain.orders import Stage
from regulator.explaining.told.register import LicenceAnswer
from regulator.rules.rule import Outcome


class LimitUsed(msgspec.Struct, frozen=True):
    """A limit that a rule asked for, and its value at the report's time."""

    name: str
    value: float


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
    waits_for: tuple[WaitsFor, ...] = ()
    licences: tuple[LicenceAnswer, ...] = ()
    limits: tuple[LimitUsed, ...] = ()
    limits_from: str | None = None
    legal_basis: tuple[str, ...] = ()


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
