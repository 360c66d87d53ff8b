"""What is wrong with a record that is handled all the same (contract, section 2)."""

from datetime import date
from typing import Any

import pytest

from regulator.domain.feed import Payment
from regulator.domain.instants import SECOND, Instant, from_rfc3339
from regulator.domain.limits import Limits
from regulator.domain.orders import Report
from regulator.wire.ministry.shapes import SHAPES
from tests.wire.sending import (
    ARRIVAL,
    AT,
    CLEAN,
    accepted,
    border,
    envelope,
    flaws,
    only,
    read,
    record,
)

_NAMING = {name: SHAPES[name].type.own_key for name in CLEAN}
_NAMING |= {name: "OrderId" for name in CLEAN if SHAPES[name].type.key == "order"}
_NAMING["positionVehicle"] = "VehicleNo"
"""The field without which a record is about nobody: see test_attribution."""

REQUIRED = [
    (name, field.name)
    for name in CLEAN
    for field in SHAPES[name].type.fields
    if field.required and field.name != _NAMING[name]
]
TIMED = [(name, SHAPES[name].type.timely_by) for name in CLEAN if SHAPES[name].type.timely_by]
UNTIMED = [name for name in CLEAN if not SHAPES[name].type.timely_by]
OPTIONAL = [(name, field.name) for name in CLEAN for field in SHAPES[name].type.fields if not field.required]


@pytest.mark.parametrize(("name", "field"), REQUIRED)
def test_a_required_field_without_a_value_is_missing(name: str, field: str) -> None:
    for blank in (None, "", " \t", "\u3000"):
        assert only(name, **{field: blank}) == [(field, "missing_field")]
    (left_out,) = read(name, record(name, without=[field]))
    assert flaws(left_out) == [(field, "missing_field")]


@pytest.mark.parametrize(("name", "field"), OPTIONAL)
def test_an_optional_field_may_be_blank(name: str, field: str) -> None:
    for blank in (None, "", " "):
        assert only(name, **{field: blank}) == []


@pytest.mark.parametrize(("name", "field"), [*REQUIRED, *OPTIONAL])
def test_a_value_of_another_type_is_bad(name: str, field: str) -> None:
    for value in (True, [], {}, [1], {"a": 1}):
        assert only(name, **{field: value}) == [(field, "bad_field")]


BAD = [
    # length
    ("orderMatch", "DriverPhone", "1" * 33),
    ("orderCreate", "FareType", "F" * 17),
    ("orderCreate", "Departure", "路" * 129),
    ("orderCreate", "PassengerNote", "路" * 129),
    ("orderMatch", "LicenseId", "A" * 33),
    ("orderMatch", "Address", 31000),
    ("orderMatch", "Address", 3100000),
    ("operateArrive", "DriveTime", 10_000_000_000),
    ("operateArrive", "DriveMile", 1e10),
    ("orderMatch", "Encrypt", 10),
    ("baseInfoVehicleTotalMile", "TotalMile", 1e39),
    ("baseInfoVehicleTotalMile", "Flag", 0),
    ("baseInfoVehicleTotalMile", "Flag", 4),
    # type
    ("operateArrive", "DriveTime", 4_294_967_296),
    ("operateArrive", "DriveTime", -1),
    ("operateArrive", "DriveTime", 3.5),
    ("operateArrive", "DriveTime", "3.5s"),
    ("operateArrive", "DriveMile", "far"),
    ("positionDriver", "Elevation", 2_147_483_648),
    ("orderMatch", "DistributeTime", "2026-03-02 08:15:30"),
    ("orderMatch", "Longitude", "+121473700"),
    ("orderMatch", "Longitude", "１２１４７３７００"),
    ("orderMatch", "Longitude", 10**30),
    # code
    ("orderMatch", "Encrypt", 5),
    ("positionDriver", "BizStatus", 0),
    ("positionDriver", "BizStatus", 5),
    ("positionVehicle", "Encrypt", 5),
    ("orderCancel", "Operator", "4"),
    ("orderCancel", "Operator", "01"),
    ("orderCancel", "CancelTypeCode", "0"),
    ("operatePay", "PayState", "3"),
    ("operatePay", "InvoiceStatus", "3"),
    ("baseInfoVehicle", "CommercialType", 4),
    ("baseInfoVehicle", "FixState", "已检修"),
    ("baseInfoVehicle", "VIN", "1M8GDM9AXKP04278"),
    ("baseInfoVehicle", "CheckState", "1"),
    ("baseInfoDriver", "DriverGender", "男"),
    ("baseInfoDriver", "TaxiDriver", 2),
    ("baseInfoDriverApp", "NetType", 0),
    ("baseInfoDriverApp", "MapType", 4),
    ("baseInfoPassenger", "State", 2),
    ("sharePay", "PayState", "3"),
    # time
    ("orderMatch", "DistributeTime", 0),
    ("orderMatch", "DistributeTime", 19700101000000),
    ("orderMatch", "DistributeTime", 19700101080000),
    ("orderMatch", "DistributeTime", 20260230120000),
    ("orderMatch", "DistributeTime", 20261301120000),
    ("orderMatch", "DistributeTime", 20260302240000),
    ("orderMatch", "DistributeTime", 20260302086000),
    ("orderMatch", "DistributeTime", 20260302081560),
    ("orderMatch", "DistributeTime", 202603020815),
    ("orderMatch", "DistributeTime", 1772410530),
    ("orderCreate", "DepartTime", 20260230120000),
    ("orderCancel", "OrderTime", 0),
    ("operatePay", "PayTime", 19700101000000),
    ("operatePay", "OrderMatchTime", 19700101080000),
    ("baseInfoVehicleTotalMile", "UpdateTime", 20260230120000),
    ("baseInfoVehicle", "CertifyDateA", 20230229),
    ("baseInfoVehicle", "CertifyDateA", 19700101),
    ("baseInfoVehicle", "NextFixDate", 20261301),
    ("baseInfoDriver", "DriverBirthday", 19700132),
    ("baseInfoDriver", "NetworkCarProofOff", 2026),
    ("baseInfoDriver", "ContractOn", 10000000),
    ("baseInfoDriverStat", "Cycle", 202600),
    ("baseInfoDriverStat", "Cycle", 202613),
    ("baseInfoDriverStat", "Cycle", 197001),
    ("ratedDriver", "TestDate", 20260631),
    ("ratedPassenger", "EvaluateTime", 19700101080000),
    ("sharePay", "PayTime", 20260302081560),
    ("shareRoute", "RouteCreateTime", 1772410530),
    ("positionVehicle", "PositionTime", 0),
    ("positionVehicle", "PositionTime", 999_999_999),
    ("positionVehicle", "PositionTime", 17724105301),
    ("positionVehicle", "PositionTime", 19990302081530),
    ("positionVehicle", "PositionTime", 177241053000000),
    # place
    ("orderMatch", "Longitude", 72_999_999),
    ("orderMatch", "Longitude", 136_000_001),
    ("orderMatch", "Latitude", 2_999_999),
    ("orderMatch", "Latitude", 54_000_001),
    ("orderCreate", "DestLatitude", 0),
    ("operatePay", "DepLongitude", 0),
    ("positionVehicle", "Longitude", 0),
    # a text that cannot be written down
    ("orderMatch", "DriverPhone", "138\x00"),
    ("orderMatch", "DriverPhone", "138\ud800"),
]


