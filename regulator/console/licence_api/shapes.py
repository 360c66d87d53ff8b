"""What is asked and what is answered, as JSON. The published schemas are made from these."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from regulator.config.lookups import MOST_SUBJECTS
from regulator.domain.licences import LicenceKind, Reason

_Moment = Annotated[
    str,
    Meta(
        title="Instant",
        description="RFC 3339，带时区 · RFC 3339 with offset",
        examples=["2026-03-02T08:15:30+08:00"],
        max_length=40,
    ),
]
_Plate = Annotated[str, Meta(description="号牌 · a plate", examples=["沪AD12345"], max_length=32)]
_Number = Annotated[
    str,
    Meta(description="机动车驾驶证号，仅在正文里 · a driving-licence number; only in a body", max_length=64),
]
_Pseudonym = Annotated[
    str,
    Meta(
        description="驾驶员假名，32 位十六进制 · a driver's pseudonym, 32 hexadecimal digits",
        pattern="^[0-9a-f]{32}$",
    ),
]
_Company = Annotated[str, Meta(description="CompanyId", max_length=64)]
_Reference = Annotated[str, Meta(description="原样返回 · given back as it is", max_length=64)]


class AnswerCode(StrEnum):
    """What the register says."""

    HELD = "held"
    NOT_HELD = "not_held"
    UNDETERMINED = "undetermined"
    NOT_REPORTED = "not_reported"
    NOT_IDENTIFIABLE = "not_identifiable"


class Basis(StrEnum):
    """Whether a source says so, or none says otherwise."""

    STATEMENT = "statement"
    ABSENCE = "absence"


class SubjectAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom a licence is for: exactly one of vehicle, driver, driving_licence_no, company."""

    vehicle: _Plate | UnsetType = UNSET
    driver: _Pseudonym | UnsetType = UNSET
    driving_licence_no: _Number | UnsetType = UNSET
    company: _Company | UnsetType = UNSET
    at: _Moment | UnsetType = UNSET
    reference: _Reference | None = None


class Query(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Many subjects. ``at`` stands where a subject has none of its own; without both, now."""

    subjects: Annotated[list[SubjectAsked], Meta(min_length=1, max_length=MOST_SUBJECTS)]
    at: _Moment | None = None
    known_by: _Moment | None = None


class LicenceAnswer(msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from"}):
    """The answer for one subject at one instant. ``certificate``: of a driver's only the last characters."""

    kind: LicenceKind
    subject: Annotated[str, Meta(description="号牌、假名或 CompanyId · plate, pseudonym or CompanyId")]
    at: _Moment
    answer: AnswerCode
    basis: Basis | None = None
    reason: Reason | None = None
    certificate: str | None = None
    start: Annotated[str | None, Meta(description="not_yet：自何日起 · from when it will be held")] = None
    to: Annotated[
        str | None,
        Meta(description="所依据期间的末日（含）或时刻 · last day, inclusive, of the period, or an instant"),
    ] = None
    areas: Annotated[
        tuple[str, ...], Meta(description="经营区域代码 · codes of the areas it is valid for")
    ] = ()
    reference: str | None = None


class SourceState(msgspec.Struct, frozen=True, kw_only=True):
    """A department and the instant up to which it vouches for what it said; null: it never did."""

    source: str
    complete_to: _Moment | None
    required: bool


class RegisterState(msgspec.Struct, frozen=True, kw_only=True):
    """Up to when absence means absence (grace included), and who says so; null: nothing is complete."""

    complete_to: _Moment | None
    sources: tuple[SourceState, ...]


class OneAnswered(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a question about one subject."""

    answered_at: _Moment
    known_by: _Moment | None
    register: RegisterState
    licence: LicenceAnswer


class ManyAnswered(msgspec.Struct, frozen=True, kw_only=True):
    """The answers in the order of the subjects, and how many there are of each."""

    answered_at: _Moment
    known_by: _Moment | None
    register: dict[str, RegisterState]
    counts: dict[str, int]
    answers: tuple[LicenceAnswer, ...]
