"""Limits by date: the value in force at the event's time, at both edges of the day."""

from datetime import date

import pytest

from regulator.domain.errors import Misconfigured
from regulator.domain.instants import Instant, start_of
from regulator.domain.limits import DEFAULTS, Limits

MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)
NAME = "untimely_before_seconds"
LIMITS = Limits({NAME: [(JUNE, 300.0), (MARCH, 900.0)], "retirement_years": [(MARCH, 6.0)]})


@pytest.mark.parametrize(
    ("at", "value"),
    [
        pytest.param(start_of(MARCH) - 1, DEFAULTS[NAME], id="before the first day: the default"),
        pytest.param(start_of(MARCH), 900.0, id="from 00:00 of its day"),
        pytest.param(start_of(JUNE) - 1, 900.0, id="to the end of the day before the next"),
        pytest.param(start_of(JUNE), 300.0, id="then the next"),
        pytest.param(start_of(date(2040, 1, 1)), 300.0, id="for ever"),
    ],
)
def test_the_value_in_force_at_an_instant(at: int, value: float) -> None:
    assert LIMITS.value(NAME, Instant(at)) == value


def test_a_limit_that_is_not_given_has_its_default() -> None:
    assert LIMITS.value("untimely_after_seconds", start_of(JUNE)) == 60
    assert Limits().value(NAME, start_of(JUNE)) == 600


def test_a_limit_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        Limits().value("patience", start_of(JUNE))


def test_a_finding_says_from_when_its_limits_are_in_force() -> None:
    assert LIMITS.in_force_from(Instant(start_of(MARCH) - 1)) == ""
    assert LIMITS.in_force_from(start_of(MARCH)) == "2026-03-01"
    assert LIMITS.in_force_from(Instant(start_of(JUNE) - 1)) == "2026-03-01"
    assert LIMITS.in_force_from(start_of(JUNE)) == "2026-06-01"


def test_two_values_from_one_day_are_a_mistake() -> None:
    with pytest.raises(Misconfigured, match="untimely_before_seconds: two values from 2026-03-01"):
        Limits({NAME: [(MARCH, 1.0), (MARCH, 2.0)]})
