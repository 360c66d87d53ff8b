"""How the interface writes instants."""

import pytest

from regulator.domain.instants import from_rfc3339
from regulator.wire.ministry.times import local_time, position_time

AT = "2026-03-02T08:15:30+08:00"


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        (20260302081530, AT),
        (20240229235959, "2024-02-29T23:59:59+08:00"),
        (19700102000000, "1970-01-02T00:00:00+08:00"),
        (20230229000000, None),
        (20260302240000, None),
        (20260302236000, None),
        (20260302235960, None),
        (19700101000000, None),
        (19700101235959, None),
        (0, None),
        (None, None),
    ],
)
def test_fourteen_digits_are_local_time(digits: int | None, expected: str | None) -> None:
    assert local_time(digits) == (None if expected is None else from_rfc3339(expected))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1772410530, AT),
        (1772410530000, AT),
        (1772410530250, "2026-03-02T08:15:30.250+08:00"),
        (20260302081530, AT),
        (20260230081530, None),
        (19990302081530, None),
        (21000302081530, None),
        (17724105300, None),
        (177241053, None),
        (0, None),
        (None, None),
    ],
)
def test_a_position_time_is_told_by_its_digits(number: int | None, expected: str | None) -> None:
    assert position_time(number) == (None if expected is None else from_rfc3339(expected))


def test_a_time_is_read_the_same_however_many_minutes_were_read_before() -> None:
    first = local_time(20260302081530)
    for minute in range(60_000):
        local_time(
            2026_01_01_00_00_00
            + (minute // 60 % 24) * 10_000
            + (minute % 60) * 100
            + minute // 1440 * 1_000_000
        )

    assert local_time(20260302081530) == first
