"""What a register source sends (contract, section 1.2)."""

import json
from datetime import date
from typing import Any

import pytest

from regulator.domain.drivers import driver_number, pseudonym
from regulator.domain.instants import Instant, from_rfc3339, start_of
from regulator.domain.licences import LicenceKind, Period, PeriodState, Statement, VehicleDescription
from regulator.domain.register import Heartbeat, Withdrawal
from regulator.wire.register import masked_certificate, spelt_certificate
from tests.wire.sending import DRIVER, KEY, PSEUDONYM
from tests.wire.stating import ARRIVAL, LICENCE, SOURCE, hear, refused, said


def period(**keys: Any) -> Period:
    statement = said(periods=[{"from": "2024-03-01", "to": "2027-02-28", "state": "valid", **keys}])
    (only,) = statement.periods
    assert isinstance(only, Period)
    return only


def test_a_statement_says_everything_about_one_certificate() -> None:
    assert said() == Statement(
        source=SOURCE.name,
        kind=LicenceKind.VEHICLE_PERMIT,
        certificate=spelt_certificate("沪交运管许可310115002863"),
        subject="沪AD12345",  # type: ignore[arg-type]  # as it is spelt
        sequence=8812,
        periods=(
            Period(start_of(date(2024, 3, 1)), start_of(date(2027, 3, 1)), PeriodState.VALID),
            Period(start_of(date(2025, 6, 1)), None, PeriodState.SUSPENDED),
        ),
        area="310000",
        first_registered=date(2023, 11, 20),
        recorded_at=from_rfc3339("2024-03-01T09:12:00+08:00"),
        vehicle=VehicleDescription("荣威", "Ei5", "白", "绿"),
    )


def test_what_is_not_needed_may_be_left_out() -> None:
    least = {key: LICENCE[key] for key in ("type", "kind", "certificate", "subject", "sequence")}

    statement = hear(json.dumps({**least, "periods": []}).encode())

    assert (statement.periods, statement.area, statement.vehicle) == ((), "", None)
    assert (statement.first_registered, statement.recorded_at) == (None, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("area", "3100"),
        ("area", ["310000"]),
        ("first_registered", "2023-02-30"),
        ("first_registered", 20231120),
        ("recorded_at", "2024-03-01T09:12:00"),
        ("vehicle", "荣威"),
        ("vehicle", {"brand": 7}),
    ],
)
def test_a_typo_beside_the_point_takes_no_licence_out_of_the_register(field: str, value: Any) -> None:
    without = {key: held for key, held in LICENCE.items() if key != field}

    assert hear(json.dumps({**LICENCE, field: value}).encode()) == hear(json.dumps(without).encode())


@pytest.mark.parametrize(
    ("keys", "start", "end"),
    [
        ({}, "2024-03-01T00:00:00+08:00", "2027-03-01T00:00:00+08:00"),
        ({"to": "2024-03-01"}, "2024-03-01T00:00:00+08:00", "2024-03-02T00:00:00+08:00"),
        ({"to": None}, "2024-03-01T00:00:00+08:00", None),
        ({"to": "2024-03-01T12:00:00+08:00"}, "2024-03-01T00:00:00+08:00", "2024-03-01T12:00:00+08:00"),
        ({"from": "2024-03-01T00:00:00Z"}, "2024-03-01T08:00:00+08:00", "2027-03-01T00:00:00+08:00"),
        (
            {"from": "2024-03-01T00:00:00Z", "to": "2024-03-01T00:00:00Z"},
            "2024-03-01T08:00:00+08:00",
            "2024-03-01T08:00:00+08:00",
        ),
        (
            {"from": "2024-03-01T23:59:59+08:00", "to": "2024-03-01"},
            "2024-03-01T23:59:59+08:00",
            "2024-03-02T00:00:00+08:00",
        ),
    ],
)
def test_a_day_is_a_whole_day_and_an_instant_is_as_given(
    keys: dict[str, Any], start: str, end: str | None
) -> None:
    assert period(**keys) == Period(
        from_rfc3339(start), None if end is None else from_rfc3339(end), PeriodState.VALID
    )


