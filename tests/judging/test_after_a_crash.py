"""Taking up where the last judge left it: what was kept, what was said beyond it, what comes again."""

from regulator.domain.feed import Accepted
from regulator.domain.findings import EventKind, FindingEvent, FindingId
from regulator.domain.orders import Booking, Stage
from regulator.joins.orders import Filed, Order
from regulator.judging.announcing import Occasion
from regulator.wire.orders import decode_order, encode_order
from regulator.wire.said import filed_as_said, key_said
from regulator.wire.violations import decode_violation, encode_violation
from tests.builders.law import CAR, LI, Sitting, a_report, a_statement, accepted, licensed, minutes, period

LATER = Occasion(minutes(60))


def a_sitting() -> Sitting:
    company, _, driver = licensed()
    return Sitting(company, driver)


def said(event: FindingEvent) -> tuple[str, FindingId, Filed]:
    """What the queue tells a judge that reads it back."""
    shown = decode_violation(encode_violation(event))
    return key_said(shown), *filed_as_said(shown)


def a_login(arrival: float) -> Accepted:
    """A login whose own time was unusable: equal content, another arrival."""
    return accepted(a_report(Stage.LOGIN, arrival, timed=False), None, digest=7)


def kept(order: Order) -> Order:
    """The order as it is read back from its topic."""
    return decode_order(encode_order(order))


def test_an_order_is_read_back_as_it_was_kept() -> None:
    sitting = a_sitting()
    sitting.report(a_report())
    [order] = sitting.conclude().changed

    assert kept(order) == order
    assert kept(order) is not order


def test_the_queue_tells_what_the_order_has_filed() -> None:
    sitting = a_sitting()
    sitting.report(a_report())
    judged = sitting.conclude()

    [event], [order] = judged.events, judged.changed
    assert said(event) == (order.key, event.finding.id, order.filed[event.finding.id])


def test_a_loaded_order_is_judged_again_and_says_nothing_twice() -> None:
    sitting = a_sitting()
    sitting.report(a_report())
    [order] = sitting.conclude().changed

    sitting.reopen()
    sitting.book.load(kept(order), LATER)
    judged = sitting.conclude()

    assert (judged.events, judged.changed) == ([], [])


def test_what_the_register_said_meanwhile_is_told_on_opening() -> None:
    sitting = a_sitting()
    sitting.report(a_report())
    [order] = sitting.conclude().changed

    sitting.reopen()
    sitting.say(a_statement(period()))
    sitting.book.load(kept(order), LATER)
    [event] = sitting.events()

    assert (event.kind, event.finding.subject) == (EventKind.WITHDRAWN, CAR)


def test_what_was_undetermined_settles_across_a_restart() -> None:
    company, _, driver = licensed()
    sitting = Sitting(company, driver, vouched=-1)
    sitting.report(a_report())
    [order] = sitting.conclude().changed

    sitting.reopen()
    sitting.book.load(kept(order), LATER)
    assert sitting.events() == []
    sitting.vouch(0)

    assert [event.kind for event in sitting.events()] == [EventKind.RAISED]


def test_said_and_not_kept_then_heard_again_is_not_raised_twice() -> None:
    sitting = a_sitting()
    sitting.report(a_report(), offset=0)
    [event] = sitting.events()

    sitting.reopen()
    sitting.book.remind(*said(event))
    sitting.report(a_report(), offset=0)
    judged = sitting.conclude()

    assert judged.events == []
    [order] = judged.changed
    assert order.filed[event.finding.id].event is EventKind.RAISED


def test_said_and_not_kept_a_withdrawal_still_reaches_it() -> None:
    sitting = a_sitting()
    sitting.report(a_report(), offset=0)
    [raised] = sitting.events()

    sitting.reopen()
    sitting.book.remind(*said(raised))
    sitting.say(a_statement(period()))
    sitting.report(a_report(), offset=0)
    assert sitting.events() == []
    sitting.book.recall(LATER)
    [withdrawn] = sitting.events()

    assert (withdrawn.kind, withdrawn.finding.id) == (EventKind.WITHDRAWN, raised.finding.id)
    assert withdrawn.raised_at == raised.raised_at