@pytest.mark.parametrize(("name", "field", "value"), BAD)
def test_a_value_that_cannot_be_is_bad(name: str, field: str, value: Any) -> None:
    assert only(name, **{field: value}) == [(field, "bad_field")]


GOOD = [
    ("orderMatch", "Longitude", 73_000_000),
    ("orderMatch", "Longitude", 136_000_000),
    ("orderMatch", "Latitude", 3_000_000),
    ("orderMatch", "Latitude", 54_000_000),
    ("orderMatch", "Longitude", 121473700.0),
    ("orderMatch", "DriverPhone", "1" * 32),
    ("orderMatch", "Encrypt", 0),
    ("orderCreate", "Departure", "路" * 128),
    ("operateArrive", "DriveTime", 4_294_967_295),
    ("operateArrive", "DriveMile", 9_999_999_999),
    ("operateArrive", "DriveMile", 17.400000000000002),
    ("operateArrive", "DriveMile", 0),
    ("operatePay", "BenfitPrice", -3.5),
    ("baseInfoVehicleTotalMile", "TotalMile", 10**11),
    ("positionDriver", "Elevation", -154),
    ("positionDriver", "Direction", 360),
    ("orderMatch", "VehicleNo", "not a plate"),
    ("orderMatch", "LicenseId", "无"),
    ("orderMatch", "Reserved", "x" * 5000),
    ("orderMatch", "InfoFlag", {"unknown": ["key"]}),
    ("positionVehicle", "PositionTime", 1_772_410_530_000),
    ("baseInfoCompanyPermit", "State", "有效"),
    ("baseInfoCompanyPermit", "StopDate", 99991231),
    ("baseInfoDriver", "DriverBirthday", 19700101),
    ("baseInfoDriver", "DriverType", "A1A2D"),
    ("baseInfoVehicle", "PlateColor", "渐变绿"),
    ("baseInfoVehicle", "VIN", "OIQ00000000000000"),
    ("baseInfoCompanyStat", "VehicleNum", 4_294_967_295),
    ("shareRoute", "DriverPhone", "1" * 5000),
    ("positionVehicle", "PositionTime", 20260302081530),
]


@pytest.mark.parametrize(("name", "field", "value"), GOOD)
def test_a_value_at_the_edge_of_what_may_be_is_no_flaw(name: str, field: str, value: Any) -> None:
    assert only(name, **{field: value}) == []


