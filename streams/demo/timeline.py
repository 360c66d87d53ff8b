"""When what happens in a cab's day: the steps of each order and shift, as seconds of the pack's day.

The trip is real; the booking before it and the payment after it are made up: a match one to seven
minutes before departure, but not before the trip before it is over.
"""

from dataclasses import dataclass
from enum import IntEnum, auto

import numpy as np

from streams.demo.chance import chance, whole
from streams.demo.pack import Ints, Pack
from streams.demo.shifts import DAY, Shifts

_NEVER = -DAY
_SHORTEST_WAIT = 3


class Step(IntEnum):
    """What happens. Of steps in one second the earlier one here comes first."""

    LOGOUT = auto()
    LOGIN = auto()
    CREATE = auto()
    MATCH = auto()
    REMATCH = auto()
    STATED = auto()
    """A department files the driver's certificate after the match."""
    DEPART = auto()
    REPEAT = auto()
    """The departure is sent a second time."""
    ARRIVE = auto()
    PAY = auto()


SHIFT_STEPS = frozenset({Step.LOGIN, Step.LOGOUT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Seconds of each trip's steps, the fixes where they happen, and the trip's shift."""

    create: Ints
    match: Ints
    rematch: Ints
    stated: Ints
    depart: Ints
    arrive: Ints
    pay: Ints
    match_fix: Ints
    depart_fix: Ints
    arrive_fix: Ints
    shift: Ints
    of_fix: Ints
    """Of each fix of the pack the trip whose order it serves, from match to arrival; -1: none."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """Every step of the day in order: its second, what it is, the number of its trip or shift."""

    second: Ints
    step: Ints
    number: Ints

    @property
    def reach(self) -> tuple[int, int]:
        """The first and the last second, which may lie outside the day."""
        return int(self.second[0]), int(self.second[-1])


def lay_out(pack: Pack, shifts: Shifts) -> Timeline:
    """Lay out all trips of the pack."""
    trips, tracks = pack.trips, pack.tracks
    count = len(trips.cab)
    depart_fix = _fix_at(pack, trips.start)
    shift = shifts.of_fix[depart_fix]
    match = np.array([_match(pack, shifts, trip, int(shift[trip])) for trip in range(count)], np.int64)
    match_fix = np.maximum(_fix_at(pack, match), tracks.starts[trips.cab])
    arrive_fix = _fix_at(pack, trips.end)
    return Timeline(
        create=match - _drawn(count, "create", 4, 40),
        match=match,
        rematch=np.minimum(match + _drawn(count, "rematch", 8, 25), trips.start - 1),
        stated=match + _drawn(count, "stated", 60, 130),
        depart=trips.start,
        arrive=trips.end,
        pay=trips.end + _drawn(count, "pay", 8, 90),
        match_fix=match_fix,
        depart_fix=depart_fix,
        arrive_fix=arrive_fix,
        shift=shift,
        of_fix=_trip_of_fix(pack, match),
    )


def agenda(timeline: Timeline, shifts: Shifts) -> Agenda:
    """Put every step of the day in order."""
    columns: list[tuple[Step, Ints]] = [
        (Step.LOGIN, shifts.start),
        (Step.LOGOUT, shifts.end),
        (Step.CREATE, timeline.create),
        (Step.MATCH, timeline.match),
        (Step.REMATCH, timeline.rematch),
        (Step.STATED, timeline.stated),
        (Step.DEPART, timeline.depart),
        (Step.REPEAT, timeline.depart + 2),
        (Step.ARRIVE, timeline.arrive),
        (Step.PAY, timeline.pay),
    ]
    second = np.concatenate([seconds for _, seconds in columns])
    step = np.concatenate([np.full(len(seconds), step) for step, seconds in columns])
    number = np.concatenate([np.arange(len(seconds)) for _, seconds in columns])
    order = np.lexsort((number, step, second))
    return Agenda(second[order], step[order], number[order])


def _drawn(count: int, what: str, low: int, high: int) -> Ints:
    return np.array([low + whole(high - low, what, trip) for trip in range(count)], np.int64)


def _match(pack: Pack, shifts: Shifts, trip: int, shift: int) -> int:
    trips = pack.trips
    depart = int(trips.start[trip])
    wanted = depart - 60 - round(360 * chance("match", trip))
    login = int(shifts.start[shift])
    free = int(trips.end[trip - 1]) if trip and trips.cab[trip - 1] == trips.cab[trip] else _NEVER
    earliest = max(free + 2, login + 1 if login < depart else _NEVER)
    return min(max(wanted, earliest), depart - _SHORTEST_WAIT)


def _fix_at(pack: Pack, second: Ints) -> Ints:
    """Return, for a second of each trip, its cab's last fix at or before it."""
    cab = pack.trips.cab
    # One sorted line for all cabs: each cab has room for three days of its own.
    line = pack.tracks.cab * 3 * DAY + pack.tracks.second
    return np.searchsorted(line, cab * 3 * DAY + second, side="right") - 1


def _trip_of_fix(pack: Pack, match: Ints) -> Ints:
    trips, tracks = pack.trips, pack.tracks
    line = trips.cab * 3 * DAY + match
    trip = np.searchsorted(line, tracks.cab * 3 * DAY + tracks.second, side="right") - 1
    serves = (trip >= 0) & (trips.cab[trip] == tracks.cab) & (tracks.second <= trips.end[trip])
    return np.where(serves, trip, -1)
