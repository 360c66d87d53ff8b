"""In which list a card stands, and when that changes by itself."""

import pytest

from regulator.console.places_in_list import plan, standing_at
from regulator.domain.instants import MINUTE, SECOND, Instant
from regulator.joins.journeys import Phase
from tests.console.running import EVENING


def _list(phase: Phase, arrival: int | None, *, at: int = 0) -> str:
    expected = None if arrival is None else Instant(EVENING + arrival)
    standings = plan(phase, expected_arrival=expected, newest_at=EVENING)
    return standing_at(standings, Instant(EVENING + at)).list


@pytest.mark.parametrize(
    ("phase", "arrival", "expected"),
    [
        (Phase.ON_TRIP, 5 * MINUTE, "road"),
        (Phase.ON_TRIP, -30 * MINUTE + SECOND, "road"),
        (Phase.ON_TRIP, -30 * MINUTE, "desk"),
        (Phase.ON_TRIP, None, "road"),
        (Phase.MATCHED, 5 * MINUTE, "road"),
        (Phase.LOGGED_IN, None, "road"),
        (Phase.ENDED, 5 * MINUTE, "desk"),
    ],
)
def test_a_card_is_on_the_way_until_its_ride_ended_or_is_long_past(
    phase: Phase, arrival: int | None, expected: str
) -> None:
    assert _list(phase, arrival) == expected


def test_a_card_becomes_desk_work_by_time_alone() -> None:
    assert _list(Phase.ON_TRIP, MINUTE, at=31 * MINUTE - 1) == "road"
    assert _list(Phase.ON_TRIP, MINUTE, at=31 * MINUTE) == "desk"


def test_a_ride_past_its_arrival_comes_after_those_that_can_still_be_met() -> None:
    late = plan(Phase.ON_TRIP, expected_arrival=Instant(EVENING - SECOND), newest_at=EVENING)
    soon = plan(Phase.MATCHED, expected_arrival=Instant(EVENING + 20 * MINUTE), newest_at=EVENING)
    waiting = plan(Phase.LOGGED_IN, expected_arrival=None, newest_at=EVENING)

    orders = [standing_at(one, EVENING).order for one in (soon, late, waiting)]

    assert orders == sorted(orders)
