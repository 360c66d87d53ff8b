"""Buckets refill evenly and never grant more than they hold."""

from hypothesis import given
from hypothesis import strategies as st

from regulator.config.lookups import Rate
from regulator.console.licence_api import buckets
from regulator.console.licence_api.buckets import Buckets
from regulator.domain.instants import MINUTE, SECOND, Instant

START = Instant(1_772_000_000 * SECOND)


@given(st.lists(st.tuples(st.integers(0, 90 * SECOND), st.integers(1, 9))))
def test_in_any_stretch_of_time_no_more_is_taken_than_the_rate_allows(asked: list[tuple[int, int]]) -> None:
    bucket, at, taken = Buckets(Rate(a_minute=6, at_once=9)), START, []
    for pause, cost in asked:
        at = Instant(at + pause)
        if bucket.take("a", at=at, cost=cost) == 0:
            taken.append((at, cost))

    for index, (first, _) in enumerate(taken):
        for last in range(index, len(taken)):
            amount = sum(cost for _, cost in taken[index : last + 1])
            assert amount <= 9 + 6 * (taken[last][0] - first) / MINUTE + 1e-6


@given(st.integers(1, 9), st.integers(0, 60 * SECOND))
def test_who_waits_as_long_as_told_is_served(cost: int, pause: int) -> None:
    bucket = Buckets(Rate(a_minute=6, at_once=9))
    bucket.take("a", at=START, cost=9)
    at = Instant(START + pause)

    wait = bucket.take("a", at=at, cost=cost)
    later = Instant(int(at + wait) + 1)

    assert wait == 0 or bucket.take("a", at=later, cost=cost) == 0


def test_looking_takes_nothing() -> None:
    bucket = Buckets(Rate(a_minute=6, at_once=1))
    for _ in range(3):
        assert bucket.wait("a", at=START) == 0
    assert bucket.take("a", at=START) == 0
    assert bucket.wait("a", at=START) == 10 * SECOND


def test_who_invents_addresses_does_not_fill_the_memory(monkeypatch) -> None:
    monkeypatch.setattr(buckets, "_MOST", 10)
    bucket = Buckets(Rate(a_minute=1, at_once=1))
    for number in range(1_000):
        bucket.take(str(number), at=START)

    assert len(bucket) <= 10
    assert bucket.take("999", at=START) > 0
