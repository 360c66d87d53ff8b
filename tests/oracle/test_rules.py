"""Pairs and retirement in the independent judge, against cases worked out by hand."""

from datetime import date
from typing import Any

import pytest

from tests.oracle import judge
from tests.oracle.builders import (
    CAR,
    OTHER_CAR,
    PAIRS,
    VALID,
    Answer,
    answer,
    config,
    depart,
    digits,
    licence,
    match,
    of,
    paid,
    record,
    run,
    sent,
)


@pytest.mark.parametrize(
    ("matches", "departs", "pays", "expected"),
    [
        ("a1", "a1", "", None),
        ("a1", "b1", "", ("violation", "vehicle_changed", ["depart"], False)),
        ("a1", "a2", "", ("violation", "driver_changed", ["depart"], False)),
        ("a1", "b2", "", ("violation", "both_changed", ["depart"], False)),
        ("", "b2", "", None),  # nobody named
        ("a1 b2", "b2", "", None),
        ("a1 b2", "a2", "", ("violation", "vehicle_changed", ["depart"], False)),  # crossing pairs
        ("a1", "b2 a1", "", ("violation", "both_changed", ["depart"], True)),
        ("a0", "b2", "", None),  # a pair with an unidentifiable half is not named
        ("a1 a0", "b2", "", ("violation", "both_changed", ["depart"], False)),
        ("a1", "a0", "", None),  # nor compared
        ("a1", "b2 a0", "", ("violation", "both_changed", ["depart"], False)),  # nor does it dispute
        ("a1", "b2", "b2", ("violation", "both_changed", ["depart"], False)),  # at pay: at depart
        ("a1", "a1", "b2", ("violation", "both_changed", ["pay"], False)),
        ("a1", "b1", "a1", ("violation", "vehicle_changed", ["depart", "pay"], False)),
        ("a1", "", "a2", ("violation", "driver_changed", ["pay"], False)),  # at match if there was no depart
        ("a1", "a0", "b2", None),  # there was a depart, and it names nobody
        ("", "a1", "a1 b1", ("violation", "vehicle_changed", ["pay"], True)),
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_pairs(matches: str, departs: str, pays: str, expected: Answer | None, backwards: bool) -> None:
    lines = [match(**PAIRS[name]) for name in matches.split()]
    lines += [depart(**PAIRS[name]) for name in departs.split()]
    lines += [paid(**PAIRS[name]) for name in pays.split()]
    judgement = run(*(reversed(lines) if backwards else lines))
    assert answer("pair_mismatch", judgement) == expected
    assert all(row["subject"] == "1" for row in of("pair_mismatch", judgement))


def test_a_pair_is_compared_as_identified() -> None:
    assert answer("pair_mismatch", run(match(), depart(VehicleNo="沪a·12345"))) is None


def aged(day: Any, car: str = CAR, **more: Any) -> str:
    return licence("vehicle_permit", car, VALID, first_registered=day, **more)


def driven(kilometres: Any, when: Any = 20260302080000, **more: Any) -> str:
    values = {"TotalMile": kilometres, "UpdateTime": when} | more
    return sent("baseInfoVehicleTotalMile", record("baseInfoVehicleTotalMile", **values))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([aged("2018-03-02")], "age"),  # on the day itself
        ([aged("2018-03-03")], None),
        ([aged("2018-03-03"), aged("2018-03-02", certificate="c2")], "age"),  # the least
        ([aged("2018-03-02"), aged("2023-01-01", sequence=2)], None),
        ([aged("2018-03-02", car=OTHER_CAR)], None),
        ([aged("x")], None),
        ([aged("2016-02-29")], "age"),
        ([driven(600000)], "mileage"),
        ([driven(599999.5)], None),
        ([driven("600000")], "mileage"),
        ([driven(600000, digits("08:10:00"))], "mileage"),
        ([driven(600000, digits("08:10:01"))], None),
        ([driven(600000, 0)], None),
        ([driven(700000), driven(5, digits("08:05:00"))], "mileage"),  # any
        ([driven(600000, VehicleNo=OTHER_CAR)], None),
        ([driven(600000, VehicleNo="沪a·12345")], "mileage"),
        ([driven(600000), aged("2018-03-02")], "age"),  # age first
        ([driven(600000), aged("2023-03-02")], "mileage"),
        ([], None),
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_retirement(lines: list[str], expected: str | None, backwards: bool) -> None:
    lines = [*lines, match()]
    found = answer("vehicle_retired", run(*(reversed(lines) if backwards else lines)))
    assert found == (None if expected is None else ("violation", expected, ["match"], False))


def test_limits_of_retirement_are_those_of_the_event() -> None:
    rows = {"retirement_years": [(date(2016, 1, 1), 9.0)]}
    rows["retirement_years"] += [(date(2026, 3, 2), 8.0)]
    settings = judge.Config(config().spoken_for, config().sources, rows)
    lines = [aged("2018-02-01"), match(), depart(DepTime=20260301235959)]
    assert answer("vehicle_retired", run(*lines, settings=settings)) == ("violation", "age", ["match"], False)


@pytest.mark.parametrize(
    ("other", "disputed"),
    [
        (match(VehicleNo=OTHER_CAR), True),
        (match(DistributeTime=20260301000000), True),
        (match(VehicleNo="0"), False),
    ],
)
def test_a_retirement_disputed(other: str, disputed: bool) -> None:
    found = answer("vehicle_retired", run(aged("2018-03-02"), match(), other))
    assert found == ("violation", "age", ["match"], disputed)


@pytest.mark.parametrize(("day", "retired"), [(20260228, False), (20260301, True)])
def test_who_was_registered_on_29_february_retires_on_1_march_of_a_common_year(
    day: int, retired: bool
) -> None:
    rows = {"retirement_years": [(date(2016, 1, 1), 10.0)]}
    settings = judge.Config(config().spoken_for, config().sources, rows)
    found = run(aged("2016-02-29"), match(DistributeTime=day * 10**6 + 120000), settings=settings)
    assert bool(of("vehicle_retired", found)) == retired
