"""Speed and heading of every fix, from it and the one before."""

import numpy as np

from streams.demo.pack import SCALE, Ints, Tracks

_METRES_PER_DEGREE = 111_195.0
_LONGEST_GAP = 180
"""Over more seconds than this a straight line says nothing about speed."""
UNKNOWN = -1


def speeds_and_headings(tracks: Tracks) -> tuple[Ints, Ints]:
    """Return km/h and degrees clockwise from north; UNKNOWN for a cab's first fix and after a gap."""
    north = np.diff(tracks.north, prepend=0) / SCALE * _METRES_PER_DEGREE
    east = np.diff(tracks.east, prepend=0) / SCALE * _METRES_PER_DEGREE
    east = east * np.cos(np.radians(tracks.north / SCALE))
    seconds = np.diff(tracks.second, prepend=0)
    known = (np.diff(tracks.cab, prepend=-1) == 0) & (seconds > 0) & (seconds <= _LONGEST_GAP)
    speed = np.hypot(north, east) / np.maximum(seconds, 1) * 3.6
    heading = np.degrees(np.arctan2(east, north)) % 360
    return _known(speed, known), _known(np.floor(heading), known)


def _known(
    values: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
    known: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]",
) -> Ints:
    return np.where(known, np.rint(values), UNKNOWN).astype(np.int64)
