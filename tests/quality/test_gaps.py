"""Hours in which a feed sent nothing are listed, from its first known hour on."""

from datetime import date

from regulator.domain.instants import HOUR, Instant
from regulator.quality.gaps import gaps_of
from regulator.quality.rhythm import Hour
from tests.builders.law import NOON


def hour(hours_from_noon: int) -> Hour:
    at = Instant(NOON + hours_from_noon * HOUR)
    return Hour("feed.sunny.orders", at, 1, 1, 1, 0, at)


def gaps(*hours: Hour, since: int = -12, until: int = 12) -> dict[date, list[tuple[int, int]]]:
    return gaps_of(hours, since=Instant(NOON + since * HOUR), until=Instant(NOON + until * HOUR))


def test_hours_without_a_message_are_joined_to_spans() -> None:
    assert gaps(hour(-2), hour(1), hour(3), until=4) == {date(2026, 3, 2): [(11, 13), (14, 15)]}


def test_a_span_ends_with_its_day() -> None:
    found = gaps(hour(9), hour(15), until=16)

    assert found == {date(2026, 3, 2): [(22, 24)], date(2026, 3, 3): [(0, 3)]}


def test_an_hour_that_is_not_over_is_no_gap() -> None:
    assert gaps_of([hour(0)], since=NOON, until=Instant(NOON + 2 * HOUR - 1)) == {}


def test_of_a_feed_that_never_came_there_are_none() -> None:
    assert gaps() == {}