def test_the_last_day_of_the_calendar_is_a_day() -> None:
    end = period(to="9999-12-31").end

    assert end is not None
    assert end > start_of(date(9999, 12, 31))


@pytest.mark.parametrize("state", PeriodState)
def test_every_state_is_read(state: PeriodState) -> None:
    assert period(state=state.value).state is state


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2024-03-02", "2024-03-01"),
        ("2024-03-02T00:00:00+08:00", "2024-03-01"),
        ("2024-03-01", "2024-02-29T23:59:59+08:00"),
        ("2024-03-01T00:00:01+08:00", "2024-03-01T00:00:00+08:00"),
    ],
)
def test_a_period_that_ends_before_it_starts_is_refused(start: str, end: str) -> None:
    message = {**LICENCE, "periods": [LICENCE["periods"][0], {"from": start, "to": end, "state": "valid"}]}

    reason, detail = refused(json.dumps(message).encode())

    assert reason == "period_ends_before_it_starts"
    assert detail.startswith("periods[1].to")


def test_a_driver_is_a_pseudonym_and_his_certificate_is_masked() -> None:
    statement = said(
        kind="driver_certificate", subject="11010519491231 002x", certificate="（11010519491231002x）"
    )

    assert statement.subject == PSEUDONYM
    assert statement.certificate == f"…002X·{PSEUDONYM}"
    assert DRIVER not in repr(statement)


def test_masking_keeps_certificates_apart() -> None:
    first, second = (masked_certificate(spelt_certificate(f"{digit}002X"), KEY) for digit in "12")

    assert first != second
    assert first.endswith(pseudonym(driver_number("1002X"), KEY))


def test_a_platforms_permit_names_its_company() -> None:
    assert said(kind="platform_permit", subject=" 3101YPZC0001 ").subject == "3101YPZC0001"


def test_an_area_may_come_as_a_number() -> None:
    assert said(area=310000).area == "310000"


@pytest.mark.parametrize(
    "text", ["沪交运管许可（310115）002863", "沪交运管许可 310115 002863", "沪交运管许可〔310115〕００2863"]
)
def test_a_certificate_has_one_spelling(text: str) -> None:
    assert said(certificate=text).certificate == "沪交运管许可310115002863"


def test_a_withdrawal_names_certificate_and_sequence() -> None:
    message = {
        "type": "withdrawn",
        "of": "licence",
        "kind": "vehicle_permit",
        "certificate": "沪交 (1)",
        "sequence": 9001,
    }

    assert hear(json.dumps(message).encode()) == Withdrawal(
        source=SOURCE.name,
        kind=LicenceKind.VEHICLE_PERMIT,
        certificate=spelt_certificate("沪交1"),
        sequence=9001,
    )
    assert refused(json.dumps({**message, "of": "permit"}).encode())[0] == "bad_field"


@pytest.mark.parametrize("complete_to", ["2026-03-02T08:00:00+08:00", "2026-03-02T00:00:00Z"])
def test_a_heartbeat_may_reach_up_to_its_arrival(complete_to: str) -> None:
    message = {"type": "heartbeat", "complete_to": complete_to}

    assert hear(json.dumps(message).encode()) == Heartbeat(source=SOURCE.name, complete_to=ARRIVAL)


@pytest.mark.parametrize(
    ("complete_to", "reason"),
    [
        ("2026-03-02T08:00:00.000001+08:00", "heartbeat_in_the_future"),
        ("2026-03-03T00:00:00+08:00", "heartbeat_in_the_future"),
        ("2026-03-02", "bad_field"),
        ("2026-03-02T07:00:00", "bad_field"),
        (None, "missing_field"),
        (Instant(0), "bad_field"),
    ],
)
def test_a_heartbeat_from_the_future_or_without_a_time_is_refused(complete_to: Any, reason: str) -> None:
    message = {"type": "heartbeat", "complete_to": complete_to}

    assert refused(json.dumps(message).encode())[0] == reason


@pytest.mark.parametrize("message", [{"type": "episode"}, {"type": "withdrawn", "of": "episode"}])
def test_a_source_that_may_not_state_episodes_is_told_so_first(message: dict[str, str]) -> None:
    assert refused(json.dumps(message).encode())[0] == "kind_not_allowed"
