"""What a judge keeps in memory and what it lets go."""

import pytest

from regulator.domain.findings import EventKind
from regulator.domain.orders import Stage
from regulator.joins.keeping import Keeping
from regulator.judging.announcing import Occasion
from tests.builders.law import (
    CAR,
    OTHER_CAR,
    Sitting,
    a_report,
    a_statement,
    accepted,
    licensed,
    minutes,
    period,
)

MOMENT = 1 / 60_000_000


@pytest.mark.parametrize(
    ("arrival", "gone"), [(-MOMENT, True), (0, False)], ids=["a moment older", "just as old"]
)
def test_an_order_is_let_go_when_its_newest_record_is_old(arrival: float, gone: bool) -> None:
    sitting = Sitting()
    sitting.report(a_report(), arrival=-50)
    sitting.report(a_report(Stage.DEPART), arrival=arrival)
    sitting.conclude()

    forgotten = sitting.book.forget(Keeping(arrived_before=minutes(0)))

    assert [order.number for order in forgotten] == (["order-1"] if gone else [])
    assert len(sitting.book) == (0 if gone else 1)


def test_an_order_that_waits_for_the_register_is_kept() -> None:
    sitting = Sitting(vouched=-1)
    sitting.report(a_report())
    sitting.conclude()

    assert sitting.book.forget(Keeping(arrived_before=minutes(5000))) == []

    sitting.vouch(0)
    sitting.conclude()
    assert len(sitting.book.forget(Keeping(arrived_before=minutes(5000)))) == 1


def test_what_is_said_to_happen_in_a_hundred_years_is_not_waited_for() -> None:
    sitting = Sitting(vouched=-1)
    sitting.report(a_report(at=100 * 365 * 1440), arrival=0)
    sitting.conclude()

    assert sitting.book.forget(Keeping(arrived_before=minutes(5000), waiting_before=minutes(0))) == []
    assert (
        len(sitting.book.forget(Keeping(arrived_before=minutes(5000), waiting_before=minutes(MOMENT)))) == 1
    )


def test_an_order_that_the_register_has_reached_is_judged_before_it_is_let_go() -> None:
    sitting = Sitting(*licensed()[::2], vouched=-1)
    sitting.report(a_report())
    sitting.conclude()

    sitting.vouch(0)
    assert sitting.book.forget(Keeping(arrived_before=minutes(5000))) == []

    assert [event.kind for event in sitting.events()] == [EventKind.RAISED]
    assert len(sitting.book.forget(Keeping(arrived_before=minutes(5000)))) == 1


def test_an_order_that_was_heard_and_not_judged_is_kept() -> None:
    sitting = Sitting()
    sitting.report(a_report())

    assert sitting.book.forget(Keeping(arrived_before=minutes(5000))) == []
    assert len(sitting.events()) == 3


def test_a_reminded_order_is_kept_until_it_is_recalled() -> None:
    sitting = Sitting(*licensed()[::2])
    sitting.report(a_report())
    judged = sitting.conclude()
    [(id_, filed)] = judged.changed[0].filed.items()
    judged.changed[0].filed.clear()
    sitting.book.remind(judged.changed[0].key, id_, filed)

    assert sitting.book.forget(Keeping(arrived_before=minutes(5000))) == []
    sitting.book.recall(Occasion(minutes(0)))
    sitting.conclude()
    assert len(sitting.book.forget(Keeping(arrived_before=minutes(5000)))) == 1


def test_the_register_does_not_reach_what_was_let_go() -> None:
    sitting = Sitting(*licensed()[::2])
    sitting.report(a_report(), "order-1")
    sitting.report(a_report(vehicle=OTHER_CAR), "order-2", arrival=9)
    sitting.conclude()
    sitting.book.forget(Keeping(arrived_before=minutes(5)))

    sitting.say(a_statement(period(), subject=CAR))
    assert sitting.events() == []
    sitting.say(a_statement(period(), subject=OTHER_CAR, certificate="two"))
    assert [event.finding.order for event in sitting.events()] == ["order-2"]


def test_a_login_that_was_let_go_is_named_anew() -> None:
    sitting = Sitting()
    sitting.hear(accepted(a_report(Stage.LOGIN, 1, timed=False), None, digest=7))
    sitting.conclude()
    sitting.book.forget(Keeping(arrived_before=minutes(5000)))

    sitting.hear(accepted(a_report(Stage.LOGIN, 2, timed=False), None, digest=7))

    [order] = sitting.conclude().changed
    assert sitting.book.get(order.key) is order
