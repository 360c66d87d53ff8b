"""What a run was made of: every record has one fate, and a record with three bad values is one record."""

from regulator.domain.feed import Accepted, Flaw, FlawKind, Refusal, Refused
from regulator.domain.instants import HOUR, Instant
from regulator.judging.account import HANDLED, REPEATED, Account
from regulator.quality.tally import NONCONFORMING, Count, Tally, newest_of, tally_of
from regulator.wire.tallies import decode_tally, encode_tally
from tests.builders.law import NOON, SUNNY, minutes

BAD, MISSING, REPAIRED = FlawKind.BAD_FIELD, FlawKind.MISSING_FIELD, FlawKind.REPAIRED


def a_record(index: int, *flaws: Flaw) -> Accepted:
    return Accepted(
        index=index, type="operatePay", company=SUNNY, order=None, digest=index, fact=None, flaws=flaws
    )


def a_tally(first: int, last: int) -> Tally:
    return tally_of(Account(), "feed.sunny.orders", 0, first=first, last=last, arrived_at=NOON)


def counted() -> Tally:
    account = Account()
    account.messages = 2
    account.enter(
        a_record(0, Flaw("DestTime", BAD), Flaw("FactPrice", REPAIRED), Flaw("PayTime", MISSING)),
        HANDLED,
        offset=7,
        key=None,
    )
    account.enter(a_record(1, Flaw("DestTime", MISSING)), HANDLED, offset=7, key=None)
    account.enter(a_record(0), REPEATED, offset=8, key=None)
    foreign = Refused(index=1, type="operatePay", company="claimed", order=None, reason=Refusal.FOREIGN)
    account.refuse(foreign, offset=8)
    return tally_of(account, "feed.sunny.orders", 0, first=7, last=8, arrived_at=minutes(61))


def test_it_counts_records_by_fate_and_flaws_by_field() -> None:
    assert set(counted().counts) == {
        Count(SUNNY, "operatePay", "handled", "", 2),
        Count(SUNNY, "operatePay", "repeated", "", 1),
        Count("", "operatePay", "foreign", "", 1),
        Count(SUNNY, "operatePay", "bad_field", "DestTime", 1),
        Count(SUNNY, "operatePay", "missing_field", "DestTime", 1),
        Count(SUNNY, "operatePay", "missing_field", "PayTime", 1),
        Count(SUNNY, "operatePay", "repaired", "FactPrice", 1),
        Count(SUNNY, "operatePay", NONCONFORMING, "", 1),
    }


def test_its_fates_add_up_to_the_records() -> None:
    assert sum(one.number for one in counted().counts if one.is_fate) == 4


def test_it_belongs_to_the_hour_in_which_it_came() -> None:
    assert counted().hour == Instant(NOON + HOUR)


def test_it_survives_its_topic() -> None:
    assert decode_tally(encode_tally(counted())) == counted()


def test_of_overlapping_ranges_the_later_one_counts() -> None:
    old, other, new = a_tally(0, 9), a_tally(20, 29), a_tally(5, 14)

    assert newest_of([old, other, new]) == [other, new]
