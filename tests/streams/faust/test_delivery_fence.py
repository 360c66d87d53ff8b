"""A worker may write only what nobody else can have been given."""

import pytest

from streams.faust.fence import NO_GENERATION, Fence


class Clock:
    """Seconds, moved by the test."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fence(clock: Clock) -> Fence:
    fence = Fence(session_timeout=10.0, clock=clock)
    fence.heard(clock.now)
    fence.join(5)
    return fence


def test_a_member_that_was_heard_holds_its_generation(fence, clock):
    clock.now += 9.9

    assert fence.holds(5)


def test_it_holds_nothing_once_its_last_sign_of_life_is_a_session_old(fence, clock):
    clock.now += 10.0

    assert not fence.holds(5)
    assert fence.member(5)


def test_a_sign_of_life_counts_from_when_it_was_sent(fence, clock):
    clock.now += 9.0
    fence.heard(clock.now - 8.0)
    clock.now += 1.5
    assert fence.holds(5)

    clock.now += 0.5
    assert not fence.holds(5)


def test_an_answer_that_arrives_late_does_not_make_it_older(fence, clock):
    fence.heard(clock.now - 20)

    assert fence.holds(5)


def test_it_does_not_hold_another_generation_than_the_present(fence):
    assert not fence.holds(4)

    fence.join(6)

    assert not fence.holds(5)
    assert fence.holds(6)


def test_it_holds_nothing_during_a_rebalance(fence):
    fence.leave()

    assert not fence.holds(5)
    assert not fence.holds(NO_GENERATION)


def test_it_holds_nothing_before_it_has_joined():
    assert not Fence(session_timeout=10.0).holds(NO_GENERATION)
