"""Findings, what was silent, and what would have made them others, as it is told."""

import msgspec

from regulator.domain.licences import LicenceKind
from regulator.domain.orders import Stage


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
