"""Where an order's ride is going, for officers who may want to be there first.

No message of the feed says when a car will arrive. The expected arrival is an estimate from the
straight line between start and destination; no verdict rests on it, and pages call it expected.
"""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from regulator.domain.coordinates import wgs84
from regulator.domain.instants import SECOND, Instant
from regulator.domain.limits import Limits
from regulator.domain.orders import Booking, Ending, Report, Stage
from regulator.domain.places import Place, metres_between

_METRES_PER_SECOND_PER_KMH = 1 / 3.6


class Phase(StrEnum):
    """How far a ride has come: an officer can still meet it until it has ended."""

    LOGGED_IN = "logged_in"
    MATCHED = "matched"
    ON_TRIP = "on_trip"
    ENDED = "ended"


class Journey(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A ride as far as it is known."""

    phase: Phase
    place: Place | None = None
    destination: Place | None = None
    destination_text: str = ""
    expected_arrival: Instant | None = None


_PHASES = {
    Stage.LOGIN: Phase.LOGGED_IN,
    Stage.MATCH: Phase.MATCHED,
    Stage.DEPART: Phase.ON_TRIP,
    Stage.PAY: Phase.ENDED,
}


def journey(
    booking: Booking | None, reports: Iterable[Report], ending: Ending | None, *, limits: Limits
) -> Journey:
    """Put a ride together from what was reported, in whatever order it came."""
    ordered = sorted(reports, key=lambda report: (report.at, _PHASES[report.stage]))
    newest = max(ordered, key=_progress, default=None)
    if newest is None:
        return Journey(phase=Phase.MATCHED if ending is None else Phase.ENDED)
    ended = ending is not None and (not ending.cancelled or ending.at >= newest.at)
    return Journey(
        phase=Phase.ENDED if ended else _PHASES[newest.stage],
        place=wgs84(newest.place),
        destination=wgs84(booking.destination) if booking else None,
        destination_text=booking.destination_text if booking else "",
        expected_arrival=_expected_arrival(booking, newest, limits),
    )


def _progress(report: Report) -> tuple[int, Instant]:
    return list(Stage).index(report.stage), report.at


def _expected_arrival(booking: Booking | None, newest: Report, limits: Limits) -> Instant | None:
    """Leave at the time of departure, or as booked, and drive at a city's pace."""
    if booking is None:
        return None
    departed = newest.stage is not Stage.MATCH
    start = wgs84(newest.place if departed and newest.place else booking.start)
    destination = wgs84(booking.destination)
    if start is None or destination is None:
        return None
    leaving = newest.at if departed else max(newest.at, booking.depart_at or newest.at)
    metres = metres_between(start, destination) * limits.value("expected_detour", newest.at)
    speed = limits.value("expected_speed_kmh", newest.at) * _METRES_PER_SECOND_PER_KMH
    return Instant(leaving + round(metres / speed) * SECOND)
