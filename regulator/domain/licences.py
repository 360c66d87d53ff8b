"""Licences as the register states them, and what was in force at an instant.

A source states the whole of what it says about one certificate at a time; the newest statement
replaces the older one entirely. ``in_force`` is the law's reading of a set of statements, in plain
words; ``regulator.joins.licence_index`` answers the same from compact memory.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NewType

import msgspec

from regulator.domain.instants import Instant

SourceName = NewType("SourceName", str)
Subject = NewType("Subject", str)
"""Whom a licence is for: a ``CompanyId``, a plate or a driver's pseudonym."""
Certificate = NewType("Certificate", str)
"""A certificate's number, compared as opaque text; a driver's is masked (see ``wire.register``)."""


class LicenceKind(StrEnum):
    """The three licences of the trade (暂行办法 art. 8, 13, 15)."""

    PLATFORM_PERMIT = "platform_permit"  # 网络预约出租汽车经营许可证
    VEHICLE_PERMIT = "vehicle_permit"  # 网络预约出租汽车运输证
    DRIVER_CERTIFICATE = "driver_certificate"  # 网络预约出租汽车驾驶员证

    __hash__ = str.__hash__  # an enumeration's own is Python, and asked for every record


class PeriodState(StrEnum):
    """What a licence is during a period."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    CANCELLED = "cancelled"


class Reason(StrEnum):
    """Why a licence is not held: the first three by statement, the others by absence."""

    REVOKED = "revoked"
    CANCELLED = "cancelled"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    NEVER = "never"


BY_STATEMENT = frozenset({Reason.REVOKED, Reason.CANCELLED, Reason.SUSPENDED})

STRENGTH = (PeriodState.REVOKED, PeriodState.CANCELLED, PeriodState.SUSPENDED, PeriodState.VALID)
"""Where periods of one statement overlap, the one that comes first here counts."""


class Period(msgspec.Struct, frozen=True, gc=False):
    """A stretch of time [start, end) in one state; ``end`` None is open."""

    start: Instant
    end: Instant | None
    state: PeriodState

    def holds(self, at: Instant) -> bool:
        """Tell whether an instant lies inside."""
        return self.start <= at and (self.end is None or at < self.end)


class VehicleDescription(msgspec.Struct, frozen=True, gc=False):
    """How the permit describes its car; blank where it does not say."""

    brand: str = ""
    model: str = ""
    colour: str = ""
    plate_colour: str = ""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A source's whole present word on one certificate."""

    source: SourceName
    kind: LicenceKind
    certificate: Certificate
    subject: Subject
    sequence: int
    periods: tuple[Period, ...]
    area: str = ""
    first_registered: date | None = None
    recorded_at: Instant | None = None
    vehicle: VehicleDescription | None = None


class Answer(msgspec.Struct, frozen=True, gc=False):
    """What the register says of one subject at one instant.

    ``reason`` is None exactly when the licence is held. ``certificate`` and ``until`` name the
    period the answer rests on, where it rests on one.
    """

    reason: Reason | None
    certificate: Certificate | None = None
    until: Instant | None = None

    @property
    def held(self) -> bool:
        """Tell whether the licence was in force."""
        return self.reason is None

    @property
    def by_statement(self) -> bool:
        """Tell whether a source says in so many words that the licence is not held."""
        return self.reason in BY_STATEMENT


NEVER = Answer(Reason.NEVER)


def state_at(periods: Iterable[Period], at: Instant) -> Period | None:
    """Return the period of one statement that counts at an instant."""
    holding = [period for period in periods if period.holds(at)]
    return min(holding, key=lambda period: STRENGTH.index(period.state), default=None)


def in_force(statements: Sequence[Statement], at: Instant) -> Answer:
    """Answer from the statements that count: one a certificate (contract, section 4)."""
    present = [(state_at(one.periods, at), one.certificate) for one in statements]
    holding = [(period, certificate) for period, certificate in present if period is not None]
    if holding:
        period, certificate = min(holding, key=_most_telling)
        reason = None if period.state is PeriodState.VALID else Reason(period.state)
        return Answer(reason, certificate, period.end)
    return _absent([(period, one.certificate) for one in statements for period in one.periods], at)


def _most_telling(candidate: tuple[Period, Certificate]) -> tuple[int, int, Certificate]:
    """Valid first, then by strength; of equals the one that lasts longest: one answer on every machine."""
    period, certificate = candidate
    strength = -1 if period.state is PeriodState.VALID else STRENGTH.index(period.state)
    lasting = -period.end if period.end is not None else -(1 << 63)
    return strength, lasting, certificate


def _absent(periods: Sequence[tuple[Period, Certificate]], at: Instant) -> Answer:
    """No period holds the instant: expired if any ended, not yet if all are to come."""
    ended = [
        (period.end, certificate)
        for period, certificate in periods
        if period.end is not None and period.end <= at
    ]
    if ended:
        until, certificate = max(ended)
        return Answer(Reason.EXPIRED, certificate, until)
    if periods:
        start, certificate = min((period.start, certificate) for period, certificate in periods)
        return Answer(Reason.NOT_YET, certificate, start)
    return NEVER