@pytest.mark.parametrize(
    "digits", ["1e999", "-1e99999999999999999999", "1" + "0" * 400, "1" + "0" * 5000, "1" + "0" * 5000 + ".5"]
)
@pytest.mark.parametrize("field", ["DriveMile", "DriveTime", "DestLongitude"])
def test_a_number_beyond_all_bounds_is_bad(field: str, digits: str) -> None:
    sent = [record("operateArrive"), record("operateArrive", **{field: "@"}), record("operateArrive")]
    payload = envelope("operateArrive", sent).replace(b'"@"', digits.encode())

    outcomes = border("operateArrive").read(payload, ARRIVAL)

    assert [flaws(outcome) for outcome in outcomes] == [[], [(field, "bad_field")], []]


@pytest.mark.parametrize("field", ["PassengerName", "PassengerPhone"])
@pytest.mark.parametrize("name", [name for name in CLEAN if name != "baseInfoPassenger"])
def test_a_passengers_name_or_phone_is_personal_data(name: str, field: str) -> None:
    assert only(name, **{field: "13900000000"}) == [(field, "personal_data")]
    assert only(name, **{field: ""}) == []


def test_a_passengers_own_record_may_name_them() -> None:
    assert only("baseInfoPassenger", PassengerPhone="13900000001", PassengerName="吴") == []


WRONG_CHECK_DIGITS = {
    "LicenseId": "110105194912310021",
    "LegalID": "11010519491231002x1"[:17] + "1",
    "Identifier": "91350100M000100Y44",
    "VIN": "1M8GDM9A1KP042788",
}


@pytest.mark.parametrize(
    ("name", "field"),
    [(name, field) for name in CLEAN for field in WRONG_CHECK_DIGITS if field in CLEAN[name]],
)
def test_a_wrong_check_digit_is_a_flaw(name: str, field: str) -> None:
    assert only(name, **{field: WRONG_CHECK_DIGITS[field]}) == [(field, "bad_field")]


def test_a_wrong_check_digit_is_a_flaw_and_the_driver_is_judged() -> None:
    right, wrong = read(
        "orderMatch", record("orderMatch"), record("orderMatch", LicenseId="110105194912310021")
    )

    assert flaws(wrong) == [("LicenseId", "bad_field")]
    facts = accepted(right).fact, accepted(wrong).fact
    assert all(isinstance(fact, Report) and len(fact.driver) == 32 for fact in facts)


def test_a_pay_that_ends_before_it_begins_contradicts_itself() -> None:
    changes = {"DepTime": 20260302081531, "DestTime": 20260302081530}

    assert only("operatePay", **changes) == [("DestTime", "contradiction")]
    assert only("operatePay", DepTime=20260302081530) == []
    (outcome,) = read("operatePay", record("operatePay", **changes))
    fact = accepted(outcome).fact
    assert isinstance(fact, Payment)
    assert (fact.ended_at, fact.report.at) == (AT, AT + SECOND)


@pytest.mark.parametrize(
    ("name", "field"),
    TIMED,
)
@pytest.mark.parametrize(
    ("arrival", "late"),
    [
        (AT - 61 * SECOND, True),
        (AT - 60 * SECOND - 1, True),
        (AT - 60 * SECOND, False),
        (AT, False),
        (AT + 600 * SECOND, False),
        (AT + 600 * SECOND + 1, True),
    ],
)
def test_an_event_far_from_its_arrival_is_untimely(name: str, field: str, arrival: int, late: bool) -> None:
    (outcome,) = read(name, record(name), arrival=Instant(arrival))

    assert flaws(outcome) == ([(field, "untimely")] if late else [])


@pytest.mark.parametrize("name", UNTIMED)
@pytest.mark.parametrize("arrival", [AT - 10**15, AT, AT + 10**15])
def test_a_record_without_a_time_of_its_own_is_never_untimely(name: str, arrival: int) -> None:
    (outcome,) = read(name, record(name), arrival=Instant(arrival))

    assert flaws(outcome) == []


def test_a_pay_is_timely_by_its_end() -> None:
    (early,) = read("operatePay", record("operatePay"), arrival=Instant(AT - 61 * SECOND))
    (late,) = read("operatePay", record("operatePay", DestTime=0), arrival=Instant(AT + 3600 * SECOND))

    assert flaws(early) == [("DestTime", "untimely")]
    assert flaws(late) == [("DestTime", "bad_field")]


def test_the_limits_of_the_events_day_decide_what_is_untimely() -> None:
    limits = Limits({"untimely_before_seconds": [(date(2016, 1, 1), 600), (date(2026, 3, 2), 60)]})
    arrival = from_rfc3339("2026-03-02T00:01:00+08:00")
    sent = [record("orderMatch", DistributeTime=time) for time in (20260301235959, 20260302000000)]

    outcomes = border(limits=limits).read(envelope("orderMatch", sent), arrival)

    assert [flaws(outcome) for outcome in outcomes] == [[], []]
    later = border(limits=limits).read(envelope("orderMatch", sent), Instant(arrival + 1))
    assert [flaws(outcome) for outcome in later] == [[], [("DistributeTime", "untimely")]]
