"""Where a ride is going: put together from whatever came, in whatever order. An estimate, no verdict."""

from itertools import permutations
from typing import Any

import pytest

from regulator.domain.instants import MINUTE
from regulator.domain.limits import Limits
from regulator.domain.orders import Booking, Ending, Report, Stage
from regulator.domain.places import Datum, Place, RawPlace
from regulator.joins.journeys import Journey, Phase, journey
from tests.builders.law import a_report, minutes

PEOPLES_SQUARE = RawPlace(121_473_700, 31_230_400, Datum.WGS_84)
HONGQIAO = RawPlace(121_320_000, 31_194_000, Datum.WGS_84)
FIFTY_MINUTES = 50 * MINUTE


def a_booking(**facts: Any) -> Booking:
    given = {"start": PEOPLES_SQUARE, "destination": HONGQIAO, "destination_text": "虹桥站", **facts}
    return Booking(at=minutes(-1), **given)


def a_journey(*reports: Report, booking: Booking | None = None, ending: Ending | None = None) -> Journey:
    [made] = {journey(booking, some, ending, limits=Limits()) for some in permutations(reports)}
    return made


@pytest.mark.parametrize(
    ("reports", "phase"),
    [
        ((), Phase.MATCHED),
        ((a_report(Stage.LOGIN),), Phase.LOGGED_IN),
        ((a_report(Stage.MATCH),), Phase.MATCHED),
        ((a_report(Stage.MATCH, 0), a_report(Stage.DEPART, 5)), Phase.ON_TRIP),
        ((a_report(Stage.MATCH, 9), a_report(Stage.DEPART, 5)), Phase.ON_TRIP),
        ((a_report(Stage.DEPART, 5), a_report(Stage.PAY, 5)), Phase.ENDED),
    ],
)
def test_a_ride_is_as_far_as_its_furthest_report(reports: tuple[Report, ...], phase: Phase) -> None:
    assert a_journey(*reports).phase is phase


@pytest.mark.parametrize(
    ("ending", "phase"),
    [
        pytest.param(Ending(at=minutes(-5)), Phase.ENDED, id="it arrived, whenever that was"),
        pytest.param(Ending(at=minutes(0), cancelled=True), Phase.ENDED, id="cancelled at that time"),
        pytest.param(
            Ending(at=minutes(-1), cancelled=True), Phase.MATCHED, id="cancelled, then matched anew"
        ),
    ],
)
def test_it_ends_when_it_arrives_or_is_cancelled_after_its_newest_report(
    ending: Ending, phase: Phase
) -> None:
    assert a_journey(a_report(), ending=ending).phase is phase


def test_a_booking_that_was_cancelled_before_a_match_has_ended() -> None:
    assert a_journey(booking=a_booking(), ending=Ending(at=minutes(0), cancelled=True)).phase is Phase.ENDED


def test_the_destination_is_what_the_passenger_ordered() -> None:
    ride = a_journey(a_report(), booking=a_booking())

    assert ride.destination == Place(121.32, 31.194)
    assert ride.destination_text == "虹桥站"


def test_the_arrival_is_expected_by_distance_detour_and_pace() -> None:
    ride = a_journey(a_report(Stage.DEPART, 10, place=None), booking=a_booking())

    assert ride.expected_arrival == pytest.approx(minutes(10) + FIFTY_MINUTES, abs=2 * MINUTE)


def test_before_departure_it_leaves_as_booked_but_not_before_the_match() -> None:
    booked_later = a_journey(a_report(at=0), booking=a_booking(depart_at=minutes(30)))
    booked_earlier = a_journey(a_report(at=0), booking=a_booking(depart_at=minutes(-30)))

    assert booked_later.expected_arrival == pytest.approx(minutes(30) + FIFTY_MINUTES, abs=2 * MINUTE)
    assert booked_earlier.expected_arrival == pytest.approx(minutes(0) + FIFTY_MINUTES, abs=2 * MINUTE)


@pytest.mark.parametrize("lacking", [{"start": None}, {"destination": None}])
def test_without_both_ends_no_arrival_is_expected(lacking: dict[str, None]) -> None:
    assert a_journey(a_report(), booking=a_booking(**lacking)).expected_arrival is None
    assert a_journey(a_report()).expected_arrival is None


def test_after_departure_it_starts_where_it_departed() -> None:
    ride = a_journey(a_report(Stage.DEPART, place=HONGQIAO), booking=a_booking(start=None))

    assert ride.expected_arrival == minutes(0)
    assert ride.place == Place(121.32, 31.194)
