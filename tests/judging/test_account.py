"""What became of every record: handled + repeated + refused, always."""

import msgspec

from regulator.domain.feed import Flaw, FlawKind, Refusal, Refused
from regulator.domain.orders import OrderNumber
from regulator.judging.account import HANDLED, REPEATED, Account
from tests.builders.law import SUNNY, Sitting, a_report, accepted

FLAW = Flaw("LicenseId", FlawKind.BAD_FIELD)


def a_refusal(index: int = 0, reason: Refusal = Refusal.FOREIGN) -> Refused:
    return Refused(index=index, type="any", company=SUNNY, order=OrderNumber("order-9"), reason=reason)


def test_every_record_has_one_fate() -> None:
    sitting = Sitting()
    sitting.hear(accepted(a_report()), accepted(a_report(), index=1), a_refusal(2))
    sitting.hear(accepted(a_report(at=1)), accepted(None, "order-2", index=1))
    account = sitting.hearing.account

    assert account.messages == 2
    assert account.records == 5
    assert (account.count(HANDLED), account.count(REPEATED), account.count(Refusal.FOREIGN)) == (3, 1, 1)


def test_a_refusal_is_listed_by_origin_and_reason() -> None:
    sitting = Sitting()
    sitting.hear(a_refusal(3), offset=8)

    [refused] = sitting.hearing.account.refused
    assert (refused.offset, refused.index, refused.order, refused.reason) == (8, 3, "order-9", "foreign")


def test_the_flaws_of_a_repetition_were_counted_when_it_came_first() -> None:
    account = Account()
    record = msgspec.structs.replace(accepted(a_report()), flaws=(FLAW,))

    account.enter(record, HANDLED, offset=1, key="k")
    account.enter(record, REPEATED, offset=2, key="k")

    [flaw] = account.flaws
    assert (flaw.offset, flaw.field, flaw.reason, flaw.order) == (1, "LicenseId", "bad_field", "order-1")
    assert account.lines == 1


def test_a_defect_takes_back_the_fates_and_flaws_of_its_order_alone() -> None:
    account = Account()
    bad = msgspec.structs.replace(accepted(a_report()), flaws=(FLAW,))
    account.enter(bad, HANDLED, offset=1, key="bad")
    account.enter(bad, REPEATED, offset=2, key="bad")
    account.enter(msgspec.structs.replace(bad, index=1), HANDLED, offset=1, key="good")

    account.mark_defective("bad")

    assert account.records == 3
    assert (account.count(HANDLED), account.count(REPEATED), account.count(Refusal.DEFECT)) == (1, 0, 2)
    assert [(flaw.offset, flaw.index) for flaw in account.flaws] == [(1, 1)]


def test_what_is_settled_is_not_found_defective_any_more() -> None:
    account = Account()
    account.enter(accepted(a_report()), HANDLED, offset=1, key="k")

    account.settle()
    account.mark_defective("k")

    assert account.count(Refusal.DEFECT) == 0


def test_a_closed_account_is_followed_by_an_empty_one() -> None:
    sitting = Sitting()
    sitting.hear(accepted(a_report()))
    sitting.conclude()

    assert sitting.hearing.close_account().records == 1
    assert sitting.hearing.close_account().records == 0
