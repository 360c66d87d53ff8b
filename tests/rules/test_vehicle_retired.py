"""A car leaves the trade after eight years or 600,000 km, as the limits of the day say."""

from datetime import date

import pytest

from regulator.domain.instants import DAY, start_of
from regulator.domain.licences import Statement
from regulator.domain.limits import Limits
from regulator.domain.orders import Stage
from regulator.domain.register import Mileage
from regulator.rules import vehicle_retired
from regulator.rules.rule import Outcome
from regulator.rules.vehicle_retired import after
from tests.builders.law import (
    CAR,
    NOON,
    OTHER_CAR,
    Sitting,
    a_report,
    a_source,
    a_statement,
    driven,
    period,
    sources,
)

EIGHT_YEARS_AGO = date(2018, 3, 2)
MOMENT = 1 / 60_000_000


def registered(day: date | None, **besides: str) -> Statement:
    return a_statement(period(), first_registered=day, **besides)


def judged(
    *statements: Statement, told: tuple[Mileage, ...] = (), at: float = 0, limits: Limits | None = None
) -> tuple[Outcome, str | None]:
    sitting = Sitting(
        *statements, limits=limits, declared=sources(a_source(), a_source("county", precedence=2))
    )
    for mileage in told:
        sitting.tell(mileage)
    verdict = vehicle_retired.RULE.judge(sitting.facts(a_report(at=at)), CAR)

    return verdict.outcome, verdict.reason


@pytest.mark.parametrize(
    ("day", "outcome", "reason"),
    [
        (date(2018, 3, 1), Outcome.VIOLATION, "age"),
        (EIGHT_YEARS_AGO, Outcome.VIOLATION, "age"),
        (date(2018, 3, 3), Outcome.COMPLIANT, None),
        (date(2025, 3, 2), Outcome.COMPLIANT, None),
    ],
)
def test_eight_years_are_over_on_the_day(day: date, outcome: Outcome, reason: str | None) -> None:
    assert judged(registered(day)) == (outcome, reason)


def test_the_day_begins_at_midnight_in_shanghai() -> None:
    midnight = (start_of(date(2026, 3, 2)) - NOON) / 60_000_000

    assert judged(registered(EIGHT_YEARS_AGO), at=midnight)[0] is Outcome.VIOLATION
    assert judged(registered(EIGHT_YEARS_AGO), at=midnight - MOMENT)[0] is Outcome.COMPLIANT


def test_the_least_day_that_any_source_states_counts() -> None:
    young = registered(date(2024, 1, 1))
    old = registered(EIGHT_YEARS_AGO, source="county")

    assert judged(young, old) == (Outcome.VIOLATION, "age")


def test_a_day_that_is_stated_no_more_does_not_count() -> None:
    corrected = a_statement(period(), first_registered=date(2024, 1, 1), sequence=2)

    assert judged(registered(EIGHT_YEARS_AGO), corrected) == (Outcome.COMPLIANT, None)


@pytest.mark.parametrize(
    ("kilometres", "at", "outcome", "reason"),
    [
        (600_000, 0, Outcome.VIOLATION, "mileage"),
        (599_999.9, 0, Outcome.COMPLIANT, None),
        (600_000, MOMENT, Outcome.COMPLIANT, None),
        (750_000, -9000, Outcome.VIOLATION, "mileage"),
    ],
)
def test_so_many_kilometres_by_the_reports_time(
    kilometres: float, at: float, outcome: Outcome, reason: str | None
) -> None:
    assert judged(told=(driven(kilometres, at),)) == (outcome, reason)


def test_any_reading_counts_even_if_a_later_one_says_less() -> None:
    assert judged(told=(driven(650_000, -90), driven(20, -1))) == (Outcome.VIOLATION, "mileage")


def test_age_is_named_before_mileage() -> None:
    assert judged(registered(EIGHT_YEARS_AGO), told=(driven(700_000),)) == (Outcome.VIOLATION, "age")


def test_it_does_not_apply_where_neither_is_known() -> None:
    other = (driven(700_000, vehicle=OTHER_CAR),)

    assert judged(registered(None), told=other) == (Outcome.DOES_NOT_APPLY, None)


def test_the_limits_of_the_reports_day_count() -> None:
    limits = Limits(
        {
            "retirement_years": [(date(2020, 1, 1), 8), (date(2026, 3, 2), 10)],
            "retirement_kilometres": [(date(2026, 3, 2), 800_000)],
        }
    )
    yesterday = -DAY / 60_000_000

    assert judged(registered(EIGHT_YEARS_AGO), limits=limits) == (Outcome.COMPLIANT, None)
    assert judged(registered(date(2018, 3, 1)), limits=limits, at=yesterday) == (Outcome.VIOLATION, "age")
    assert judged(told=(driven(700_000, -9000),), limits=limits) == (Outcome.COMPLIANT, None)
    assert judged(told=(driven(700_000, -9000),), limits=limits, at=yesterday)[1] == "mileage"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2018, 3, 2), 96, date(2026, 3, 2)),
        (date(2092, 2, 29), 96, date(2100, 3, 1)),
        (date(2016, 2, 29), 96, date(2024, 2, 29)),
        (date(2020, 12, 31), 90, date(2028, 7, 1)),  # June has no 31st
        (date(9999, 1, 1), 96, date.max),
    ],
)
def test_months_later_is_the_same_day_or_the_first_after_it(day: date, months: int, later: date) -> None:
    assert after(day, months=months) == later


def test_it_judges_match_and_depart_of_an_identifiable_car() -> None:
    assert vehicle_retired.RULE.stages == {Stage.MATCH, Stage.DEPART}
    assert list(vehicle_retired.RULE.subjects(Sitting().facts(a_report()))) == [CAR]
    assert not vehicle_retired.RULE.subjects(Sitting().facts(a_report(vehicle="")))
