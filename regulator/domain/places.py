"""Places on the earth, always WGS-84 in a verdict, and the datums they are sent in."""

from enum import IntEnum
from math import asin, cos, radians, sin, sqrt
from typing import Protocol

import msgspec

EARTH_RADIUS = 6_371_008.8
"""Mean radius in metres (IUGG)."""


class Place(msgspec.Struct, frozen=True, gc=False):
    """Degrees east and north, WGS-84."""

    lon: float
    lat: float


class Datum(IntEnum):
    """The ministry's ``Encrypt`` codes; CGCS2000 is WGS-84 at this accuracy."""

    OTHER = 0
    GCJ_02 = 1
    WGS_84 = 2
    BD_09 = 3
    CGCS2000 = 4


class RawPlace(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A place as a platform sent it: millionths of a degree, in a datum that is known.

    Facts carry this; whoever needs metres or polygons asks ``coordinates.wgs84`` for the place.
    Converting every place at the border would cost more than all the rest of the border.
    """

    lon_e6: int
    lat_e6: int
    datum: Datum


class Areas(Protocol):
    """Whatever knows the areas of administrative codes (``regulator.config.areas``)."""

    def holds(self, code: str, place: RawPlace) -> bool | None:
        """Tell whether the area of a code holds a place, the border included; None without a polygon."""
        ...


def metres_between(one: Place, other: Place) -> float:
    """Return the great-circle distance in metres."""
    north = radians(other.lat - one.lat)
    east = radians(other.lon - one.lon)
    half = sin(north / 2) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(half))
