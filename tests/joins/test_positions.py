"""Positions: where each car was last, and what is a repetition."""

from itertools import permutations

from regulator.domain.drivers import Driver
from regulator.domain.feed import Accepted, Position
from regulator.domain.instants import HOUR, MINUTE, SECOND, Instant
from regulator.domain.places import Datum, RawPlace
from regulator.domain.plates import Plate
from regulator.joins.positions import PositionBook
from tests.builders.law import CAR, LI, NOON, OTHER_CAR, SUNNY, WANG

HERE, THERE = RawPlace(121_473_700, 31_230_400, Datum.WGS_84), RawPlace(121_320_000, 31_194_000, Datum.WGS_84)

LATER = Instant(NOON + HOUR)


def a_position(
    seconds: float = 0,
    *,
    vehicle: str = CAR,
    driver: str = "",
    place: RawPlace | None = HERE,
    digest: int = 0,
    type_: str = "positionVehicle",
) -> Accepted:
    fact = Position(
        at=Instant(NOON + round(seconds * SECOND)), vehicle=Plate(vehicle), driver=Driver(driver), place=place
    )
    return Accepted(index=0, type=type_, company=SUNNY, order=None, digest=digest, fact=fact)


def fates(*records: Accepted) -> list[bool]:
    book = PositionBook()
    return [book.take(record, arrival=LATER) for record in records]


def test_the_same_car_at_the_same_second_is_a_repetition() -> None:
    assert fates(a_position(0), a_position(0.9, place=THERE), a_position(1)) == [True, False, True]


def test_another_car_or_driver_is_none() -> None:
    assert fates(a_position(), a_position(vehicle=OTHER_CAR)) == [True, True]
    assert fates(a_position(driver=LI), a_position(driver=WANG), a_position(driver=LI)) == [True, True, False]


def test_what_the_driver_reports_does_not_repeat_what_the_car_reports() -> None:
    assert fates(a_position(), a_position(type_="positionDriver", driver=LI)) == [True, True]


def test_reports_of_nobody_are_told_apart_by_content() -> None:
    one, other = (a_position(vehicle="", digest=digest) for digest in (1, 2))

    assert fates(one, other, one) == [True, True, False]


def test_a_late_second_is_new_once() -> None:
    assert fates(a_position(1300), a_position(0), a_position(650), a_position(0)) == [True, True, True, False]


def test_the_newest_position_counts_in_whatever_order_they_come() -> None:
    for records in permutations([a_position(0), a_position(5, place=THERE), a_position(3)]):
        book = PositionBook()
        for record in records:
            book.take(record, arrival=LATER)

        [(company, position)] = book.moved()
        assert (company, position.place) == (SUNNY, THERE)
        assert list(book.moved()) == []


def test_a_report_without_a_place_or_a_plate_moves_nobody() -> None:
    book = PositionBook()
    book.take(a_position(place=None), arrival=LATER)
    book.take(a_position(vehicle="", driver=LI), arrival=LATER)

    assert list(book.moved()) == []


def test_a_position_dated_ahead_of_its_arrival_hides_no_car() -> None:
    book = PositionBook()
    assert book.take(a_position(3600, place=THERE), arrival=Instant(NOON))
    book.take(a_position(0), arrival=Instant(NOON))
    book.take(a_position(61), arrival=Instant(NOON + MINUTE))

    [(_, position)] = book.moved()
    assert (position.at, position.place) == (NOON + 61 * SECOND, HERE)


def test_only_so_many_blocks_of_ten_minutes_are_remembered() -> None:
    book = PositionBook(blocks_kept=2)
    for minute in (0, 10, 20):
        assert book.take(a_position(60 * minute), arrival=LATER)

    assert book.take(a_position(0), arrival=LATER)
    assert not book.take(a_position(60 * 20), arrival=LATER)


def test_a_record_of_another_kind_is_let_through() -> None:
    record = Accepted(index=0, type="any", company=SUNNY, order=None, digest=1, fact=None)

    assert fates(record, record) == [True, True]
