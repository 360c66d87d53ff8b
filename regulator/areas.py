"""Areas: the operator's polygons (``areas/*.geojson``), all in WGS-84, and which one holds a place.

A file or a feature says its ``datum``; vertices in GCJ-02 are converted once, on reading.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from numpy import array, float64
from numpy.typing import NDArray
from shapely import STRtree, transform
from shapely.errors import ShapelyError
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from regulator.domain.coordinates import to_wgs84
from regulator.domain.errors import Misconfigured
from regulator.domain.places import Datum, Place

_DATUMS = {"WGS-84": Datum.WGS_84, "GCJ-02": Datum.GCJ_02, "BD-09": Datum.BD_09, "CGCS2000": Datum.CGCS2000}


class Area(msgspec.Struct, frozen=True):
    """One polygon (or several) of one administrative code; coordinates are WGS-84 degrees."""

    code: str
    name: str
    geometry: BaseGeometry


class Areas:
    """Every area of a configuration, found by place."""

    def __init__(self, areas: list[Area]) -> None:
        self._areas = areas
        self._districts = [area for area in areas if not area.code.endswith("00")]
        self._tree = STRtree([area.geometry for area in self._districts])

    def __iter__(self) -> Iterator[Area]:
        return iter(self._areas)

    def district(self, place: Place) -> str | None:
        """Return the code of the district that holds a place, the border included; None outside all."""
        hits = self._tree.query(Point(place.lon, place.lat), predicate="intersects")
        return min((self._districts[hit].code for hit in hits), default=None)


def load_areas(folder: Path) -> Areas:
    """Read every GeoJSON file of a folder; a feature without code or known datum raises Misconfigured."""
    return Areas([area for path in sorted(folder.glob("*.geojson")) for area in _read(path)])


def _read(path: Path) -> Iterator[Area]:
    try:
        collection = json.loads(path.read_text("utf-8"))
        features = collection["features"]
    except (ValueError, KeyError, TypeError) as why:
        raise Misconfigured(f"{path} is no GeoJSON FeatureCollection: {why}") from why
    for number, feature in enumerate(features):
        try:
            yield _area(feature, collection)
        except KeyError as missing:
            raise Misconfigured(f"{path}: feature {number}: {missing} is missing") from missing
        except (ValueError, TypeError, ShapelyError) as why:
            raise Misconfigured(f"{path}: feature {number}: {why}") from why


def _area(feature: dict[str, Any], collection: dict[str, Any]) -> Area:
    properties = feature["properties"]
    code = str(properties["adcode"])
    if len(code) != 6 or not code.isdecimal():
        raise ValueError(f"adcode must be six digits, not {code!r}")
    name = properties.get("datum") or collection.get("datum")
    if name not in _DATUMS:
        raise ValueError(f"datum must be one of {sorted(_DATUMS)}, not {name!r}")
    return Area(code, str(properties.get("name", "")), _to_wgs84(shape(feature["geometry"]), _DATUMS[name]))


def _to_wgs84(geometry: BaseGeometry, datum: Datum) -> BaseGeometry:
    if datum in (Datum.WGS_84, Datum.CGCS2000):
        return geometry

    def convert(point: NDArray[float64]) -> tuple[float, float]:
        place = to_wgs84(Place(float(point[0]), float(point[1])), datum)
        if place is None:  # no datum of the table is unknown
            raise ValueError(f"{datum!r} cannot be converted")
        return place.lon, place.lat

    converted: BaseGeometry = transform(geometry, lambda points: array([convert(point) for point in points]))
    return converted
