"""Notices (停派通知): an officer tells a platform to stop dispatching a car or a driver."""

from enum import StrEnum
from typing import NewType

import msgspec

from regulator.domain.drivers import Driver
from regulator.domain.findings import FindingId
from regulator.domain.instants import HOUR, Instant
from regulator.domain.orders import CompanyId
from regulator.domain.plates import Plate

NoticeId = NewType("NoticeId", str)

ANSWER_WITHIN = 24 * HOUR
"""So long a platform has to answer before its silence is counted as overdue."""


class AnswerKind(StrEnum):
    """What a platform says to a notice."""

    STOPPED = "stopped"
    NOT_OURS = "not_ours"
    DISPUTED = "disputed"


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One notice to one company, about a car or a driver; the other half is blank.

    ``until`` None: until an officer lifts it. ``findings`` are those it rests on.
    """

    id: NoticeId
    platform: str
    company: CompanyId
    vehicle: Plate
    driver: Driver
    last4: str
    rule: str
    reason: str
    findings: tuple[FindingId, ...]
    issued_at: Instant
    issued_by: str
    until: Instant | None
    answer_by: Instant
    lifted_at: Instant | None = None
    lifted_by: str | None = None
    answer: AnswerKind | None = None
    answer_text: str | None = None
    answered_at: Instant | None = None

    def stands(self, at: Instant) -> bool:
        """Tell whether the platform is to heed it at an instant."""
        return self.lifted_at is None and (self.until is None or at < self.until)

    def waits(self, at: Instant) -> bool:
        """Tell whether it stands and was not answered."""
        return self.stands(at) and self.answer is None
