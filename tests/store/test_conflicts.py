"""What sources disagree about is listed, and so are episodes that watch nobody."""

import json
from datetime import date

import pytest

from regulator.domain.instants import start_of
from regulator.domain.licences import Certificate, Period, PeriodState, SourceName, Subject
from regulator.domain.register import Sources
from regulator.store.conflicts import Difference, conflicts
from regulator.store.register import RegisterStore
from tests.builders.queue import EIGHT
from tests.builders.register import CITY, MARCH, NUMBER, heard, source, statement, valid, withdrawal
from tests.store.office import HEADER

NATION = SourceName("nation")
SOURCES: Sources = {CITY: source(precedence=2), NATION: source("nation", precedence=1)}
FEBRUARY = start_of(date(2026, 2, 1))
OTHER = Certificate("another certificate")


def revoked():
    return (Period(MARCH, None, PeriodState.REVOKED),)


def found(store, *said, at=EIGHT):
    with store.writing() as connection:
        RegisterStore(connection).take([heard(word) for word in said])
    with store.reading() as connection:
        return list(conflicts(connection, SOURCES, at=at))


@pytest.mark.parametrize(
    ("facts", "columns"),
    [
        ({"periods": revoked()}, ("periods",)),
        ({"subject": Subject("沪AD54321")}, ("subject",)),
        ({"area": "110000"}, ("area",)),
        ({"first_registered": None}, ("first_registered",)),
        ({"area": "", "periods": ()}, ("periods", "area")),
    ],
)
def test_one_certificate_told_in_two_ways(store, facts, columns):
    said, over = statement(1), statement(7, source=NATION, **facts)

    (conflict,) = found(store, said, over)

    assert (conflict.difference, conflict.columns) == (Difference.CONTENT, columns)
    assert (conflict.first, conflict.second) == (over, said)


def test_one_subject_valid_by_one_and_not_by_the_other(store):
    said, over = statement(1), statement(1, source=NATION, certificate=OTHER, periods=revoked())

    (conflict,) = found(store, said, over)

    assert (conflict.difference, conflict.first, conflict.second) == (Difference.STATE, over, said)


def test_the_other_way_round_too(store):
    said, over = statement(1, periods=revoked()), statement(1, source=NATION, certificate=OTHER)

    (conflict,) = found(store, said, over)

    assert (conflict.difference, conflict.first) == (Difference.STATE, over)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        pytest.param([statement(1), statement(9, source=NATION)], EIGHT, id="the same content"),
        pytest.param(
            [
                statement(1, periods=(valid(), *revoked())),
                statement(1, source=NATION, periods=(*revoked(), valid())),
            ],
            EIGHT,
            id="periods in another order",
        ),
        pytest.param(
            [statement(1), statement(1, certificate=OTHER, periods=revoked())], EIGHT, id="one source's own"
        ),
        pytest.param(
            [statement(1), statement(1, source=NATION, certificate=OTHER, periods=revoked())],
            FEBRUARY,
            id="at a time when neither holds",
        ),
        pytest.param(
            [statement(1), statement(1, source=NATION, periods=()), withdrawal(2, source=NATION)],
            EIGHT,
            id="what was taken back",
        ),
        pytest.param(
            [statement(1), statement(1, source=SourceName("stranger"), periods=())],
            EIGHT,
            id="a source that is not configured",
        ),
    ],
)
def test_what_is_no_conflict(store, said, at):
    assert found(store, *said, at=at) == []


PERMIT = "vehicle_permit,运输证1,沪AD12345,7,310000,,2024-03-01,2999-02-28,valid\n"


def test_a_clerk_reads_the_conflicts(office):
    office.bring(HEADER + PERMIT)
    office.bring(HEADER + PERMIT.replace("2999", "2998"), source="nation")

    listed = office.do("conflicts")
    (as_json,) = [json.loads(line) for line in office.do("conflicts", "--json").stdout.splitlines()]

    assert listed.stdout.splitlines() == [
        "vehicle_permit 运输证1: periods differ",
        "    city: 运输证1, 沪AD12345, 310000: valid 2024-03-01T00:00 – 2999-03-01T00:00",
        "    nation: 运输证1, 沪AD12345, 310000: valid 2024-03-01T00:00 – 2998-03-01T00:00",
    ]
    assert as_json["difference"] == "content"


def test_episodes_that_closed_at_once_are_listed(office):
    office.bring(HEADER + PERMIT)
    office.bring(
        "episode,vehicle,driver,removed,lifted\n"
        "1,沪AD12345,,2026-02-01,\n"
        f"2,沪AD12345,{NUMBER},2026-02-01,\n"
        f"3,,{NUMBER},2026-02-01,2026-03-01\n"
        "4,沪AD12345,,2020-02-01,\n"
        "5,沪AD54321,,2999-02-01,\n"
    )

    listed = [line.split()[:2] for line in office.do("episodes").stdout.splitlines()]
    at_once = office.do("episodes", "--at-once")
    as_json = [json.loads(line) for line in office.do("episodes", "--at-once", "--json").stdout.splitlines()]

    assert listed == [
        ["cleared_at_once", "city/1"],
        ["open", "city/2"],
        ["lifted", "city/3"],
        ["cleared", "city/4"],
        ["not_begun", "city/5"],
    ]
    assert [line.split()[1] for line in at_once.stdout.splitlines()] == ["city/1"]
    assert "1 cleared_at_once" in at_once.stderr
    assert as_json[0]["episode"]["number"] == "1"
    assert NUMBER not in office.do("episodes").stdout
