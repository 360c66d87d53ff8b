"""Our own failure on one order: its neighbours are handled, it is undone and accounted for."""

from collections.abc import Callable

import msgspec
import pytest

from regulator.domain.errors import TooManyDefects
from regulator.domain.feed import Refusal
from regulator.domain.findings import RuleId
from regulator.domain.orders import Stage
from regulator.rules import vehicle_permit
from regulator.rules.rule import COMPLIANT, Facts, Rule, Verdict, the_vehicle
from tests.builders.law import CAR, OTHER_CAR, Sitting, a_report, a_statement, accepted, licensed, period


class CannotCount(Exception):
    """What the rule below fails with."""


def a_rule_that_fails_on(fails: Callable[[Facts], bool]) -> Rule:
    def judge(facts: Facts, subject: str) -> Verdict:
        if fails(facts):
            raise CannotCount
        return COMPLIANT

    return Rule(
        id=RuleId("fails"),
        title="Fails",
        title_zh="失败",
        stages=frozenset({Stage.MATCH, Stage.DEPART}),
        legal_basis=("第一条",),
        subjects=the_vehicle,
        judge=judge,
    )


def of_other_car(facts: Facts) -> bool:
    return facts.report.vehicle == OTHER_CAR


def a_sitting(fails: Callable[[Facts], bool] = of_other_car) -> Sitting:
    return Sitting(*licensed()[::2], rules=(vehicle_permit.RULE, a_rule_that_fails_on(fails)))


def test_the_neighbours_in_the_same_message_are_handled() -> None:
    sitting = a_sitting()
    sitting.hear(
        accepted(a_report(), "order-1", index=0),
        accepted(a_report(vehicle=OTHER_CAR), "order-2", index=1),
        accepted(a_report(at=1), "order-3", index=2),
    )

    judged = sitting.conclude()

    assert [event.finding.order for event in judged.events] == ["order-1", "order-3"]
    assert {order.number for order in judged.changed} == {"order-1", "order-3"}
    assert [type(failure) for failure in judged.defective.values()] == [CannotCount]


def test_it_is_refused_as_a_defect_by_its_origin() -> None:
    sitting = a_sitting()
    sitting.hear(accepted(a_report(), "order-1"), accepted(a_report(vehicle=OTHER_CAR), "order-2", index=1))

    sitting.conclude()
    account = sitting.hearing.account

    [refused] = account.refused
    assert (refused.offset, refused.index, refused.order, refused.reason) == (0, 1, "order-2", Refusal.DEFECT)
    assert account.records == 2
    assert account.count("handled") == account.count("defect") == 1


def test_a_new_order_that_fails_is_as_if_it_had_never_come() -> None:
    sitting = a_sitting()
    sitting.report(a_report(vehicle=OTHER_CAR))

    sitting.conclude()

    assert len(sitting.book) == 0
    assert sitting.conclude().defective == {}


def test_an_order_that_fails_later_stands_as_it_stood_before() -> None:
    sitting = a_sitting()
    sitting.report(a_report())
    sitting.conclude()
    before = sitting.findings()

    sitting.report(a_report(Stage.DEPART, 1))
    sitting.report(a_report(Stage.MATCH, 2, vehicle=OTHER_CAR))
    judged = sitting.conclude()

    assert list(judged.defective) == ["3101YPZC0001|order-1"]
    assert judged.events == []
    [order] = sitting.book
    assert [filing.report for filing in order.reports] == [a_report()]
    assert sitting.findings() == before


def test_after_the_mend_its_records_are_taken_as_new() -> None:
    broken = True
    sitting = a_sitting(lambda facts: broken and of_other_car(facts))
    sitting.report(a_report(vehicle=OTHER_CAR))
    sitting.conclude()

    broken = False
    sitting.report(a_report(vehicle=OTHER_CAR), offset=0)

    assert len(sitting.events()) == 1


def test_a_login_without_a_usable_time_is_one_login_also_after_a_defect() -> None:
    """Its first arrival names it, as long as that login is held; undone, it is not."""
    broken = True
    rule = a_rule_that_fails_on(lambda facts: broken)
    sitting = Sitting(rules=(vehicle_permit.RULE, msgspec.structs.replace(rule, stages=frozenset(Stage))))
    first, again = (a_report(Stage.LOGIN, arrival, timed=False) for arrival in (1, 2))
    sitting.hear(accepted(first, None, digest=7))
    assert sitting.conclude().defective

    broken = False
    sitting.hear(accepted(again, None, digest=7))

    [order] = sitting.conclude().changed
    assert sitting.book.get(order.key) is order


def test_the_register_reaches_the_neighbours_of_a_failing_order() -> None:
    broken = False
    sitting = a_sitting(lambda facts: broken and facts.case == "order-1")
    for order in ("order-1", "order-2"):
        sitting.report(a_report(), order)
    assert len(sitting.events()) == 2

    broken = True
    sitting.say(a_statement(period(), subject=CAR))
    judged = sitting.conclude()

    assert [event.finding.order for event in judged.events] == ["order-2"]
    assert list(judged.defective) == ["3101YPZC0001|order-1"]
    assert sitting.book.get("3101YPZC0001|order-1") is not None


def test_too_many_defects_stop_the_worker() -> None:
    sitting = a_sitting()
    for number in range(10):
        sitting.report(a_report(vehicle=OTHER_CAR), f"order-{number}")
        sitting.conclude()

    sitting.report(a_report(vehicle=OTHER_CAR), "order-11")
    with pytest.raises(TooManyDefects, match="11 orders of feed"):
        sitting.conclude()
