"""A platform that writes one number on all its orders stops nobody."""

from regulator.domain.feed import Refusal
from regulator.judging.order_book import MOST_RECORDS
from tests.builders.law import Sitting, a_report, accepted


def test_a_number_that_too_many_records_share_names_no_order() -> None:
    sitting = Sitting()
    sitting.hear(*(accepted(a_report(at=at), "0", index=at) for at in range(MOST_RECORDS)))
    sitting.hear(
        accepted(a_report(at=MOST_RECORDS), "0", index=0), accepted(a_report(), "order-1", index=1), offset=7
    )
    account = sitting.hearing.account

    [refused] = account.refused
    assert (refused.offset, refused.index, refused.reason) == (7, 0, Refusal.UNATTRIBUTABLE)
    assert account.count("handled") == MOST_RECORDS + 1


def test_what_such_an_order_has_taken_in_is_still_known_when_it_comes_again() -> None:
    sitting = Sitting()
    sitting.hear(*(accepted(a_report(at=at), "0", index=at) for at in range(MOST_RECORDS)), offset=3)
    sitting.hear(accepted(a_report(at=5), "0", index=5), offset=4)

    assert sitting.hearing.account.count("repeated") == 1
