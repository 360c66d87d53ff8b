"""Every refusal and every flaw, of every type, in every form: its neighbours in the array are unharmed."""

from collections.abc import Iterator
from typing import Any

import pytest

from regulator.domain.feed import FlawKind, Refusal, Refused
from regulator.domain.instants import Instant
from regulator.domain.limits import Limits
from regulator.wire.ministry.fields import Kind
from regulator.wire.ministry.shapes import SHAPES
from tests.wire.sending import (
    ARRIVAL,
    CLEAN,
    COMPANY,
    FORMS,
    border,
    flaws,
    otipc,
    protobuf_list,
    reasons,
    record,
)

A_DAY_LATER = 20260303081530
OF_JSON_ALONE = {FlawKind.PERSONAL_DATA, FlawKind.REPAIRED}
"""What protobuf cannot send: keys that are not in the table, numbers as texts."""


def spoilt_by(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what each reason, of refusal or flaw, takes to be given to a record of a type."""
    kind = SHAPES[name].type
    yield Refusal.FOREIGN, {"CompanyId": "3301YPZC0009"}
    naming = {"order": ["OrderId"], "own": [kind.own_key], "car_or_driver": ["VehicleNo", "LicenseId"]}
    if keys := naming.get(kind.key):
        yield Refusal.UNATTRIBUTABLE, {key: " " for key in keys if kind.has(key)}
    yield FlawKind.MISSING_FIELD, {"CompanyId": ""}
    yield FlawKind.BAD_FIELD, {"Reserved": "x\0"}
    whole = next((field.name for field in kind.fields if field.kind is Kind.COUNT), None)
    if whole and whole in CLEAN[name]:
        yield FlawKind.REPAIRED, {whole: str(CLEAN[name][whole])}
    yield FlawKind.REPAIRED, {"CompanyId": None, "Companyld": COMPANY}
    if kind.timely_by:
        yield FlawKind.UNTIMELY, {kind.timely_by: A_DAY_LATER}
    if kind.not_before:
        later, earlier = kind.not_before
        yield FlawKind.CONTRADICTION, {earlier: 20260302081531, later: 20260302081530}
    if name != "baseInfoPassenger":
        yield FlawKind.PERSONAL_DATA, {"PassengerName": "吴女士"}


CASES = [
    pytest.param(name, form, reason, changes, id=f"{name} {form} {reason} {index}")
    for name in CLEAN
    for index, (reason, changes) in enumerate(spoilt_by(name))
    for form in FORMS
    if form == "json" or reason not in OF_JSON_ALONE
]


@pytest.mark.parametrize(("name", "form", "reason", "changes"), CASES)
def test_a_refused_or_flawed_record_leaves_its_neighbours_as_they_are(
    name: str, form: str, reason: str, changes: dict[str, Any]
) -> None:
    clean, spoilt = record(name), record(name, **changes)
    alone = border(name).read(FORMS[form](name, [clean]), ARRIVAL)[0]

    before, between, after = border(name).read(FORMS[form](name, [clean, spoilt, clean]), ARRIVAL)

    assert [_without_index(before), _without_index(after)] == [_without_index(alone)] * 2
    if isinstance(between, Refused):
        assert between.reason == reason
    else:
        assert {kind for _, kind in flaws(between)} == {reason}


def test_every_reason_but_those_of_whole_messages_is_in_the_table() -> None:
    """Those, and our own failure, have the tests below."""
    listed = {case.values[2] for case in CASES}

    assert set(FlawKind) <= listed
    assert set(Refusal) - listed == {
        Refusal.UNREADABLE,
        Refusal.UNKNOWN_TYPE,
        Refusal.WRONG_TOPIC,
        Refusal.DEFECT,
    }


class Broken(Limits):
    """Limits that fail on one day, as a defect of our own would."""

    def value(self, name: str, at: Instant) -> float:
        if at > ARRIVAL + 3_600_000_000:
            raise ZeroDivisionError
        return super().value(name, at)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("name", "field"), [(name, SHAPES[name].type.timely_by) for name in CLEAN if SHAPES[name].type.timely_by]
)
def test_a_defect_of_ours_leaves_the_neighbours_as_they_are(name: str, field: str, form: str) -> None:
    clean, unlucky = record(name), record(name, **{field: A_DAY_LATER})

    outcomes = border(name, limits=Broken()).read(FORMS[form](name, [clean, unlucky, clean]), ARRIVAL)

    assert reasons(outcomes) == [None, "defect", None]


@pytest.mark.parametrize(
    "name", [name for name in CLEAN if name not in ("positionDriver", "positionVehicle")]
)
def test_an_envelope_on_the_wrong_topic_or_of_no_type_leaves_its_neighbours_in_the_list(name: str) -> None:
    good, stray, unknown = otipc(name, [record(name)]), otipc("positionDriver", [{}]), otipc(name, [{}])
    unknown.IPCType = 7

    outcomes = border(name).read(protobuf_list(good, stray, unknown, good), ARRIVAL)

    assert reasons(outcomes) == [None, "wrong_topic", "unknown_type", None]
    assert _without_index(outcomes[0]) == _without_index(outcomes[3])


def _without_index(outcome: Any) -> Any:
    return {key: getattr(outcome, key) for key in outcome.__struct_fields__ if key != "index"}
