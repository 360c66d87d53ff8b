"""Only what was acknowledged is due, and it is due until it is committed."""

import pytest

from streams.faust.ledger import Counts, Ledger
from streams.faust.runs import Run, TopicPartition
from tests.streams.faust.paper import ZERO, PaperRecord

ONE = TopicPartition("feed", 1)


def run(partition: TopicPartition, first: int, last: int) -> Run:
    return Run(partition, 1, [PaperRecord(first), PaperRecord(last)])


def handled(ledger: Ledger, *runs: Run) -> Ledger:
    for one in runs:
        ledger.hand(one)
        ledger.finish(one, acknowledged=True)
    return ledger


def test_nothing_is_due_while_a_run_is_in_hand():
    ledger = Ledger()

    ledger.hand(run(ZERO, 0, 4))

    assert ledger.due() == {}
    assert not ledger.settled(ZERO)


def test_due_is_what_follows_the_last_run_acknowledged_of_each_partition():
    ledger = handled(Ledger(), run(ZERO, 0, 4), run(ONE, 7, 9), run(ZERO, 6, 8))

    assert ledger.due() == {ZERO: 9, ONE: 10}
    assert ledger.counts == Counts(runs=3, records=6, commits=0)


def test_a_run_given_back_is_not_due():
    ledger = handled(Ledger(), run(ZERO, 0, 4))
    second = ledger.hand(run(ZERO, 5, 9))

    ledger.finish(second, acknowledged=False)

    assert ledger.due() == {ZERO: 5}
    assert ledger.in_hand is None


def test_what_is_committed_is_no_longer_due_and_what_came_meanwhile_still_is():
    ledger = handled(Ledger(), run(ZERO, 0, 4), run(ONE, 0, 1))
    asked = ledger.due()
    handled(ledger, run(ZERO, 5, 9))

    ledger.settle(asked)

    assert ledger.due() == {ZERO: 10}
    assert (ledger.committed(ZERO), ledger.committed(ONE)) == (5, 2)
    assert ledger.settled(ONE)


def test_the_account_of_a_partition_that_is_lost_is_closed():
    ledger = handled(Ledger(), run(ZERO, 0, 4), run(ONE, 0, 1))
    late = ledger.hand(run(ONE, 2, 3))

    ledger.keep({ZERO})
    ledger.finish(late, acknowledged=True)

    assert ledger.due() == {ZERO: 5}
    assert ledger.committed(ONE) is None


def test_a_partition_opened_again_begins_with_what_the_broker_says():
    ledger = handled(Ledger(), run(ZERO, 0, 4))

    ledger.begin(ZERO, committed=3)

    assert ledger.due() == {}
    assert ledger.committed(ZERO) == 3


def test_a_second_run_in_hand_is_a_mistake():
    ledger = Ledger()
    ledger.hand(run(ZERO, 0, 4))

    with pytest.raises(RuntimeError, match="one agent an app"):
        ledger.hand(run(ZERO, 5, 9))
