"""A feed is silent or late against its own usual rhythm, and by plain limits before that is known."""

from collections.abc import Callable

import pytest

from regulator.domain.instants import DAY, HOUR, MINUTE, Instant
from regulator.quality.rhythm import Hour, Patience, Pulse, pulse_of
from tests.builders.law import NOON

TOPIC = "feed.sunny.orders"
PATIENCE = Patience(usual_gaps=10, least_seconds=300, unlearnt_seconds=1800, unlearnt_late_share=0.2)


def busy(at: Instant) -> int:
    return 3600


def by_day_only(at: Instant) -> int:
    """Nothing between midnight and six; sixty messages an hour else."""
    return 0 if (at // HOUR + 8) % 24 < 6 else 60


def hours(
    days: int, messages: Callable[[Instant], int], *, until: Instant = NOON, untimely: int = 1
) -> list[Hour]:
    """Every whole hour up to an instant, its last message at its end."""
    made = []
    for back in range(days * 24, 0, -1):
        at = Instant(until // HOUR * HOUR - back * HOUR)
        if number := messages(at):
            made.append(Hour(TOPIC, at, number, 100, 100, untimely, Instant(at + HOUR)))
    return made


def pulse(past: list[Hour], *, after: float, since: Instant = NOON) -> Pulse:
    said = pulse_of(TOPIC, past, now=Instant(since + round(after * MINUTE)), patience=PATIENCE)
    assert said is not None
    return said


def test_of_a_feed_that_never_came_nothing_is_said() -> None:
    assert pulse_of(TOPIC, [], now=NOON, patience=PATIENCE) is None


@pytest.mark.parametrize(("after", "silent"), [(29, False), (31, True)])
def test_before_its_rhythm_is_known_a_plain_limit_holds(after: float, silent: bool) -> None:
    said = pulse(hours(2, busy), after=after)

    assert (said.learnt, said.usual_gap, said.silent) == (False, None, silent)


@pytest.mark.parametrize(("after", "silent"), [(4.9, False), (5.1, True)])
def test_a_busy_feed_is_silent_after_the_least_that_is_waited(after: float, silent: bool) -> None:
    said = pulse(hours(14, busy), after=after)

    assert (said.usual_gap, said.silent) == (1.0, silent)
    assert said.silence == pytest.approx(after * 60)


@pytest.mark.parametrize(("after", "silent"), [(9.9, False), (10.1, True)])
def test_a_quieter_feed_is_waited_for_by_its_usual_gap(after: float, silent: bool) -> None:
    assert pulse(hours(14, by_day_only), after=after).silent is silent


def test_a_feed_that_sleeps_at_night_is_not_silent_then_but_in_the_morning() -> None:
    midnight = Instant(NOON - 12 * HOUR)
    past = hours(14, by_day_only, until=midnight)

    assert not pulse(past, after=5 * 60, since=midnight).silent
    assert not pulse(past, after=6 * 60 + 9, since=midnight).silent
    assert pulse(past, after=6 * 60 + 11, since=midnight).silent


@pytest.mark.parametrize(("lately", "late"), [(2, False), (6, False), (7, True)])
def test_it_is_late_when_clearly_more_comes_late_than_usual(lately: int, late: bool) -> None:
    before = hours(14, busy, until=Instant(NOON - 2 * HOUR))
    said = pulse([*before, *hours(1, busy, untimely=lately)[-2:]], after=0)

    assert (said.late_share, said.usual_late_share) == (lately / 100, 0.01)
    assert said.late is late


def test_before_it_is_known_it_is_late_by_a_plain_share() -> None:
    assert not pulse(hours(1, busy, untimely=20), after=0).late
    assert pulse(hours(1, busy, untimely=21), after=0).late


def test_of_too_few_records_no_share_is_said() -> None:
    said = pulse(hours(14, busy), after=0, since=Instant(NOON + DAY))

    assert (said.late_share, said.late) == (None, False)
