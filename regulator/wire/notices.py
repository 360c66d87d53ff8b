"""Notices (停派通知) to a platform and its answers: ``notices.<platform>``, ``feed.<platform>.answers``."""

from enum import StrEnum

import msgspec

from regulator.domain.instants import Instant, to_rfc3339
from regulator.domain.notices import AnswerKind, Notice

SCHEMA = 1


class NoticeState(StrEnum):
    """How a notice stands."""

    STANDING = "standing"
    LIFTED = "lifted"


class NoticedDriver(msgspec.Struct, frozen=True):
    """A driver as a platform may recognise them: pseudonym and last four characters."""

    id: str
    last4: str


class NoticeTold(msgspec.Struct, frozen=True, kw_only=True):
    """Stop dispatching this car or this driver. Key: ``notice``; the newest message of a key counts.

    ``until`` null: until it is lifted. ``findings`` are identities on ``enforcement.violations``.
    """

    schema: int = SCHEMA
    notice: str
    state: NoticeState
    company: str
    vehicle: str | None
    driver: NoticedDriver | None
    rule: str
    reason: str
    findings: tuple[str, ...] = ()
    until: str | None
    issued_at: str
    lifted_at: str | None = None
    answer_by: str


class AnswerGiven(msgspec.Struct, frozen=True, kw_only=True):
    """What the platform says to a notice. Of several the latest arrival counts."""

    notice: str
    answer: AnswerKind
    text: str = ""


encode_notice = msgspec.json.Encoder().encode
"""Write a notice."""

decode_notice = msgspec.json.Decoder(NoticeTold).decode
"""Read a notice; raises ``msgspec.DecodeError``."""

decode_answer = msgspec.json.Decoder(AnswerGiven).decode
"""Read an answer; raises ``msgspec.DecodeError``, which names the field that is wrong."""


def notice_told(notice: Notice) -> NoticeTold:
    """Say a notice as its platform reads it."""
    return NoticeTold(
        notice=notice.id,
        state=NoticeState.STANDING if notice.lifted_at is None else NoticeState.LIFTED,
        company=notice.company,
        vehicle=notice.vehicle or None,
        driver=NoticedDriver(notice.driver, notice.last4) if notice.driver else None,
        rule=notice.rule,
        reason=notice.reason,
        findings=notice.findings,
        until=_instant(notice.until),
        issued_at=to_rfc3339(notice.issued_at),
        lifted_at=_instant(notice.lifted_at),
        answer_by=to_rfc3339(notice.answer_by),
    )


def _instant(instant: Instant | None) -> str | None:
    return None if instant is None else to_rfc3339(instant)
