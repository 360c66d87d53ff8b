"""Shifts: who sat in a cab when, as far as its track tells.

A stretch of two hours without a fix ends a shift; else a cab changes hands around 04:00 and 16:00, as
taxis do, unless it rested within four hours of that. The day of the pack is played round and round,
so the shift that is on at midnight goes on at the track's beginning.
"""

from dataclasses import dataclass

import numpy as np

from streams.demo.chance import chance
from streams.demo.pack import Ints, Pack

DAY = 86_400
REST = 2 * 3600
_RESTED = 4 * 3600
_HANDOVERS = (4 * 3600, 16 * 3600)
_SPREAD = 3 * 3600
"""Not all at the same minute: handovers lie up to half of this before and after."""
_BEFORE, _AFTER = 8 * 60, 2 * 60
"""An order occupies its car from so long before the trip to so long after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifts:
    """All shifts, cab by cab. Seconds of the day; a shift that ends before it starts ends next day."""

    cab: Ints
    first_fix: Ints
    last_fix: Ints
    start: Ints
    end: Ints
    of_fix: Ints
    """Of each fix of the pack its shift."""


def split(pack: Pack) -> Shifts:
    """Split every cab's day into shifts."""
    cabs, firsts, lasts, of_fix = [], [], [], []
    count = 0
    for cab in range(pack.cabs):
        low, high = pack.tracks.starts[cab], pack.tracks.starts[cab + 1]
        seconds = pack.tracks.second[low:high]
        begins = _begins(seconds, _busy(pack, cab), cab)
        cabs.append(np.full(len(begins), cab))
        firsts.append(low + begins)
        lasts.append(low + np.roll(begins - 1, -1) % len(seconds))  # up to the next shift's first fix
        turn = np.searchsorted(begins, np.arange(len(seconds)), side="right") - 1
        of_fix.append(count + turn % len(begins))
        count += len(begins)
    first_fix, last_fix = np.concatenate(firsts), np.concatenate(lasts)
    return Shifts(
        cab=np.concatenate(cabs),
        first_fix=first_fix,
        last_fix=last_fix,
        start=pack.tracks.second[first_fix],
        end=pack.tracks.second[last_fix] + 1,
        of_fix=np.concatenate(of_fix),
    )


def _busy(pack: Pack, cab: int) -> list[tuple[int, int]]:
    mine = pack.trips.cab == cab
    return [
        (int(start) - _BEFORE, int(end) + _AFTER)
        for start, end in zip(pack.trips.start[mine], pack.trips.end[mine], strict=True)
    ]


def _begins(seconds: Ints, busy: list[tuple[int, int]], cab: int) -> Ints:
    """Return the places in a cab's track at which a shift begins."""
    rests = np.flatnonzero(np.diff(seconds) >= REST) + 1
    if seconds[0] + DAY - seconds[-1] >= REST:
        rests = np.concatenate(([0], rests))
    places = {int(place) for place in rests}
    for around in _HANDOVERS:
        if all(_apart(around, int(seconds[place])) >= _RESTED for place in rests):
            places.add(_handover(seconds, busy, around, cab))
    return np.array(sorted(places), np.int64)


def _apart(one: int, other: int) -> int:
    """Return the seconds between two times of day, the short way round."""
    return min((one - other) % DAY, (other - one) % DAY)


def _handover(seconds: Ints, busy: list[tuple[int, int]], around: int, cab: int) -> int:
    """Return the first fix after a handover's hour at which the cab has no order."""
    wanted = around + round((chance("handover", cab, around) - 0.5) * _SPREAD)
    for place in range(int(np.searchsorted(seconds, wanted)), len(seconds)):
        if not any(start <= seconds[place] <= end for start, end in busy):
            return place
    return 0
