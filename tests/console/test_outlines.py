"""Districts on the map."""

import json
from pathlib import Path

from regulator.config.areas import load_areas
from regulator.console.outlines import draw_areas
from regulator.domain.coordinates import from_wgs84
from regulator.domain.places import Datum, Place
from tests.console.places import AREAS

_RING = [(121.40, 31.10), (121.50, 31.10), (121.50, 31.20), (121.40, 31.20), (121.40, 31.10)]


def _write(folder: Path, datum: str, ring: list[tuple[float, float]], code: str = "310104") -> None:
    feature = {
        "type": "Feature",
        "properties": {"adcode": code, "name": "徐汇区", "datum": datum},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    folder.mkdir(exist_ok=True)
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (folder / f"{code}.geojson").write_text(text, "utf-8")


def test_every_district_of_the_project_is_drawn_with_its_name() -> None:
    sheet = draw_areas(AREAS)

    assert len(sheet.outlines) == 16
    assert sheet.district("310104") == "徐汇区"
    assert sum(len(outline.path) for outline in sheet.outlines) < 20_000


def test_polygons_in_the_shifted_datum_are_drawn_where_the_earth_has_them(tmp_path: Path) -> None:
    shifted = [from_wgs84(Place(*point), Datum.GCJ_02) for point in _RING]
    _write(tmp_path / "true", "WGS-84", _RING)
    _write(tmp_path / "shifted", "GCJ-02", [(place.lon, place.lat) for place in shifted])

    true, undone = (draw_areas(load_areas(tmp_path / name)) for name in ("true", "shifted"))

    assert abs(true.lon - undone.lon) < 1e-6
    assert (true.left, true.top, true.width) == (undone.left, undone.top, undone.width)


def test_units_are_ten_metres(tmp_path: Path) -> None:
    _write(tmp_path, "WGS-84", _RING)

    sheet = draw_areas(load_areas(tmp_path))

    assert abs(sheet.height - 1113) < 3
    assert abs(sheet.width - 953) < 3


def test_the_outline_of_a_whole_city_is_not_drawn_over_its_districts(tmp_path: Path) -> None:
    _write(tmp_path, "WGS-84", _RING)
    _write(tmp_path, "WGS-84", [(120, 30), (123, 30), (123, 32), (120, 30)], code="310000")

    assert [outline.code for outline in draw_areas(load_areas(tmp_path)).outlines] == ["310104"]


def test_a_configuration_without_areas_still_has_a_map(tmp_path: Path) -> None:
    sheet = draw_areas(load_areas(tmp_path))

    assert sheet.outlines == ()
    assert sheet.width > 0
