"""GCJ-02 and BD-09 to WGS-84 and back.

Chinese maps shift positions by some 500 m (GCJ-02) or 1,000 m (BD-09). The shift has no inverse in
closed form; three rounds of correction bring it below a millimetre.
"""

from collections.abc import Callable
from functools import lru_cache
from math import atan2, cos, pi, radians, sin, sqrt

from regulator.domain.places import Datum, Place, RawPlace

_AXIS = 6_378_245.0
_ECCENTRICITY = 0.006_693_421_622_965_943_23
_BD_PI = pi * 3000.0 / 180.0
_ROUNDS = 3


def to_wgs84(place: Place, datum: Datum) -> Place | None:
    """Return the place in WGS-84; None where the datum is not known."""
    match datum:
        case Datum.WGS_84 | Datum.CGCS2000:
            return place
        case Datum.GCJ_02:
            return _undo(_wgs84_to_gcj02, place)
        case Datum.BD_09:
            return _undo(_wgs84_to_gcj02, _bd09_to_gcj02(place))
        case Datum.OTHER:
            return None


@lru_cache(maxsize=65_536)
def wgs84(raw: RawPlace | None) -> Place | None:
    """Return where a place sent by a platform is; None for none, or where its datum is not known.

    Remembered: one order's places are asked for by every finding and by its journey.
    """
    return None if raw is None else to_wgs84(Place(raw.lon_e6 / 1e6, raw.lat_e6 / 1e6), raw.datum)


def from_wgs84(place: Place, datum: Datum) -> Place:
    """Return a WGS-84 place in another datum; ``Datum.OTHER`` raises ValueError."""
    match datum:
        case Datum.WGS_84 | Datum.CGCS2000:
            return place
        case Datum.GCJ_02:
            return _wgs84_to_gcj02(place)
        case Datum.BD_09:
            return _gcj02_to_bd09(_wgs84_to_gcj02(place))
        case Datum.OTHER:
            raise ValueError("a place cannot be converted to an unknown datum")


def _undo(shift: Callable[[Place], Place], place: Place) -> Place:
    """Invert a shift by correcting a guess with what the shift makes of it."""
    guess = place
    for _ in range(_ROUNDS):
        shifted = shift(guess)
        guess = Place(guess.lon + place.lon - shifted.lon, guess.lat + place.lat - shifted.lat)
    return guess


def _in_china(place: Place) -> bool:
    """The rectangle in which maps are shifted."""
    return 72.004 <= place.lon <= 137.8347 and 0.8293 <= place.lat <= 55.8271


def _wgs84_to_gcj02(place: Place) -> Place:
    if not _in_china(place):
        return place
    x, y = place.lon - 105.0, place.lat - 35.0
    root = sqrt(abs(x))
    waves = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    latitude = radians(place.lat)
    magic = 1 - _ECCENTRICITY * sin(latitude) ** 2
    meridian = _AXIS * (1 - _ECCENTRICITY) / (magic * sqrt(magic))
    parallel = _AXIS / sqrt(magic) * cos(latitude)
    return Place(place.lon + east * 180.0 / (parallel * pi), place.lat + north * 180.0 / (meridian * pi))


def _gcj02_to_bd09(place: Place) -> Place:
    radius = sqrt(place.lon**2 + place.lat**2) + 0.00002 * sin(place.lat * _BD_PI)
    angle = atan2(place.lat, place.lon) + 0.000003 * cos(place.lon * _BD_PI)
    return Place(radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006)


def _bd09_to_gcj02(place: Place) -> Place:
    return _undo(_gcj02_to_bd09, place)
