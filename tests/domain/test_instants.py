"""Instants: the ministry's digits, RFC 3339, and where a day begins and ends in Shanghai."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulator.domain.instants import (
    DAY,
    SECOND,
    Instant,
    day_of,
    from_datetime,
    from_digits,
    from_rfc3339,
    start_of,
    to_datetime,
    to_digits,
    to_rfc3339,
)


@pytest.mark.parametrize(
    ("digits", "text"),
    [
        (20260302081530, "2026-03-02T08:15:30+08:00"),
        (20260302000000, "2026-03-02T00:00:00+08:00"),
        (20260302235959, "2026-03-02T23:59:59+08:00"),
        (20240229120000, "2024-02-29T12:00:00+08:00"),
        (19700101080000, "1970-01-01T08:00:00+08:00"),
        (19860601120000, "1986-06-01T12:00:00+08:00"),  # when China had summer time: the feed has none
    ],
)
def test_fourteen_digits_are_shanghai_time(digits: int, text: str) -> None:
    instant = from_digits(digits)

    assert instant is not None
    assert to_rfc3339(instant) == text
    assert to_digits(instant) == str(digits)


@pytest.mark.parametrize(
    "digits",
    [
        pytest.param(20260230101010, id="30 February"),
        pytest.param(20250229120000, id="29 February of a common year"),
        pytest.param(20261301000000, id="month 13"),
        pytest.param(20260001000000, id="month 0"),
        pytest.param(20260100000000, id="day 0"),
        pytest.param(20260302240000, id="hour 24"),
        pytest.param(20260302006000, id="minute 60"),
        pytest.param(20260302000060, id="second 60"),
        pytest.param(0, id="nothing"),
        pytest.param(20260302, id="a day"),
        pytest.param(202603020815, id="twelve digits"),
        pytest.param(202603020815300, id="fifteen digits"),
        pytest.param(-20260302081530, id="negative"),
        pytest.param(10**40, id="enormous"),
    ],
)
def test_what_no_calendar_or_clock_shows_is_no_instant(digits: int) -> None:
    assert from_digits(digits) is None


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T08:15:30+08:00",
        "2026-03-02T00:15:30Z",
        "2026-03-02T00:15:30+00:00",
        "2026-03-01T19:15:30-05:00",
        "2026-03-02T05:45:30+05:30",
        "2026-03-02T08:15:30.000000+08:00",
    ],
)
def test_an_instant_is_the_same_in_every_offset(text: str) -> None:
    assert from_rfc3339(text) == from_digits(20260302081530)


@pytest.mark.parametrize("text", ["2026-03-02T08:15:30", "2026-03-02", "20260302081530", "soon", ""])
def test_a_text_without_an_offset_is_no_instant(text: str) -> None:
    with pytest.raises(ValueError, match=r"offset|isoformat"):
        from_rfc3339(text)


def test_a_naive_moment_is_no_instant() -> None:
    with pytest.raises(ValueError, match="offset"):
        from_datetime(to_datetime(Instant(0)).replace(tzinfo=None))


def test_a_day_is_what_its_paper_says_in_shanghai() -> None:
    day = date(2026, 3, 2)
    midnight = start_of(day)

    assert to_rfc3339(midnight) == "2026-03-02T00:00:00+08:00"
    assert day_of(midnight) == day
    assert day_of(Instant(midnight - 1)) == date(2026, 3, 1)
    assert day_of(Instant(midnight + DAY - 1)) == day
    assert day_of(Instant(midnight + DAY)) == date(2026, 3, 3)


def test_beyond_the_calendar_is_its_first_or_last_moment() -> None:
    assert day_of(start_of(date.min)) == date.min
    assert day_of(Instant(start_of(date.min) - 1)) == date.min
    assert day_of(Instant(start_of(date.max) + DAY - 1)) == date.max
    assert day_of(Instant(start_of(date.max) + DAY)) == date.max
    assert to_rfc3339(Instant(2**63 - 1)) == "9999-12-31T23:59:59.999999+08:00"


def test_parts_of_a_second_are_kept() -> None:
    assert from_rfc3339("1970-01-01T00:00:00.000001Z") == 1
    assert to_rfc3339(Instant(SECOND // 2)) == "1970-01-01T08:00:00.500000+08:00"


instants = st.integers(start_of(date(1900, 1, 1)), start_of(date(2200, 1, 1))).map(Instant)
whole_seconds = instants.map(lambda instant: Instant(instant // SECOND * SECOND))


@given(instants)
def test_rfc3339_written_and_read_is_the_same_instant(instant: Instant) -> None:
    assert from_rfc3339(to_rfc3339(instant)) == instant


@given(whole_seconds)
def test_fourteen_digits_written_and_read_are_the_same_instant(instant: Instant) -> None:
    assert from_digits(int(to_digits(instant))) == instant


@given(st.integers())
def test_any_number_is_an_instant_or_none(digits: int) -> None:
    instant = from_digits(digits)

    assert instant is None or int(to_digits(instant)) == digits
