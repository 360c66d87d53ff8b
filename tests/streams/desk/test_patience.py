"""An outage is waited out, said once, and never mistaken for a thread that is stuck."""

import logging
from threading import Event

import pytest
from kafka.errors import KafkaTimeoutError

from regulator.domain.errors import Unavailable
from streams.desk.condition import Condition
from streams.desk.patience import Patience, Stopped


class Failing:
    """Something that works after some failures."""

    def __init__(self, *failures: Exception) -> None:
        self._left = list(failures)

    def __call__(self) -> str:
        if self._left:
            raise self._left.pop(0)
        return "done"


@pytest.fixture
def condition() -> Condition:
    return Condition()


def patience(condition: Condition, stop: Event | None = None) -> Patience:
    return Patience("projection", condition=condition, stop=stop or Event(), lasting=True)


def test_it_tries_until_it_works_and_says_so_once(condition, caplog):
    caplog.set_level(logging.INFO)

    assert patience(condition).until_it_works(Failing(Unavailable("away"), Unavailable("away"))) == "done"

    assert [record.message for record in caplog.records] == [
        "projection, database: away; trying again until it works",
        "projection, database: works again",
    ]
    assert condition.health().reasons == ()


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (Unavailable("away"), "projection, database: away"),
        (KafkaTimeoutError("none"), "projection, kafka: KafkaTimeoutError: none"),
    ],
)
def test_an_outage_is_named_while_it_lasts_and_is_no_reason_to_be_restarted(condition, failure, said):
    stop = Event()
    seen = []

    def attempt() -> None:
        if condition.health().reasons:
            seen.append(condition.health())
            stop.set()
        raise failure

    with pytest.raises(Stopped):
        patience(condition, stop).until_it_works(attempt)

    assert (seen[0].ok, seen[0].reasons) == (True, (said,))


def test_our_own_mistake_is_not_tried_again(condition):
    with pytest.raises(ZeroDivisionError):
        patience(condition).until_it_works(Failing(ZeroDivisionError()))


def test_a_thread_that_does_not_come_round_is_a_reason_to_be_restarted(condition, monkeypatch):
    patience(condition).until_it_works(lambda: None)
    assert condition.health().ok

    monkeypatch.setattr("streams.desk.condition._STUCK_SECONDS", -1.0)

    health = condition.health()
    assert not health.ok
    assert health.reasons == ("projection does not come round any more",)
