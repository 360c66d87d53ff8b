"""Places as platforms report them: GCJ-02 (``Encrypt`` 1), whole millionths of a degree."""

from typing import NamedTuple

from regulator.domain.coordinates import from_wgs84
from regulator.domain.places import Datum, Place
from streams.demo.pack import SCALE

ENCRYPT = int(Datum.GCJ_02)


class Spot(NamedTuple):
    """East and north in millionths of a degree, GCJ-02."""

    lon: int
    lat: int


def spot(east: int, north: int) -> Spot:
    """Convert a fix of the pack."""
    shifted = from_wgs84(Place(east / SCALE, north / SCALE), Datum.GCJ_02)
    return Spot(round(shifted.lon * 1_000_000), round(shifted.lat * 1_000_000))
