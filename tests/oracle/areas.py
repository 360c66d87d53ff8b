"""Whether a place lies in an area (contract §5.3, §7), exactly.

Polygons and unconverted points are fractions, so that a point on a slanted border is on it. Places:
(longitude, latitude) in degrees, longitude first.
"""

import json
import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

Point = tuple[Fraction, Fraction]
Degrees = tuple[float, float]
GCJ, WGS = "GCJ-02", "WGS-84"
DATUM_OF = {1: GCJ, 2: WGS, 3: "BD-09", 4: WGS}  # CGCS2000 is WGS-84 at this accuracy


class Place(NamedTuple):
    """Millionths of a degree as sent, and the sender's `Encrypt`; None is missing or blanked."""

    longitude: int | None
    latitude: int | None
    encrypt: int | None

    @property
    def known(self) -> bool:
        return None not in (self.longitude, self.latitude) and self.encrypt in DATUM_OF

    def in_datum(self, datum: str) -> Point:
        """The point of a known place in a polygon's datum; as sent when that is the same."""
        assert self.longitude is not None
        assert self.latitude is not None
        assert self.encrypt is not None
        own = DATUM_OF[self.encrypt]
        exact = Fraction(self.longitude, 10**6), Fraction(self.latitude, 10**6)
        if own == datum:
            return exact
        longitude, latitude = converted((float(exact[0]), float(exact[1])), own, datum)
        return Fraction(longitude), Fraction(latitude)


class Shape(NamedTuple):
    """One feature: polygons as lists of rings, the first the outline, the others holes."""

    code: str
    datum: str
    polygons: list[list[list[Point]]]

    def holds(self, place: Place) -> bool:
        point = place.in_datum(self.datum)
        return any(_inside(point, rings) for rings in self.polygons)


def read(folder: Path) -> list[Shape]:
    """Every feature of the folder's `*.geojson`."""
    files = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.geojson"))]
    return [shape for text in files for shape in shapes(json.loads(text, parse_float=Fraction))]


def shapes(file: Any) -> list[Shape]:
    """The features of one file; its own `datum` serves those without."""
    found = []
    for feature in file["features"]:
        about, geometry = feature["properties"], feature["geometry"]
        given = geometry["coordinates"]
        polygons = [given] if geometry["type"] == "Polygon" else given
        datum = about.get("datum") or file["datum"]
        found.append(Shape(str(about["adcode"]), datum, [_rings(each) for each in polygons]))
    return found


def of(code: str | None, shapes: Iterable[Shape]) -> list[Shape]:
    """The shapes of a code; one ending in 00 without any of its own has those below it."""
    own = [shape for shape in shapes if shape.code == code]
    if own or not code or not code.endswith("00"):
        return own
    above = code[:2] if code.endswith("0000") else code[:4]
    return [shape for shape in shapes if shape.code.startswith(above)]


def _rings(polygon: Any) -> list[list[Point]]:
    return [[(Fraction(one[0]), Fraction(one[1])) for one in ring] for ring in polygon]


def _inside(point: Point, rings: Sequence[Sequence[Point]]) -> bool:
    """Even-odd over all rings; on any ring counts as inside."""
    x, y = point
    odd = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            cross = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
            if cross == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
                return True
            if (y1 > y) != (y2 > y):
                odd ^= x < x1 + (x2 - x1) * (y - y1) / (y2 - y1)
    return odd


def converted(point: Degrees, own: str, wanted: str) -> Degrees:
    """Between WGS-84, GCJ-02 and BD-09; inverses by iteration until nothing moves."""
    if own == wanted:
        return point
    if own == "BD-09":
        return converted(_undone(_gcj_to_bd, point), GCJ, wanted)
    if own == GCJ and wanted == WGS:
        return _undone(_wgs_to_gcj, point)
    gcj = _wgs_to_gcj(point) if own == WGS else point
    return gcj if wanted == GCJ else _gcj_to_bd(gcj)


def _undone(forward: Any, point: Degrees) -> Degrees:
    x, y = point
    for _ in range(30):
        u, v = forward((x, y))
        x, y = x + point[0] - u, y + point[1] - v
    return x, y


def _wgs_to_gcj(point: Degrees) -> Degrees:
    a, ee = 6378245.0, 0.00669342162296594323
    x, y = point[0] - 105, point[1] - 35
    sin, pi = math.sin, math.pi
    both = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + both
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + both
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    radians = math.radians(point[1])
    magic = 1 - ee * sin(radians) ** 2
    north = math.degrees(north / (a * (1 - ee) / (magic * math.sqrt(magic))))
    east = math.degrees(east / (a / math.sqrt(magic) * math.cos(radians)))
    return point[0] + east, point[1] + north


def _gcj_to_bd(point: Degrees) -> Degrees:
    x, y = point
    turn = math.pi * 3000 / 180
    far = math.hypot(x, y) + 0.00002 * math.sin(y * turn)
    angle = math.atan2(y, x) + 0.000003 * math.cos(x * turn)
    return far * math.cos(angle) + 0.0065, far * math.sin(angle) + 0.006
