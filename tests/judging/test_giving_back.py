"""An order that was let go of and began anew is, once given back, what it would have been."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulator.domain.findings import EventKind, FindingEvent
from regulator.domain.instants import Instant
from regulator.domain.orders import Stage
from regulator.joins.keeping import Keeping
from regulator.joins.orders import Order
from regulator.joins.united import united
from regulator.judging.again import judge_again
from regulator.judging.announcing import Occasion
from regulator.wire.orders import decode_order, encode_order
from tests.builders.law import (
    CAR,
    FEED,
    OTHER_CAR,
    WANG,
    Sitting,
    a_report,
    a_statement,
    licensed,
    minutes,
    period,
)

_REPORTS = [
    a_report(Stage.MATCH, 0),
    a_report(Stage.MATCH, 1, vehicle=OTHER_CAR),
    a_report(Stage.MATCH, 7, timed=False),
    a_report(Stage.DEPART, 2),
    a_report(Stage.DEPART, 3, driver=WANG),
    a_report(Stage.PAY, 2, vehicle=OTHER_CAR),
]


class Archive:
    """Where a sitting's orders go when they are let go of, and whence they come back."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._kept: dict[str, bytes] = {}
        self._returns = 0

    def keep_all(self) -> None:
        for order in self._sitting.book.forget(Keeping(arrived_before=Instant(minutes(10_000)))):
            before = self._kept.get(order.key)
            whole = united(decode_order(before), order) if before is not None else order
            self._kept[order.key] = encode_order(whole)

    def judge(self) -> list[FindingEvent]:
        """Judge what is kept by the register as it is."""
        events = []
        for key, kept in self._kept.items():
            order = decode_order(kept)
            reached = {None: Occasion(minutes(9))}
            judged = judge_again(order, self._sitting.law, feed=FEED, partition=0, reached=reached)
            events += judged.events
            self._kept[key] = encode_order(order)
        return events

    def give_back(self) -> None:
        """Give back whatever has begun anew."""
        for key in [key for key in self._kept if self._sitting.book.get(key)]:
            order = decode_order(self._kept.pop(key))
            self._returns += 1
            order.given = self._returns
            assert self._sitting.book.give_back(order, Occasion(minutes(9)))
            assert not self._sitting.book.give_back(order, Occasion(minutes(9)))


def at_rest(events: list[FindingEvent]) -> dict[str, str]:
    """Return the judgement of each finding that stands, as one who reads the queue knows it."""
    last = {event.finding.id: event for event in events}
    return {
        id_: event.finding.judgement for id_, event in last.items() if event.kind is not EventKind.WITHDRAWN
    }


_acts = st.lists(
    st.sampled_from(range(len(_REPORTS))) | st.sampled_from(["let go", "give back", "licence", "revoke"]),
    max_size=14,
)


@given(acts=_acts)
def test_let_go_at_any_time_and_given_back_is_never_let_go(acts: list[int | str]) -> None:
    forgetful, faithful = Sitting(*licensed()[::2]), Sitting(*licensed()[::2])
    archive = Archive(forgetful)
    said: dict[Sitting, list[FindingEvent]] = {forgetful: [], faithful: []}
    sequence = 1

    for act in acts:
        for sitting in (forgetful, faithful):
            match act:
                case int():
                    sitting.report(_REPORTS[act], arrival=sitting.offset)
                case "licence":
                    sitting.say(a_statement(period(), subject=CAR, sequence=sequence + 1))
                case "revoke":
                    sitting.say(a_statement(period(end=1), subject=CAR, sequence=sequence + 1))
            said[sitting] += sitting.events()
        sequence += 1
        if act == "let go":
            archive.keep_all()
        elif act == "give back":
            archive.give_back()
            said[forgetful] += forgetful.events()
        said[forgetful] += archive.judge()
    archive.give_back()
    said[forgetful] += forgetful.events()

    assert at_rest(said[forgetful]) == at_rest(said[faithful])


def two_lives(first: float = 0, second: float = 5) -> tuple[Sitting, Order]:
    """Return a sitting whose order began anew, and its first life."""
    sitting = Sitting(*licensed()[::2])
    sitting.report(a_report(Stage.MATCH, first, timed=False), arrival=first)
    sitting.conclude()
    [gone] = sitting.book.forget(Keeping(arrived_before=minutes(1000)))
    gone.given = 1
    sitting.report(a_report(Stage.MATCH, second, timed=False), arrival=second)
    sitting.conclude()
    return sitting, gone


def test_a_report_without_a_usable_time_stays_at_its_first_arrival() -> None:
    sitting, gone = two_lives()

    sitting.book.give_back(gone, Occasion(minutes(9)))

    assert [event.finding.at for event in sitting.events()] == [minutes(0)]


def test_an_order_that_is_not_held_takes_nothing_back() -> None:
    sitting, gone = two_lives()
    sitting.book.forget(Keeping(arrived_before=minutes(1000)))

    assert not sitting.book.give_back(gone, Occasion(minutes(9)))
    assert sitting.conclude().changed == []


def test_what_was_given_back_is_kept_anew_also_if_nothing_follows_from_it() -> None:
    sitting = Sitting(*licensed())
    sitting.report(a_report())
    sitting.conclude()
    [gone] = sitting.book.forget(Keeping(arrived_before=minutes(1000)))
    gone.given = 1
    sitting.report(a_report(Stage.DEPART, 1))
    sitting.conclude()

    sitting.book.give_back(gone, Occasion(minutes(9)))

    judged = sitting.conclude()
    assert judged.events == []
    [order] = judged.changed
    assert [filing.report.stage for filing in order.reports] == [Stage.MATCH, Stage.DEPART]


@pytest.mark.parametrize("withdrawn_first", [True, False])
def test_what_both_lives_said_otherwise_is_said_anew(withdrawn_first: bool) -> None:
    sitting, gone = two_lives()
    lives = [gone, sitting.book.get(gone.key)]
    withdrawn, standing = lives if withdrawn_first else lives[::-1]
    assert withdrawn is not None
    assert standing is not None
    with_permit = Sitting(*licensed())
    reached = {None: Occasion(minutes(9))}
    assert judge_again(withdrawn, with_permit.law, feed=FEED, partition=0, reached=reached).events

    sitting.book.give_back(gone, Occasion(minutes(9)))

    assert [event.kind for event in sitting.events()] == [EventKind.UPDATED]
