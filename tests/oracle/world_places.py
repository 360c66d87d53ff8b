"""Areas and places of a random world: in, out, on the border, beside it, in every datum."""

import itertools
import json
from typing import Any

from tests.oracle import areas
from tests.oracle.world_values import Base, Json

# One map for all worlds, in degrees. A hole in the first; the third has only slanted sides.
_RINGS: dict[str, list[list[list[float]]]] = {
    "310101": [
        [[121.47, 31.23], [121.48, 31.23], [121.48, 31.24], [121.47, 31.24], [121.47, 31.23]],
        [[121.474, 31.234], [121.476, 31.234], [121.476, 31.236], [121.474, 31.236], [121.474, 31.234]],
    ],
    "310104": [[[121.48, 31.23], [121.49, 31.23], [121.49, 31.24], [121.48, 31.24], [121.48, 31.23]]],
    "310115": [[[121.47, 31.24], [121.5, 31.25], [121.48, 31.27], [121.47, 31.24]]],
    "310230": [[[121.6, 31.5], [121.61, 31.5], [121.61, 31.51], [121.6, 31.51], [121.6, 31.5]]],
    "310100": [[[121.46, 31.22], [121.5, 31.22], [121.5, 31.24], [121.46, 31.24], [121.46, 31.22]]],
}
STATED_AREAS = (
    "310101",
    "310101",
    "310101",
    "310104",
    "310115",
    "310115",
    "310100",
    "310000",
    "310200",
    "310230",
)
_SPOTS = (
    (121.471, 31.231), (121.473, 31.238), (121.485, 31.235), (121.482, 31.25), (121.605, 31.505),  # in
    (121.475, 31.235), (121.474, 31.235), (121.474001, 31.235), (121.476, 31.236),  # the hole
    (121.47, 31.23), (121.48, 31.24), (121.47, 31.235), (121.475, 31.23), (121.48, 31.235),  # sides
    (121.469999, 31.235), (121.475, 31.229999), (121.480001, 31.235), (121.490001, 31.235),  # just beside
    (121.473, 31.241), (121.471, 31.243), (121.49, 31.26), (121.494, 31.248),  # on the slanted sides
    (121.473, 31.240999), (121.470999, 31.243), (121.490001, 31.26), (121.485, 31.244999),  # and beside them
    (121.42, 31.3), (121.45, 31.2), (120.1, 30.2), (121.7, 31.6), (121.55, 31.235), (121.44, 31.25),  # out
)  # fmt: skip
# Within a metre of a side, on either hand: what a careless conversion gets wrong.
_NEAR = (
    (121.469996, 31.235), (121.470004, 31.235), (121.469988, 31.233), (121.470012, 31.233),
    (121.475, 31.229996), (121.475, 31.230004), (121.475, 31.229988), (121.475, 31.230012),
    (121.490004, 31.235), (121.489996, 31.235), (121.490012, 31.235), (121.489988, 31.235),
    (121.490003, 31.260003), (121.489997, 31.259997), (121.490009, 31.260009), (121.489991, 31.259991),
)  # fmt: skip
_LEAST = 2e-6  # degrees, a fifth of a metre: what a conversion may be wrong by


class Places(Base):
    """Polygons for the configuration, and places for records."""

    def _areas(self) -> dict[str, str]:
        """`areas/*.geojson` by name; remembers the shapes."""
        one = self.rng.choice((areas.GCJ, areas.WGS))
        codes = [code for code in _RINGS if self.rng.random() < (0.25 if code == "310100" else 0.9)]
        features = [self._feature(code) for code in codes]
        if self.rng.random() < 0.3:  # a code in two pieces
            one_more, where = self.rng.choice(
                (("310101", "310115"), ("310115", "310104"), ("310230", "310101"))
            )
            features.append(self._feature(one_more) | {"geometry": _geometry(_RINGS[where])})
        for feature in features:
            if self.may("mixed_datum", 0.1):
                feature["properties"]["datum"] = self.rng.choice((areas.GCJ, areas.WGS))
        cut = self.rng.randrange(len(features) + 1)
        files = {"a": features[:cut], "b": features[cut:]} if self.rng.random() < 0.3 else {"a": features}
        for name, rows in files.items():
            self.shapes += areas.shapes({"datum": one, "features": rows})
            files[name] = rows
        return {
            f"areas/{name}.geojson": json.dumps({"type": "FeatureCollection", "datum": one, "features": rows})
            for name, rows in files.items()
        }

    def _feature(self, code: str) -> dict[str, Any]:
        adcode: Any = int(code) if self.rng.random() < 0.3 else code
        return {
            "type": "Feature",
            "properties": {"adcode": adcode, "name": code},
            "geometry": _geometry(_RINGS[code], multiple=self.rng.random() < 0.5),
        }

    def _put(self, record: Json, which: str) -> None:
        """Give a record a place: `which` is Dep, Dest or nothing."""
        place = self._place()
        record[f"{which}Longitude"], record[f"{which}Latitude"] = place.longitude, place.latitude
        if "Encrypt" in record:
            record["Encrypt"] = place.encrypt

    def _place(self) -> areas.Place:
        while True:
            near = self.rng.random() < 0.15
            longitude, latitude = self.rng.choice(_NEAR if near else _SPOTS)
            encrypt = self.rng.choice((1, 1, 2, 2, 3, 4))
            if self.rng.random() < (0.9 if near else 0.4) and self.shapes:
                wanted = self.rng.choice(self.shapes).datum
                longitude, latitude = areas.converted((longitude, latitude), wanted, areas.DATUM_OF[encrypt])
            place = areas.Place(round(longitude * 10**6), round(latitude * 10**6), encrypt)
            if all(_safe(place, shape) for shape in self.shapes):
                return place._replace(encrypt=0) if self.rng.random() < 0.05 else place


def _geometry(rings: list[list[list[float]]], *, multiple: bool = False) -> Json:
    if multiple:
        return {"type": "MultiPolygon", "coordinates": [rings]}
    return {"type": "Polygon", "coordinates": rings}


def _safe(place: areas.Place, shape: areas.Shape) -> bool:
    """Whether the place is as sent in the shape's datum, or far enough from its border to be converted."""
    assert place.encrypt is not None
    if areas.DATUM_OF[place.encrypt] == shape.datum:
        return True
    x, y = (float(part) for part in place.in_datum(shape.datum))
    rings = [ring for polygon in shape.polygons for ring in polygon]
    return all(
        _distance((x, y), (float(a[0]), float(a[1])), (float(b[0]), float(b[1]))) > _LEAST
        for ring in rings
        for a, b in itertools.pairwise(ring)
    )


def _distance(point: areas.Degrees, one: areas.Degrees, two: areas.Degrees) -> float:
    """From a point to a side, in degrees."""
    dx, dy = two[0] - one[0], two[1] - one[1]
    along = ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / (dx * dx + dy * dy)
    along = min(1.0, max(0.0, along))
    return float(abs(complex(one[0] + along * dx - point[0], one[1] + along * dy - point[1])))
