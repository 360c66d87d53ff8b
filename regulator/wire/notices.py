"""Notices (停派通知) to a platform and its answers: ``notices.<platform>``, ``feed.<platform>.answers``."""

from enum import StrEnum

import msgspec

SCHEMA = 1


class NoticeState(StrEnum):
    """How a notice stands."""

    STANDING = "standing"
    LIFTED = "lifted"


class AnswerKind(StrEnum):
    """What a platform says to a notice."""

    STOPPED = "stopped"
    NOT_OURS = "not_ours"
    DISPUTED = "disputed"


class NoticedDriver(msgspec.Struct, frozen=True):
    """A driver as a platform may recognise them: pseudonym and last four characters."""

    id: str
    last4: str


class Notice(msgspec.Struct, frozen=True, kw_only=True):
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


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the platform says to a notice. Of several the latest arrival counts."""

    notice: str
    answer: AnswerKind
    text: str = ""


encode_notice = msgspec.json.Encoder().encode
"""Write a notice."""

decode_notice = msgspec.json.Decoder(Notice).decode
"""Read a notice; raises ``msgspec.DecodeError``."""

decode_answer = msgspec.json.Decoder(Answer).decode
"""Read an answer; raises ``msgspec.DecodeError``, which names the field that is wrong."""
