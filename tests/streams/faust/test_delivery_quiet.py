"""A broker that is away is reported, not recited."""

import logging

import pytest

from streams.faust.quiet import Seldom


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def passes(clock: Clock):
    seldom = Seldom(10.0, clock=clock)

    def passes(message: str, *args: object, level: int = logging.ERROR) -> bool:
        return seldom.filter(logging.LogRecord("aiokafka", level, "", 0, message, args, None))

    return passes


def test_the_same_wording_passes_once_in_ten_seconds(passes, clock):
    assert passes("Unable connect to node with id %s: %s", 1, "refused")
    assert not passes("Unable connect to node with id %s: %s", 1, "timed out")

    clock.now = 10.0

    assert passes("Unable connect to node with id %s: %s", 1, "refused")


def test_other_wordings_pass(passes):
    assert passes("Unable connect to node with id %s: %s", 1, "refused")
    assert passes("Unable to update metadata from %s", [1])


def test_what_is_no_trouble_always_passes(passes):
    assert passes("(Re-)joining group %s", "judge", level=logging.INFO)
    assert passes("(Re-)joining group %s", "judge", level=logging.INFO)
