"""An order as it stands: the set of its records decides, not their order."""

from itertools import permutations

import msgspec
import pytest

from regulator.domain.feed import Fact, Payment
from regulator.domain.orders import Booking, Ending, OrderNumber, Stage
from regulator.domain.places import Datum, RawPlace
from regulator.joins.orders import Order, key_of, login_string
from tests.builders.law import ABROAD, CAR, LI, SUNNY, a_report, accepted, minutes


def an_order(*facts: Fact) -> Order:
    order = Order(company=SUNNY, arrival=minutes(0), number=OrderNumber("order-1"))
    for offset, fact in enumerate(facts):
        order.add(accepted(fact), arrival=minutes(offset), offset=offset)
    return order


def test_what_is_kept_of_several_does_not_depend_on_their_order() -> None:
    facts: list[Fact] = [
        Booking(at=minutes(1), destination_text="虹桥"),
        Booking(at=minutes(1), destination_text="浦东"),
        Booking(at=minutes(0), destination_text="外滩"),
        Ending(at=minutes(5)),
        Ending(at=minutes(5), cancelled=True),
    ]
    kept = {
        msgspec.json.encode((order.booking, order.ending))
        for order in (an_order(*some) for some in permutations(facts))
    }

    assert len(kept) == 1
    assert an_order(*facts).booking in facts[:2]
    assert an_order(*facts).ending in facts[3:]


def test_a_pay_is_a_report_and_an_ending() -> None:
    pay = a_report(Stage.PAY, 3)

    order = an_order(Payment(report=pay, ended_at=minutes(9)))
    without_an_end = an_order(Payment(report=pay))

    assert [filing.report for filing in order.reports] == [pay]
    assert order.ending == Ending(at=minutes(9))
    assert without_an_end.ending == Ending(at=minutes(3))


def test_what_is_sent_again_without_a_usable_time_keeps_the_first_arrival_and_its_own_place() -> None:
    within, outside = (RawPlace(lon, 31_200_000, Datum.WGS_84) for lon in (121_400_000, 120_100_000))
    departs = [
        a_report(Stage.DEPART, at, timed=False, place=place) for at, place in enumerate([within, outside])
    ]
    for first, second in permutations(departs):
        order = an_order(first, second)

        kept = [filing.report for filing in order.reports]
        assert [report.place for report in kept] == [first.place, second.place]
        assert {report.at for report in kept} == {first.at}


def test_the_newest_arrival_is_the_orders() -> None:
    order = an_order(a_report())
    order.add(accepted(a_report(at=1)), arrival=minutes(-5), offset=9)

    assert order.arrival == minutes(0)


def test_the_first_origin_of_a_content_is_remembered() -> None:
    order = an_order(a_report(), a_report(at=1))

    assert order.first_seen(accepted(a_report(at=1)).digest) == (1, 0)
    assert order.first_seen(accepted(a_report(at=2)).digest) is None


def test_a_login_is_named_by_plate_driver_and_time() -> None:
    assert login_string(a_report(Stage.LOGIN)) == f"{CAR}|{LI}|20260302120000"
    assert login_string(a_report(Stage.LOGIN, vehicle="")) == f"|{LI}|20260302120000"
    assert login_string(a_report(Stage.LOGIN, driver="")) == f"{CAR}||20260302120000"


def test_a_key_names_company_and_case() -> None:
    assert an_order().key == key_of(SUNNY, "order-1") == "3101YPZC0001|order-1"


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_ends_at_one_instant_the_one_without_a_place_counts(turn: int) -> None:
    """It accuses nobody; a correction that keeps its time must not decide by how it is written."""
    placed, blank = Ending(at=minutes(9), place=ABROAD), Ending(at=minutes(9))

    order = an_order(*[placed, blank][::turn])

    assert order.arrived == blank
    assert order.trip.end is None