def test_a_reminded_order_waits_for_its_records_before_it_is_judged() -> None:
    """Kept with its match, raised again by its depart, which is still to come again."""
    sitting = a_sitting()
    sitting.report(a_report(Stage.MATCH), offset=0)
    [order] = sitting.conclude().changed
    before = kept(order)
    sitting.report(a_report(Stage.DEPART, 5), offset=1)
    [updated] = sitting.events()

    sitting.reopen()
    sitting.book.load(before, LATER)
    sitting.book.remind(*said(updated))
    assert sitting.events() == []

    sitting.report(a_report(Stage.DEPART, 5), offset=1)
    assert sitting.events() == []
    sitting.book.recall(LATER)
    assert sitting.events() == []


def test_a_reminded_order_whose_records_are_all_there_is_judged_when_it_is_recalled() -> None:
    """The register made it say something, and spoke again before the judge was back."""
    sitting = a_sitting()
    sitting.report(a_report(), offset=0)
    [order] = sitting.conclude().changed
    before = kept(order)
    sitting.say(a_statement(period()))
    [withdrawn] = sitting.events()

    sitting.reopen()
    sitting.say(a_statement(period(5, 9), sequence=2))
    sitting.book.load(before, LATER)
    sitting.book.remind(*said(withdrawn))
    assert sitting.events() == []
    sitting.book.recall(LATER)
    [raised] = sitting.events()

    assert (raised.kind, raised.finding.reason) == (EventKind.RAISED, "not_yet")
    assert raised.raised_at == LATER.at


def test_half_of_an_order_that_comes_again_takes_nothing_back() -> None:
    """Said by its report, of which nothing was kept; its booking comes again in a run of its own."""
    sitting = a_sitting()
    sitting.report(Booking(at=minutes(-1)), offset=0)
    sitting.report(a_report(), offset=1)
    [event] = sitting.events()

    sitting.reopen()
    sitting.book.remind(*said(event))
    sitting.report(Booking(at=minutes(-1)), offset=0)
    half = sitting.conclude()
    sitting.report(a_report(), offset=1)
    sitting.book.recall(LATER)
    whole = sitting.conclude()

    assert (half.events, half.defective, whole.events, whole.defective) == ([], {}, [], {})
    assert len(half.changed) == len(whole.changed) == 1
    assert [filing.report for filing in whole.changed[0].reports] == [a_report()]


def test_a_recalled_order_is_kept_with_what_it_was_reminded_of() -> None:
    sitting = a_sitting()
    sitting.report(a_report(), offset=0)
    [order] = sitting.conclude().changed
    before = kept(order)
    sitting.say(a_statement(period()))
    [withdrawn] = sitting.events()

    sitting.reopen()
    sitting.book.load(before, LATER)
    sitting.book.remind(*said(withdrawn))
    sitting.book.recall(LATER)
    judged = sitting.conclude()

    assert judged.events == []
    [again] = judged.changed
    assert again.filed[withdrawn.finding.id].event is EventKind.WITHDRAWN


def test_the_book_knows_what_it_holds_and_what_is_to_come_again() -> None:
    sitting = a_sitting()
    sitting.report(a_report())
    [event] = sitting.events()
    key, id_, filed = said(event)

    assert sitting.book.knows(key)
    sitting.reopen()
    assert not sitting.book.knows(key)
    sitting.book.remind(key, id_, filed)
    assert sitting.book.knows(key)


def test_to_be_reminded_of_what_was_kept_changes_nothing() -> None:
    sitting = a_sitting()
    sitting.report(a_report())
    judged = sitting.conclude()

    sitting.reopen()
    sitting.book.load(kept(judged.changed[0]), LATER)
    sitting.book.remind(*said(judged.events[0]))

    assert sitting.conclude().changed == []


def test_a_record_that_comes_again_has_the_fate_that_it_had() -> None:
    sitting = a_sitting()
    sitting.report(a_report(), offset=0)
    sitting.report(a_report(), offset=1)
    [order] = sitting.conclude().changed

    sitting.reopen()
    sitting.book.load(kept(order), LATER)
    for offset in (0, 1, 2):
        sitting.report(a_report(), offset=offset)

    assert sitting.hearing.account.count("handled") == 1
    assert sitting.hearing.account.count("repeated") == 2


def test_a_login_without_a_usable_time_keeps_its_first_name_across_a_restart() -> None:
    sitting = a_sitting()
    sitting.hear(a_login(1), offset=0)
    [order] = sitting.conclude().changed

    sitting.reopen()
    sitting.book.load(kept(order), LATER)
    sitting.hear(a_login(2), offset=1)

    assert len(sitting.book) == 1
    assert sitting.hearing.account.count("repeated") == 1
    assert order.login == f"{CAR}|{LI}|20260302120100"
