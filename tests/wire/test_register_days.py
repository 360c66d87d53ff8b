"""Days and instants are read in every form that departments and their spreadsheets give them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from regulator.domain.instants import from_rfc3339
from regulator.wire.register_days import Days

MARCH = from_rfc3339("2024-03-01T00:00:00+08:00")
NEXT_DAY = from_rfc3339("2024-03-02T00:00:00+08:00")


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-01",
        "2024-3-1",
        "2024/3/1",
        "2024/03/01",
        "2024.3.1",
        "20240301",
        "2024年3月1日",
        "2024年03月01号",
        "2024年3月1",
        "2024-03-01 00:00:00",
        "2024/3/1 0:00",
        "20240301000000",
        "'2024-03-01",
        20240301,
        20240301.0,
        45352,
        45352.0,
        date(2024, 3, 1),
        datetime.fromisoformat("2024-03-01"),
    ],
    ids=str,
)
def test_a_day_is_the_whole_day(cell):
    read = Days().read(cell)

    assert (read.start, read.end, read.day) == (MARCH, NEXT_DAY, date(2024, 3, 1))


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-01 09:12:30",
        "2024/3/1 9:12:30",
        "2024年3月1日 9时12分30秒",
        "20240301091230",
        "2024-03-01T09:12:30+08:00",
        "2024-03-01T01:12:30Z",
        datetime.fromisoformat("2024-03-01T09:12:30"),
        datetime(2024, 3, 1, 1, 12, 30, tzinfo=UTC),
        45352 + (9 * 3600 + 12 * 60 + 30) / 86_400,
    ],
    ids=str,
)
def test_a_time_is_an_instant_and_without_an_offset_shanghais(cell):
    read = Days().read(cell)

    assert read.start == read.end == from_rfc3339("2024-03-01T09:12:30+08:00")


@pytest.mark.parametrize(
    "cell", ["2024-03-01 23:59:59", "2024/3/1 23:59", datetime.fromisoformat("2024-03-01T23:59:59")]
)
def test_the_last_minute_of_a_day_is_its_end(cell):
    assert Days().read(cell).end == NEXT_DAY


@pytest.mark.parametrize(
    "cell",
    [
        "01.03.2024",
        "03/01/2024",
        "24-03-01",
        "2024-02-30",
        "2024-13-01",
        "2024-03",
        "2024年3月",
        "2023",
        "45352",
        "soon",
        "2024-03-01 25:00",
        2024,
        90_000,
        float("nan"),
        True,
    ],
    ids=str,
)
def test_what_is_no_day_is_not_guessed_at(cell):
    assert Days().read(cell) is None


def test_more_days_than_are_remembered_are_still_read():
    days, first = Days(), date(1900, 1, 1)
    cells = [(first + timedelta(days=day)).isoformat() for day in range(70_000)]

    assert all(days.read(cell).day.isoformat() == cell for cell in cells)
