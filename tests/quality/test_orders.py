"""What of an order speaks for it and against it is what its judge keeps of it."""

from regulator.domain.orders import Booking, Ending, Stage
from regulator.domain.places import Datum, RawPlace
from regulator.joins.orders import Order
from regulator.quality.orders import Mark, seen, start_of_order
from tests.builders.law import (
    CAR,
    IN_CITY,
    LI,
    OTHER_CAR,
    SUNNY,
    Sitting,
    a_report,
    licensed,
    minutes,
)

HOME = RawPlace(121_400_000, 31_200_000, Datum.WGS_84)


def order_of(sitting: Sitting) -> Order:
    sitting.conclude()
    (order,) = sitting.book
    return order


def marks(sitting: Sitting) -> Mark:
    return seen(order_of(sitting), "").marks


def test_a_licensed_ride_is_marked_by_its_stages_alone() -> None:
    sitting = Sitting(*licensed())
    for number, stage in enumerate((Stage.MATCH, Stage.DEPART, Stage.PAY)):
        sitting.report(a_report(stage, number))
    sitting.report(Ending(at=minutes(2), place=IN_CITY))

    assert marks(sitting) == Mark.MATCHED | Mark.DEPARTED | Mark.ARRIVED | Mark.PAID


def test_a_cancelled_one_says_so() -> None:
    sitting = Sitting(*licensed())
    sitting.report(a_report())
    sitting.report(Ending(at=minutes(2), cancelled=True))

    assert marks(sitting) == Mark.MATCHED | Mark.CANCELLED


def test_a_car_without_a_licence_counts_against_it() -> None:
    sitting = Sitting(*licensed())
    sitting.report(a_report(vehicle=OTHER_CAR))

    assert marks(sitting) == Mark.MATCHED | Mark.UNLICENSED


def test_what_the_register_cannot_tell_yet_is_undetermined() -> None:
    sitting = Sitting(*licensed(), vouched=None)
    sitting.report(a_report(vehicle=OTHER_CAR))

    assert marks(sitting) == Mark.MATCHED | Mark.UNDETERMINED


def test_another_car_than_matched_counts_against_it() -> None:
    sitting = Sitting(*licensed())
    sitting.report(a_report())
    sitting.report(a_report(Stage.DEPART, 1, vehicle=OTHER_CAR))

    assert Mark.PAIR_DIFFERS in marks(sitting)


def test_all_who_drove_are_known() -> None:
    sitting = Sitting(*licensed())
    sitting.report(a_report())
    sitting.report(a_report(Stage.DEPART, 1, vehicle=OTHER_CAR))

    counted = seen(order_of(sitting), "310106")

    assert (counted.company, counted.key, counted.district) == (SUNNY, "order-1", "310106")
    assert (counted.vehicles, counted.drivers) == ({CAR, OTHER_CAR}, {LI})


def test_it_begins_where_it_departed_else_where_it_was_booked() -> None:
    sitting = Sitting(*licensed())
    sitting.report(Booking(at=minutes(-5), start=HOME))
    sitting.report(a_report())
    assert start_of_order(order_of(sitting)) == HOME

    sitting.report(a_report(Stage.DEPART, 1, place=IN_CITY))
    assert start_of_order(order_of(sitting)) == IN_CITY
