"""A question and its answer for each operation, for the document and the page."""

from collections.abc import Mapping

import msgspec

from regulator.console.licence_api.shapes import (
    AnswerCode,
    Basis,
    LicenceAnswer,
    ManyAnswered,
    OneAnswered,
    Query,
    RegisterState,
    SourceState,
    SubjectAsked,
)
from regulator.domain.licences import LicenceKind, Reason

_AT = "2026-03-02T08:15:30+08:00"
_ANSWERED = "2026-03-02T09:00:20+08:00"
_DRIVER = "3b19c912c058ebba1d0aba5754b1473a"


def _register(source: str) -> RegisterState:
    vouched, with_grace = "2026-03-02T09:00:00+08:00", "2026-03-02T09:01:00+08:00"
    return RegisterState(
        complete_to=with_grace, sources=(SourceState(source=source, complete_to=vouched, required=True),)
    )


_EXPIRED = LicenceAnswer(
    kind=LicenceKind.VEHICLE_PERMIT,
    subject="沪AD12345",
    at=_AT,
    answer=AnswerCode.NOT_HELD,
    basis=Basis.ABSENCE,
    reason=Reason.EXPIRED,
    certificate="沪交运管许可310115002863",
    to="2026-02-28",
)
_DRIVES = LicenceAnswer(
    kind=LicenceKind.DRIVER_CERTIFICATE,
    subject=_DRIVER,
    at=_AT,
    answer=AnswerCode.HELD,
    basis=Basis.STATEMENT,
    certificate="…002X",
    to="2028-02-29",
    areas=("310000",),
)
_SUSPENDED = LicenceAnswer(
    kind=LicenceKind.PLATFORM_PERMIT,
    subject="3101YPZCYS01",
    at=_AT,
    answer=AnswerCode.NOT_HELD,
    basis=Basis.STATEMENT,
    reason=Reason.SUSPENDED,
    certificate="沪交经营许可0001",
    to="2026-03-31",
)


def _one(licence: LicenceAnswer, source: str) -> OneAnswered:
    return OneAnswered(answered_at=_ANSWERED, known_by=None, register=_register(source), licence=licence)


ASKED: Mapping[str, Query] = {
    "query": Query(
        subjects=[
            SubjectAsked(vehicle="沪AD12345"),
            SubjectAsked(driving_licence_no="11010519491231002X", reference="D-7"),
        ],
        at=_AT,
    )
}
"""Bodies, by operation."""

ANSWERED: Mapping[str, OneAnswered | ManyAnswered] = {
    "vehicle": _one(_EXPIRED, "vehicle-permits"),
    "driver": _one(_DRIVES, "driver-certificates"),
    "platform": _one(_SUSPENDED, "platform-permits"),
    "query": ManyAnswered(
        answered_at=_ANSWERED,
        known_by=None,
        register={
            LicenceKind.VEHICLE_PERMIT.value: _register("vehicle-permits"),
            LicenceKind.DRIVER_CERTIFICATE.value: _register("driver-certificates"),
        },
        counts={"not_held": 1, "held": 1},
        answers=(_EXPIRED, msgspec.structs.replace(_DRIVES, reference="D-7")),
    ),
}
"""Answers, by operation."""


def as_json(example: msgspec.Struct) -> msgspec.Raw:
    """Return an example as it travels."""
    return msgspec.Raw(msgspec.json.encode(example))
