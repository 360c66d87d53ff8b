"""The independent judge against cases worked out by hand, one sentence of the contract each."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.oracle import identity, judge, register, worlds
from tests.oracle.builders import (
    ALL,
    CAR,
    COMPANY,
    KEY,
    PERSON,
    VALID,
    T,
    config,
    heartbeat,
    licence,
    line,
    match,
    of,
    positions,
    record,
    run,
    sent,
)  # fmt: skip


def vehicle(judgement: judge.Judgement) -> tuple[str, str | None] | None:
    rows = of("vehicle_permit", judgement)
    return (rows[0]["status"], rows[0]["reason"]) if rows else None


def test_pseudonym_of_the_test_vector() -> None:
    assert identity.pseudonym(KEY, "11010519491231002X") == "3b19c912c058ebba1d0aba5754b1473a"
    assert identity.pseudonym(KEY, " １1010519491231002x") == "3b19c912c058ebba1d0aba5754b1473a"


@pytest.mark.parametrize(
    ("text", "normal", "identifiable"),
    [
        ("沪A·12345", "沪A12345", True),
        ("沪ａ 1234５", "沪A12345", True),
        ("沪AD12345", "沪AD12345", True),
        ("沪A12345D", "沪A12345D", True), ("沪A1234学", "沪A1234学", True), ("沪I12345", "沪I12345", False),
        ("沪A1234", "沪A1234", False),
        ("沪AL12345", "沪AL12345", False),
        ("无", "无", False),
        ("", "", False),
        ("沪A-12.3•45", "沪A12345", True),
    ],
)  # fmt: skip
def test_plates(text: str, normal: str, identifiable: bool) -> None:
    assert (identity.plate(text), identity.is_plate(identity.plate(text))) == (normal, identifiable)


@pytest.mark.parametrize("text", ["0", "１２３４", "-", "无", "null", " ", ""])
def test_fillers_are_no_drivers(text: str) -> None:
    assert not identity.is_driver(identity.driver(text))


@pytest.mark.parametrize(
    ("periods", "answer"),
    [
        ([VALID], None),
        ([("2026-03-02", "2026-03-02", "valid")], None),
        ([("2026-03-01", "2026-03-01", "valid")], ("violation", "expired")),
        ([("2026-03-03", None, "valid")], ("violation", "not_yet")),
        ([("2026-03-01", "2026-03-01", "valid"), ("2026-03-03", None, "valid")], ("violation", "expired")),
        ([], ("violation", "never")),
        ([VALID, ("2026-03-02", "2026-03-02", "suspended")], ("violation", "suspended")),
        ([("2026-03-02", None, "suspended"), ("2026-03-02", None, "cancelled")], ("violation", "cancelled")),
        ([("2026-03-02", None, "cancelled"), ("2026-03-02", None, "revoked")], ("violation", "revoked")),
        ([VALID, ("2026-03-01", "2026-03-01", "revoked")], None),
        ([("2026-03-01", "2026-03-02T08:10:00+08:00", "valid")], ("violation", "expired")),
        ([("2026-03-01", "2026-03-02T00:10:01Z", "valid")], None),
        ([("2026-03-02T08:10:00+08:00", None, "valid")], None),
        ([("2026-03-02T08:10:01+08:00", None, "valid")], ("violation", "not_yet")),
    ],
)
def test_periods(periods: list[tuple[str, str | None, str]], answer: tuple[str, str] | None) -> None:
    lines = [licence("vehicle_permit", CAR, *periods), heartbeat(T), match()]
    assert vehicle(run(*lines)) == answer


def test_the_edge_of_a_day_is_the_next_midnight_in_shanghai() -> None:
    paper = licence("vehicle_permit", CAR, ("2026-02-01", "2026-02-28", "valid"))
    last, first = match(DistributeTime=20260228235959), match(DistributeTime=20260301000000)
    assert vehicle(run(paper, heartbeat(T), last)) is None
    assert vehicle(run(paper, heartbeat(T), first)) == ("violation", "expired")


@pytest.mark.parametrize(
    ("to", "answer"),
    [
        (
            "2026-03-02T08:09:00+08:00",
            ("violation", "never"),
        ),  # with a minute's grace exactly up to the report
        ("2026-03-02T08:08:59+08:00", ("undetermined", "never")),
        (None, ("undetermined", "never")),
    ],
)
def test_absence_counts_as_far_as_the_register_is_complete(to: str | None, answer: tuple[str, str]) -> None:
    assert vehicle(run(match(), *([heartbeat(to)] if to else []))) == answer


def test_a_heartbeat_from_the_future_is_refused_and_the_greatest_counts() -> None:
    future = heartbeat("2026-03-02T08:10:01+08:00", at=T)
    assert vehicle(run(match(), future)) == ("undetermined", "never")
    assert vehicle(run(match(), heartbeat(T, at=T), heartbeat("2020-01-01T00:00:00Z"))) == (
        "violation",
        "never",
    )


def test_every_required_source_must_vouch() -> None:
    grace = timedelta(seconds=60)
    both = {name: register.Source(ALL, 1, True, grace) for name in ("alpha", "beta")}
    silent = {**both, "beta": register.Source(ALL, 1, False, grace)}
    late = heartbeat("2026-03-02T08:00:00+08:00", source="beta")
    assert vehicle(run(match(), heartbeat(T), settings=config(sources=both))) == ("undetermined", "never")
    assert vehicle(run(match(), heartbeat(T), late, settings=config(sources=both))) == (
        "undetermined",
        "never",
    )
    assert vehicle(run(match(), heartbeat(T), late, settings=config(sources=silent))) == (
        "violation",
        "never",
    )


def test_statement_needs_no_heartbeat() -> None:
    revoked = licence("vehicle_permit", CAR, VALID, ("2026-03-01", None, "revoked"))
    assert vehicle(run(revoked, match())) == ("violation", "revoked")


@pytest.mark.parametrize(
    ("sequences", "answer"),
    [((1, 2), ("violation", "revoked")), ((2, 1), None), ((1, 1), ("violation", "revoked"))],
)
def test_the_higher_sequence_replaces_and_of_equals_the_later(
    sequences: tuple[int, int], answer: tuple[str, str] | None
) -> None:
    first = licence("vehicle_permit", CAR, VALID, sequence=sequences[0])
    second = licence("vehicle_permit", CAR, ("2026-01-01", None, "revoked"), sequence=sequences[1])
    assert vehicle(run(first, second, match(), heartbeat(T))) == answer


@pytest.mark.parametrize(
    ("sequence", "answer"), [(4, None), (5, ("violation", "never")), (6, ("violation", "never"))]
)
def test_withdrawn_replaces_an_equal_or_lower_sequence(sequence: int, answer: tuple[str, str] | None) -> None:
    paper = licence("vehicle_permit", CAR, VALID, sequence=5)
    gone = {
        "type": "withdrawn",
        "of": "licence",
        "kind": "vehicle_permit",
        "certificate": "c1",
        "sequence": sequence,
    }
    assert vehicle(run(paper, line("feed.register.alpha", gone), match(), heartbeat(T))) == answer


def test_a_changed_subject_leaves_the_old_one_without() -> None:
    old, new = licence("vehicle_permit", CAR, VALID), licence("vehicle_permit", "沪A00000", VALID, sequence=2)
    assert vehicle(run(old, new, match(), heartbeat(T))) == ("violation", "never")
    assert vehicle(run(old, new, match(VehicleNo="沪A·00000"), heartbeat(T))) is None


@pytest.mark.parametrize(("alpha", "beta", "held"), [(1, 2, True), (2, 1, False), (1, 1, True)])
def test_precedence_decides_per_certificate(alpha: int, beta: int, held: bool) -> None:
    settings = config(
        sources={
            "beta": register.Source(ALL, beta, True, timedelta()),
            "alpha": register.Source(ALL, alpha, True, timedelta())
        }
    )  # fmt: skip
    good = licence("vehicle_permit", CAR, VALID)
    bad = licence("vehicle_permit", CAR, ("2026-01-01", None, "revoked"), source="beta", sequence=9)
    other = licence("vehicle_permit", CAR, VALID, source="beta", certificate="c2")
    assert (vehicle(run(good, bad, match(), settings=settings)) is None) == held
    assert vehicle(run(good, bad, other, match(), settings=settings)) is None


def test_unknown_sources_and_kinds_are_refused() -> None:
    settings = config(sources={"alpha": register.Source(("driver_certificate",), 1, True, timedelta())})
    lines = [licence("vehicle_permit", CAR, VALID), licence("vehicle_permit", CAR, VALID, source="nobody")]
    judgement = run(*lines, match(), settings=settings)
    assert vehicle(judgement) == ("undetermined", "never")
    assert judgement.register.refused == 2


def test_which_rule_judges_which_stage() -> None:
    lines = [
        sent(kind, record(kind))
        for kind in ("operateLogin", "orderMatch", "operateDepart", "operatePay", "orderCreate")
    ]
    rows = run(*lines, heartbeat(T)).findings
    login = f"{CAR}|{identity.pseudonym(KEY, PERSON)}|20260302081000"
    assert [(row["order"], row["login"], row["rule"], row["stages"]) for row in rows] == [
        ("1", None, "driver_certificate", ["match", "depart"]),
        ("1", None, "platform_permit", ["match", "depart"]),
        ("1", None, "vehicle_permit", ["match", "depart"]),
        (None, login, "driver_certificate", ["login"]),
        (None, login, "vehicle_permit", ["login"]),
    ]


@pytest.mark.parametrize(
    ("car", "person", "reason", "rules"),
    [
        ("无", PERSON, "vehicle", {"driver_certificate"}), (CAR, "0", "driver", {"vehicle_permit"}),
        (..., "1234", "both", set()), (CAR, ..., "driver", {"vehicle_permit"}),
    ],
)  # fmt: skip
def test_who_cannot_be_identified_is_left_to_that_rule(
    car: Any, person: Any, reason: str, rules: set[str]
) -> None:
    judgement = run(match(VehicleNo=car, LicenseId=person), heartbeat(T))
    found = {row["rule"] for row in judgement.findings} - {"platform_permit", "not_identifiable"}
    (row,) = of("not_identifiable", judgement)
    assert (row["reason"], row["subject"], found) == (reason, "1", rules)


def test_an_unidentifiable_half_of_a_login_string_is_empty() -> None:
    lines = [
        sent("operateLogin", record("operateLogin", VehicleNo="无")),
        sent("operateLogin", record("operateLogin", LicenseId="0", LoginTime=0)),
    ]
    names = {row["login"] for row in of("not_identifiable", run(*lines))}
    assert names == {f"|{identity.pseudonym(KEY, PERSON)}|20260302081000", f"{CAR}||20260302081000"}


def test_the_earliest_violating_report_names_the_finding() -> None:
    paper = licence(
        "vehicle_permit",
        CAR,
        ("2026-01-01", "2026-03-02T08:00:00+08:00", "valid"),
        ("2026-03-02T08:05:00+08:00", None, "revoked"),
    )
    depart = sent("operateDepart", record("operateDepart", DepTime=20260302080100))
    (row,) = of("vehicle_permit", run(paper, match(), depart, heartbeat(T)))
    assert (row["stage"], row["stages"], row["reason"]) == ("depart", ["match", "depart"], "expired")
    assert identity.instant(row["at"]) == identity.instant("2026-03-02T08:01:00+08:00")


def test_at_one_instant_the_earlier_stage_names_the_finding() -> None:
    (row,) = of("vehicle_permit", run(sent("operateDepart", record("operateDepart")), match(), heartbeat(T)))
    assert row["stage"] == "match"


def test_a_violating_report_outweighs_an_undetermined_one() -> None:
    (row,) = of(
        "vehicle_permit",
        run(
            match(DistributeTime=20260302080000),
            sent("operateDepart", record("operateDepart", DepTime=20260302081200)),
            heartbeat(T),
        ),
    )
    assert (row["status"], row["stages"]) == ("violation", ["match"])


@pytest.mark.parametrize(
    ("other", "disputed"),
    [
        (match(VehicleNo="沪A00000"), True),  # names another subject
        (match(DistributeTime=20260301081000), True),  # compliant under the rule
        (match(VehicleNo="无"), False),
        (match(DriverPhone="13700000000"), False),
        (
            sent("operateDepart", record("operateDepart", VehicleNo="沪A00000")),
            False,
        ),  # at no violating stage
    ],
)
def test_disputed(other: str, disputed: bool) -> None:
    papers = [
        licence("vehicle_permit", CAR, ("2026-01-01", "2026-03-01", "valid")),
        licence("vehicle_permit", "沪A00000", VALID, certificate="c2"),
    ]
    (row,) = of("vehicle_permit", run(*papers, match(), other, heartbeat(T)))
    assert (row["subject"], row["disputed"]) == (CAR, disputed)


def test_without_a_usable_time_a_report_is_placed_at_its_first_arrival() -> None:
    paper = licence("vehicle_permit", CAR, ("2026-01-01", "2026-03-02T08:20:00+08:00", "valid"))
    late = sent(
        "orderMatch", record("orderMatch", DistributeTime=0, DriverPhone="1"), at="2026-03-02T08:30:00+08:00"
    )
    assert vehicle(run(paper, heartbeat("2026-03-02T12:00:00+08:00"), match(DistributeTime=0), late)) is None
    assert vehicle(run(paper, heartbeat("2026-03-02T12:00:00+08:00"), late)) == ("violation", "expired")


BAD_DIGIT = "110105194912310021"


@pytest.mark.parametrize(
    ("values", "flaws"),
    [
        ({}, []),
        ({"Encrypt": ...}, ["missing_field"]),
        ({"Encrypt": 5}, ["bad_field"]),
        ({"Encrypt": "1"}, ["repaired"]),
        ({"LicenseId": BAD_DIGIT}, ["bad_field"]),
        ({"LicenseId": 310000123456}, ["repaired"]),
        ({"Address": 31000}, ["bad_field"]),
        ({"LicenseId": ..., "Licenseld": PERSON}, ["repaired"]),
        ({"PassengerName": "王"}, ["personal_data"]),
        ({"Longitude": 73000000, "Latitude": 54000000}, []),
        ({"Longitude": 136000001}, ["bad_field"]),
        ({"Latitude": 0}, ["bad_field"]),
        ({"DistributeTime": 20260302080000}, []),
        ({"DistributeTime": 20260302075959}, ["untimely"]),
        ({"DistributeTime": 20260302081100}, []),
        ({"DistributeTime": 20260302081101}, ["untimely"]),
        ({"DistributeTime": 20260230000000}, ["bad_field"]),
        ({"DistributeTime": 19700101080000}, ["bad_field"]),
        ({"DistributeTime": "2026-03-02"}, ["bad_field"]),
        ({"DistributeTime": "20260302080000"}, ["repaired"]),
        ({"Encrypt": True}, ["bad_field"]), ({"Encrypt": []}, ["bad_field"]),
    ],
)  # fmt: skip
def test_flaws(values: dict[str, Any], flaws: list[str]) -> None:
    (only,) = run(match(**values)).records
    assert (only.refused, [reason for _, reason in only.flaws]) == (None, flaws)


def test_a_pay_that_ends_before_it_begins_is_a_contradiction_and_timed_by_its_end() -> None:
    (only,) = run(
        sent("operatePay", record("operatePay", DepTime=20260302081001, DestTime=20260302081000))
    ).records
    assert only.flaws == [("DestTime", "contradiction")]
    (only,) = run(sent("operatePay", record("operatePay", DepTime=20260302000000))).records
    assert only.flaws == []


def test_limits_are_those_of_the_event() -> None:
    limits = {"untimely_before_seconds": [(date(2016, 1, 1), 600.0), (date(2026, 3, 2), 300.0)]}
    settings = judge.Config({"sunny": {COMPANY}}, {}, limits)
    assert [
        reason for _, reason in run(match(DistributeTime=20260302080459), settings=settings).records[0].flaws
    ] == ["untimely"]
    before = sent(
        "orderMatch", record("orderMatch", DistributeTime=20260301235500), at="2026-03-02T00:04:00+08:00"
    )
    assert run(before, settings=settings).records[0].flaws == []


def test_a_failed_check_digit_is_judged_all_the_same() -> None:
    (row,) = of("driver_certificate", run(match(LicenseId=BAD_DIGIT), heartbeat(T)))
    assert row["subject"] == identity.pseudonym(KEY, BAD_DIGIT)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (line("feed.sunny.orders", [1]), "unreadable"),
        (json.dumps({"topic": "feed.sunny.orders", "at": T, "value_base64": "eA=="}), "unreadable"),
        (line("feed.sunny.orders", {"IPCType": "orderDance", "orderDance": []}), "unknown_type"),
        (line("feed.sunny.orders", {"CompanyId": COMPANY, "IPCType": "orderMatch"}), "unknown_type"),
        (sent("positionVehicle", record("positionVehicle")), "wrong_topic"),
        (sent("orderMatch", record("orderMatch"), topic="feed.sunny.positions"), "wrong_topic"),
        (match(CompanyId="3301YPZC0009"), "foreign"),
        (sent("orderMatch", record("orderMatch", CompanyId=...), CompanyId="3301YPZC0009"), "foreign"),
        (match(OrderId=...), "unattributable"), (match(OrderId=" "), "unattributable"),
        (sent("operateLogin", record("operateLogin", VehicleNo=..., LicenseId="")), "unattributable"),
        (positions(record("positionVehicle", VehicleNo=...)), "unattributable"),
        (sent("baseInfoVehicle", record("baseInfoVehicle", VehicleNo=...)), "unattributable"),
    ],
)  # fmt: skip
def test_refusals(text: str, reason: str) -> None:
    (only,) = run(text).records
    assert only.refused == reason


def test_a_bad_record_does_not_hurt_its_neighbours() -> None:
    records = run(sent("orderMatch", record("orderMatch", OrderId=...), record("orderMatch"))).records
    assert [each.refused for each in records] == ["unattributable", None]


def test_a_single_object_stands_for_its_array() -> None:
    assert run(sent("orderMatch", orderMatch=record("orderMatch"))).findings == run(match()).findings


def test_repetitions() -> None:
    judgement = run(match(), match(), match(OrderId=1), match(DriverPhone="1"), match(CompanyId=...))
    assert [each.repeated for each in judgement.records] == [False, True, True, False, False]
    (counts,) = judgement.stats["records"].values()
    assert counts["orderMatch"] == {
        "records": 5,
        "handled": 3,
        "repeated": 2,
        "refused": {},
        "flaws": {"missing_field": 1},
    }


def test_positions_repeat_by_car_and_second() -> None:
    def at(time: int, **more: Any) -> dict[str, Any]:
        return record("positionVehicle", PositionTime=time, **more)

    rows = [
        at(1772410200),
        at(1772410200000),
        at(20260302081000, Speed=3),
        at(1772410201),
        at(1772410200, VehicleNo="沪A00000"),
    ]
    records = run(positions(*rows)).records
    assert [each.repeated for each in records] == [False, True, True, False, False]


def test_worlds_are_the_same_for_ever_and_full_of_findings(tmp_path: Path) -> None:
    statuses = set()
    for seed in range(40):
        made = worlds.world(seed)
        assert made == worlds.world(seed)
        worlds.configure(tmp_path, made.config)
        found = judge.judge(made.lines, judge.read_config(tmp_path), KEY).findings
        statuses |= {(row["rule"], row["status"]) for row in found}
    assert len(statuses) >= 7
