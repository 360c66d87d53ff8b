"""Areas: the operator's polygons (``areas/*.geojson``), which one holds a place, and whether one does.

A file or a feature says its ``datum``. Districts are named and drawn in WGS-84, to which vertices
in GCJ-02 are converted once, on reading; whether an area holds a place is asked in the datum in
which the area was drawn, so that what lies on its border does.
"""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import shapely
from numpy import array, float64
from numpy.typing import NDArray
from shapely import STRtree, transform, union_all
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Point, Polygon, shape
from shapely.geometry.base import BaseGeometry

from regulator.domain.coordinates import from_wgs84, to_wgs84, wgs84
from regulator.domain.errors import Misconfigured
from regulator.domain.places import Datum, Place, RawPlace

_DATUMS = {"WGS-84": Datum.WGS_84, "GCJ-02": Datum.GCJ_02, "BD-09": Datum.BD_09, "CGCS2000": Datum.CGCS2000}
_AS_WGS84 = (Datum.WGS_84, Datum.CGCS2000)


_ROUNDING = 1e-9
"""Degrees, a tenth of a millimetre: a slanted border's points are no binary fractions, and lie on it."""


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """One polygon (or several) of one administrative code.

    ``geometry`` is in WGS-84 degrees, ``drawn`` each polygon as the file has it, in degrees of ``datum``.
    """

    code: str
    name: str
    geometry: BaseGeometry
    drawn: tuple[Polygon, ...]
    datum: Datum
    bounds: tuple[float, float, float, float]

    def holds(self, place: RawPlace) -> bool:
        """Tell whether a place of a known datum lies inside or on the border."""
        lon, lat = _in_datum(place, self.datum)
        west, south, east, north = self.bounds
        return (
            west <= lon <= east
            and south <= lat <= north
            and any(bool(shapely.dwithin(polygon, Point(lon, lat), _ROUNDING)) for polygon in self.drawn)
        )


class Areas:
    """Every area of a configuration, found by place."""

    def __init__(self, areas: list[Area]) -> None:
        self._areas = areas
        self._districts = [area for area in areas if not area.code.endswith("00")]
        self._tree = STRtree([area.geometry for area in self._districts])
        self._of_code: dict[str, Sequence[Area]] = {}
        self._remembered = lru_cache(maxsize=65_536)(self._holds)
        self._remembered_districts = lru_cache(maxsize=65_536)(self._district)
        for area in areas:
            shapely.prepare(list(area.drawn))

    def __iter__(self) -> Iterator[Area]:
        return iter(self._areas)

    @property
    def digest(self) -> str:
        """The same wherever the same areas are drawn alike, whatever their files are called."""
        drawn = sorted(
            f"{area.code} {area.datum} {' '.join(polygon.wkb_hex for polygon in area.drawn)}"
            for area in self._areas
        )
        return sha256("\n".join(drawn).encode()).hexdigest()

    def district(self, place: Place) -> str | None:
        """Return the code of the district that holds a place, the border included; None outside all.

        Remembered: an order's findings ask for the same place, and its updates again.
        """
        return self._remembered_districts(place)

    def _district(self, place: Place) -> str | None:
        hits = self._tree.query(Point(place.lon, place.lat), predicate="intersects")
        return min((self._districts[hit].code for hit in hits), default=None)

    def holds(self, code: str, place: RawPlace) -> bool | None:
        """Tell whether the area of a code holds a place, the border included; None without a polygon.

        Remembered: it is asked for the same place whenever more is heard of its order.
        """
        return self._remembered(code, place)

    def _holds(self, code: str, place: RawPlace) -> bool | None:
        areas = self._of_code.get(code)
        if areas is None:
            areas = self._of_code[code] = self._of(code)
        return any(area.holds(place) for area in areas) if areas else None

    def _of(self, code: str) -> Sequence[Area]:
        """A code ending in 00 without a feature of its own is the union of those below it."""
        own = [area for area in self._areas if area.code == code]
        if own or not code.endswith("00"):
            return own
        above = code[:2] if code.endswith("0000") else code[:4]
        return [area for area in self._areas if area.code.startswith(above)]


def load_areas(folder: Path) -> Areas:
    """Read every GeoJSON file of a folder; a feature without code or known datum raises Misconfigured."""
    return Areas([area for path in sorted(folder.glob("*.geojson")) for area in _read(path)])


def _read(path: Path) -> Iterator[Area]:
    try:
        collection = json.loads(path.read_text("utf-8"))
        features = list(collection["features"])
    except (ValueError, KeyError, TypeError) as why:
        raise Misconfigured(f"{path} is no GeoJSON FeatureCollection: {why}") from why
    for number, feature in enumerate(features):
        try:
            yield _area(feature, collection)
        except KeyError as missing:
            raise Misconfigured(f"{path}: feature {number}: {missing} is missing") from missing
        except (ValueError, TypeError, AttributeError, ShapelyError) as why:
            raise Misconfigured(f"{path}: feature {number}: {why}") from why


def _area(feature: dict[str, Any], collection: dict[str, Any]) -> Area:
    properties = feature["properties"]
    code = str(properties["adcode"])
    if len(code) != 6 or not code.isdecimal():
        raise ValueError(f"adcode must be six digits, not {code!r}")
    name = properties.get("datum") or collection.get("datum")
    if name not in _DATUMS:
        raise ValueError(f"datum must be one of {sorted(_DATUMS)}, not {name!r}")
    drawn, datum = _drawn(feature["geometry"]), _DATUMS[name]
    whole: BaseGeometry = union_all(drawn)
    return Area(
        code=code,
        name=str(properties.get("name", "")),
        geometry=_to_wgs84(whole, datum),
        drawn=drawn,
        datum=datum,
        bounds=whole.bounds,
    )


def _drawn(geometry: object) -> tuple[Polygon, ...]:
    """What is inside must be beyond dispute: a violation may rest on it. Several polygons may touch."""
    drawn = shape(geometry) if isinstance(geometry, dict) else None
    if not isinstance(drawn, Polygon | MultiPolygon) or drawn.is_empty:
        raise ValueError("geometry must be a Polygon or a MultiPolygon")
    polygons = tuple(drawn.geoms) if isinstance(drawn, MultiPolygon) else (drawn,)
    for polygon in polygons:
        if not polygon.is_valid:
            raise ValueError(f"geometry encloses no certain area: {shapely.is_valid_reason(polygon)}")
    return polygons


@lru_cache(maxsize=65_536)
def _in_datum(place: RawPlace, datum: Datum) -> tuple[float, float]:
    """Return degrees east and north of a place in a datum; as sent where it was sent in that datum."""
    if place.datum is datum or (place.datum in _AS_WGS84 and datum in _AS_WGS84):
        return place.lon_e6 / 1e6, place.lat_e6 / 1e6
    moved = wgs84(place)
    if moved is None:
        raise ValueError("a place of an unknown datum lies nowhere")
    there = from_wgs84(moved, datum)
    return there.lon, there.lat


def _to_wgs84(geometry: BaseGeometry, datum: Datum) -> BaseGeometry:
    if datum in _AS_WGS84:
        return geometry

    def convert(point: NDArray[float64]) -> tuple[float, float]:
        place = to_wgs84(Place(float(point[0]), float(point[1])), datum)
        if place is None:  # no datum of the table is unknown
            raise ValueError(f"{datum!r} cannot be converted")
        return place.lon, place.lat

    converted: BaseGeometry = transform(geometry, lambda points: array([convert(point) for point in points]))
    return converted
