"""Which orders are judged again, why, and which must wait."""

from regulator.domain.findings import FindingId, RuleId, Status
from regulator.domain.licences import LicenceKind
from regulator.domain.orders import Stage
from regulator.joins.orders import Filed
from regulator.judging.announcing import Occasion
from regulator.judging.docket import Docket
from tests.builders.law import CAR, minutes

PERMIT, CERTIFICATE = LicenceKind.VEHICLE_PERMIT, LicenceKind.DRIVER_CERTIFICATE
FIRST, SECOND = Occasion(minutes(1)), Occasion(minutes(2))
ID = FindingId("a finding")
FILED = Filed(
    rule=RuleId("vehicle_permit"),
    subject=CAR,
    status=Status.VIOLATION,
    judgement="j",
    reason="never",
    stage=Stage.MATCH,
    stages=(Stage.MATCH,),
    at=minutes(0),
)


def test_nothing_waits_at_first() -> None:
    docket = Docket()

    assert not docket
    assert "order" not in docket
    assert not docket.why("order")
    assert docket.first(None, but=()) == []


def test_an_order_is_reached_by_each_kind_of_licence_for_the_last_reason() -> None:
    docket = Docket()
    docket.reach(["order"], PERMIT, FIRST)
    docket.reach(["order"], PERMIT, SECOND)
    docket.reach(["order"], CERTIFICATE, FIRST)

    assert docket
    assert "order" in docket
    assert docket.why("order") == {PERMIT: SECOND, CERTIFICATE: FIRST}


def test_the_first_that_was_reached_is_the_first_to_be_judged() -> None:
    docket = Docket()
    docket.reach(["one", "two", "three"], None, FIRST)
    docket.reach(["one"], PERMIT, SECOND)

    assert docket.first(2, but=()) == ["one", "two"]
    assert docket.first(2, but={"one"}) == ["two", "three"]


def test_what_was_judged_waits_no_more() -> None:
    docket = Docket()
    docket.reach(["one", "two"], None, FIRST)
    docket.strike(["one", "unheard of"])

    assert docket.first(None, but=()) == ["two"]
    assert not docket.why("one")


def test_a_reminded_order_is_held_back_until_it_is_recalled() -> None:
    docket = Docket()
    docket.remind("order")
    assert docket.holds_back("order")
    assert "order" not in docket

    docket.recall(SECOND)
    assert not docket.holds_back("order")
    assert docket.why("order") == {None: SECOND}


def test_a_recalled_order_is_kept_whatever_comes_of_it_and_once() -> None:
    docket = Docket()
    docket.remind("order")
    docket.keep("another")
    assert not docket.recalled("order")

    docket.recall(SECOND)
    assert docket.recalled("order")
    assert docket.recalled("another")
    docket.strike(["order"])
    assert not docket.recalled("order")


def test_what_the_queue_has_heard_of_an_order_that_comes_is_told_and_it_waits_for_its_other_records() -> None:
    docket = Docket()
    docket.note("order", ID, FILED)
    assert docket.notes("order")
    assert not docket.holds_back("order")

    assert docket.told("order") == {ID: FILED}
    assert docket.holds_back("order")
    assert not docket.notes("order")


def test_what_is_noted_of_an_order_that_does_not_come_is_forgotten_when_all_has_come_again() -> None:
    docket = Docket()
    docket.note("order", ID, FILED)
    docket.recall(SECOND)

    assert not docket.notes("order")
    assert "order" not in docket


def test_whatever_waits_may_not_be_let_go_of() -> None:
    docket = Docket()
    docket.reach(["reached"], None, FIRST)
    docket.remind("reminded")
    docket.note("noted", ID, FILED)

    assert docket.busy() == {"reached", "reminded"}
