"""One question and its answer, for the document and the page."""

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
_HELD = LicenceAnswer(
    kind=LicenceKind.DRIVER_CERTIFICATE,
    subject=_DRIVER,
    at=_AT,
    answer=AnswerCode.HELD,
    basis=Basis.STATEMENT,
    certificate="…002X",
    to="2028-02-29",
    areas=("310000",),
    reference="D-7",
)
_EXAMPLES: Mapping[type, msgspec.Struct] = {
    Query: Query(
        subjects=[
            SubjectAsked(vehicle="沪AD12345"),
            SubjectAsked(driving_licence_no="11010519491231002X", reference="D-7"),
        ],
        at=_AT,
    ),
    OneAnswered: OneAnswered(
        answered_at="2026-03-02T09:00:20+08:00",
        known_by=None,
        register=_register("vehicle-permits"),
        licence=_EXPIRED,
    ),
    ManyAnswered: ManyAnswered(
        answered_at="2026-03-02T09:00:20+08:00",
        known_by=None,
        register={
            LicenceKind.VEHICLE_PERMIT.value: _register("vehicle-permits"),
            LicenceKind.DRIVER_CERTIFICATE.value: _register("driver-certificates"),
        },
        counts={"not_held": 1, "held": 1},
        answers=(_EXPIRED, _HELD),
    ),
}


def example(shape: type) -> msgspec.Raw:
    """Return an example of a shape as JSON."""
    return msgspec.Raw(msgspec.json.encode(_EXAMPLES[shape]))
