"""Where a card stands: in which list, in what order, and when that will change by itself.

On the way first what can still be met, by expected arrival; then rides without one or past it; then
cars that only wait for an order. A ride that has ended, or is long past its expected arrival, is desk
work, the newest first.
"""

from collections.abc import Sequence

import msgspec

from regulator.domain.instants import MINUTE, Instant
from regulator.joins.journeys import Phase

LONG_PAST = 30 * MINUTE
"""An estimate from a straight line is often early; a ride half an hour past it has ended unreported."""

ROAD = "road"
DESK = "desk"
_FAR = 10**16


class Standing(msgspec.Struct, frozen=True):
    """From an instant on: the list and the sort key in it (ascending)."""

    start: Instant
    list: str
    order: str


def plan(phase: Phase, *, expected_arrival: Instant | None, newest_at: Instant) -> Sequence[Standing]:
    """Return where a card stands now and later, if nothing is heard of it."""
    always = Instant(0)
    desk = _key(0, _FAR - newest_at)
    match phase:
        case Phase.ENDED:
            return [Standing(always, DESK, desk)]
        case Phase.LOGGED_IN:
            return [Standing(always, ROAD, _key(2, _FAR - newest_at))]
        case Phase.MATCHED | Phase.ON_TRIP:
            overdue = _key(1, _FAR - (expected_arrival or newest_at))
            if expected_arrival is None:
                return [Standing(always, ROAD, overdue)]
            return [
                Standing(always, ROAD, _key(0, expected_arrival)),
                Standing(expected_arrival, ROAD, overdue),
                Standing(Instant(expected_arrival + LONG_PAST), DESK, desk),
            ]


def standing_at(standings: Sequence[Standing], at: Instant) -> Standing:
    """Return where a card stands at an instant."""
    return [one for one in standings if one.start <= at][-1]


def written(standings: Sequence[Standing]) -> str:
    """Write a plan for the page: ``milliseconds list order``, separated by semicolons."""
    return ";".join(f"{one.start // 1000} {one.list} {one.order}" for one in standings)


def _key(group: int, rank: int) -> str:
    return f"{group}{rank:016d}"
