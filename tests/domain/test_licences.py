"""What was in force (contract, section 4): each step, at both edges."""

from itertools import permutations

import pytest

from regulator.domain.licences import Answer, Period, PeriodState, Reason, Statement, in_force, state_at
from tests.builders.law import (
    CANCELLED,
    REVOKED,
    SUSPENDED,
    VALID,
    a_statement,
    minutes,
    period,
)

MOMENT = 1 / 60_000_000
"""A microsecond, in minutes."""


def reason(*statements: Statement, at: float = 0) -> Reason | None:
    return in_force(statements, minutes(at)).reason


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(-10, 10, None, id="in the middle"),
        pytest.param(0, 10, None, id="from the very instant"),
        pytest.param(MOMENT, 10, Reason.NOT_YET, id="a moment too early"),
        pytest.param(-10, MOMENT, None, id="until a moment after"),
        pytest.param(-10, 0, Reason.EXPIRED, id="ended at the very instant"),
        pytest.param(-10, -MOMENT, Reason.EXPIRED, id="ended a moment before"),
        pytest.param(-10, None, None, id="open"),
        pytest.param(0, None, None, id="open from the very instant"),
        pytest.param(MOMENT, None, Reason.NOT_YET, id="open, a moment too early"),
        pytest.param(0, MOMENT, None, id="valid for a moment"),
        pytest.param(0, 0, Reason.EXPIRED, id="empty: it ends as it starts"),
    ],
)
def test_a_valid_period_holds_its_start_and_not_its_end(
    start: float, end: float | None, expected: Reason | None
) -> None:
    assert reason(a_statement(period(start, end))) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [(SUSPENDED, Reason.SUSPENDED), (REVOKED, Reason.REVOKED), (CANCELLED, Reason.CANCELLED)],
)
@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [
        pytest.param(-10, 10, True, id="in the middle"),
        pytest.param(0, 10, True, id="from the very instant"),
        pytest.param(MOMENT, 10, False, id="a moment later"),
        pytest.param(-10, 0, False, id="until the very instant"),
        pytest.param(-10, MOMENT, True, id="until a moment after"),
        pytest.param(-10, None, True, id="open"),
    ],
)
def test_what_takes_a_valid_licence_away_does_so_between_its_edges(
    state: PeriodState, expected: Reason, start: float, end: float | None, inside: bool
) -> None:
    licence = a_statement(period(-100, 100), period(start, end, state))

    assert reason(licence) == (expected if inside else None)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((VALID, SUSPENDED), Reason.SUSPENDED),
        ((VALID, CANCELLED), Reason.CANCELLED),
        ((VALID, REVOKED), Reason.REVOKED),
        ((CANCELLED, SUSPENDED), Reason.CANCELLED),
        ((REVOKED, SUSPENDED), Reason.REVOKED),
        ((REVOKED, CANCELLED), Reason.REVOKED),
        ((VALID, SUSPENDED, CANCELLED, REVOKED), Reason.REVOKED),
        ((VALID, VALID), None),
    ],
)
def test_of_overlapping_periods_the_strongest_counts(
    states: tuple[PeriodState, ...], expected: Reason | None
) -> None:
    for order in permutations(states):
        licence = a_statement(*(period(-10, 10, state) for state in order))

        assert reason(licence) == expected


def test_a_suspended_certificate_does_not_hurt_another_valid_one() -> None:
    suspended = a_statement(period(-10, 10, SUSPENDED), certificate="one")
    valid = a_statement(period(-10, 10), certificate="two")

    assert in_force([suspended, valid], minutes(0)) == Answer(None, valid.certificate, minutes(10))
    assert in_force([valid, suspended], minutes(0)) == Answer(None, valid.certificate, minutes(10))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (SUSPENDED, REVOKED, Reason.REVOKED),
        (SUSPENDED, CANCELLED, Reason.CANCELLED),
        (CANCELLED, REVOKED, Reason.REVOKED),
    ],
)
def test_of_two_certificates_that_are_taken_away_the_stronger_reason_is_told(
    one: PeriodState, other: PeriodState, expected: Reason
) -> None:
    statements = [
        a_statement(period(-10, 10, one), certificate="one"),
        a_statement(period(-10, 10, other), certificate="two"),
    ]

    assert reason(*statements) == reason(*reversed(statements)) == expected


def test_a_statement_tells_more_than_an_absence() -> None:
    expired = a_statement(period(-20, -10), certificate="one")
    revoked = a_statement(period(-10, 10, REVOKED), certificate="two")

    assert in_force([expired, revoked], minutes(0)).by_statement


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        pytest.param((), Reason.NEVER, id="a certificate without a period"),
        pytest.param((period(-20, -10),), Reason.EXPIRED, id="one that ended"),
        pytest.param((period(10, 20),), Reason.NOT_YET, id="one to come"),
        pytest.param((period(-20, -10), period(10, 20)), Reason.EXPIRED, id="between two"),
        pytest.param((period(-20, -10, REVOKED),), Reason.EXPIRED, id="a revocation that ended"),
        pytest.param((period(10, 20, SUSPENDED),), Reason.NOT_YET, id="a suspension to come"),
    ],
)
def test_by_absence_it_expired_or_is_to_come_or_never_was(
    periods: tuple[Period, ...], expected: Reason
) -> None:
    answer = in_force([a_statement(*periods)], minutes(0))

    assert answer.reason == expected
    assert not answer.held
    assert not answer.by_statement


def test_between_the_certificates_of_a_subject_it_expired() -> None:
    ended = a_statement(period(-20, -10), certificate="one")
    coming = a_statement(period(10, 20), certificate="two")

    assert reason(ended, coming) == reason(coming, ended) == Reason.EXPIRED


def test_nothing_known_is_never() -> None:
    assert in_force([], minutes(0)) == Answer(Reason.NEVER)


def test_the_answer_names_the_certificate_and_the_end_that_it_rests_on() -> None:
    first = a_statement(period(-30, -20), certificate="one")
    second = a_statement(period(-20, -10), certificate="two")

    assert in_force([first, second], minutes(0)) == Answer(Reason.EXPIRED, second.certificate, minutes(-10))
    assert in_force([first, second], minutes(-25)) == Answer(None, first.certificate, minutes(-20))
    assert in_force([first, second], minutes(-40)) == Answer(Reason.NOT_YET, first.certificate, minutes(-30))


def test_of_two_valid_certificates_the_one_that_lasts_longest_is_named() -> None:
    short, long = a_statement(period(-10, 10), certificate="a"), a_statement(period(-10, 20), certificate="b")
    endless = a_statement(period(-10, None), certificate="c")

    assert in_force([short, long], minutes(0)).certificate == "b"
    assert in_force([short, long, endless], minutes(0)).certificate == "c"
    assert (
        in_force(
            [a_statement(period(), certificate="z"), a_statement(period(), certificate="y")], minutes(0)
        ).certificate
        == "y"
    )


def test_a_statement_that_says_nothing_at_an_instant_has_no_state() -> None:
    assert state_at([], minutes(0)) is None
    assert state_at([period(1, 2)], minutes(0)) is None
