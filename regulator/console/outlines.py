"""Districts as the map draws them: read from the project's polygons, flattened to kilometres.

The plane is good for one city: equirectangular around its middle, x east and y south, in units of
ten metres, so that a path is short text.
"""

from collections.abc import Sequence
from math import cos, radians

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from regulator.config.areas import Area, Areas
from regulator.domain.places import Place

_UNITS_A_DEGREE = 11_132.0
_TOLERANCE = 3.0
_SHANGHAI = (121.47, 31.23)


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """One district: its code, name, SVG path and where its name stands."""

    code: str
    name: str
    path: str
    x: int
    y: int


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """The map's ground: what is drawn, its frame, and how degrees become units."""

    areas: Areas
    outlines: tuple[Outline, ...]
    lon: float
    lat: float
    across: float
    down: float
    left: int
    top: int
    width: int
    height: int

    def district(self, code: str | None) -> str:
        """Return a district's name, or its code where the sheet does not know it."""
        return next((one.name for one in self.outlines if one.code == code), code or "")

    def district_at(self, place: Place) -> str:
        """Return the name of the district that holds a place; blank outside all."""
        return self.district(self.areas.district(place))


def draw_areas(areas: Areas) -> Sheet:
    """Draw the districts of a configuration; of a code ending in 00 only where there is nothing finer."""
    districts = [area for area in areas if not area.code.endswith("00")] or list(areas)
    lon, lat = _middle([area.geometry for area in districts])
    across, down = _UNITS_A_DEGREE * cos(radians(lat)), -_UNITS_A_DEGREE

    def flattened(geometry: BaseGeometry) -> BaseGeometry:
        flat: BaseGeometry = shapely.transform(
            geometry, lambda points: (points - (lon, lat)) * (across, down)
        )
        return flat

    flat = [(area, flattened(area.geometry)) for area in districts]
    left, top, right, bottom = _frame([geometry for _, geometry in flat])
    return Sheet(
        areas=areas,
        outlines=tuple(_outline(*one) for one in flat),
        lon=lon,
        lat=lat,
        across=across,
        down=down,
        left=left,
        top=top,
        width=right - left,
        height=bottom - top,
    )


def _middle(geometries: Sequence[BaseGeometry]) -> tuple[float, float]:
    if not geometries:
        return _SHANGHAI
    boxes = [geometry.bounds for geometry in geometries]
    return (
        (min(box[0] for box in boxes) + max(box[2] for box in boxes)) / 2,
        (min(box[1] for box in boxes) + max(box[3] for box in boxes)) / 2,
    )


def _frame(geometries: Sequence[BaseGeometry]) -> tuple[int, int, int, int]:
    if not geometries:
        return -5000, -5000, 5000, 5000
    boxes = [geometry.bounds for geometry in geometries]
    return (
        int(min(box[0] for box in boxes)),
        int(min(box[1] for box in boxes)),
        int(max(box[2] for box in boxes)) + 1,
        int(max(box[3] for box in boxes)) + 1,
    )


def _outline(area: Area, geometry: BaseGeometry) -> Outline:
    drawn = geometry.simplify(_TOLERANCE, preserve_topology=True)
    parts = list(getattr(drawn, "geoms", [drawn]))
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    name_at = max(parts, key=lambda part: part.area).representative_point()
    return Outline(
        code=area.code,
        name=area.name or area.code,
        path="".join(_path(ring.coords) for ring in rings),
        x=round(name_at.x),
        y=round(name_at.y),
    )


def _path(points: Sequence[tuple[float, ...]]) -> str:
    return "M" + "L".join(f"{round(x)} {round(y)}" for x, y, *_ in points[:-1]) + "Z"
