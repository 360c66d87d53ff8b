"""Areas: which district holds a place, in whatever datum its polygon was drawn."""

import json
from pathlib import Path
from typing import Any

import pytest

from regulator.config.areas import Areas, load_areas
from regulator.domain.coordinates import from_wgs84
from regulator.domain.places import Datum, Place, RawPlace

SQUARE = [(121.0, 31.0), (122.0, 31.0), (122.0, 32.0), (121.0, 32.0), (121.0, 31.0)]
NEXT = [(122.0, 31.0), (123.0, 31.0), (123.0, 32.0), (122.0, 32.0), (122.0, 31.0)]


def feature(code: Any, ring: list[tuple[float, float]] = SQUARE, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"adcode": code, "name": "某区", **properties},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def areas(folder: Path, *features: dict[str, Any], datum: str | None = "WGS-84") -> Areas:
    collection = {"type": "FeatureCollection", "features": features, "datum": datum}
    (folder / "city.geojson").write_text(json.dumps(collection))
    return load_areas(folder)


def test_a_district_holds_what_lies_inside_and_on_its_border(tmp_path: Path) -> None:
    found = areas(tmp_path, feature(310101))

    assert found.district(Place(121.5, 31.5)) == "310101"
    assert found.district(Place(121.0, 31.0)) == "310101"
    assert found.district(Place(121.5, 32.0)) == "310101"
    assert found.district(Place(121.5, 32.000001)) is None


def test_a_place_on_a_common_border_is_the_lower_codes(tmp_path: Path) -> None:
    found = areas(tmp_path, feature("310104", NEXT), feature("310101"))

    assert found.district(Place(122.0, 31.5)) == "310101"


def test_the_digest_is_of_what_is_drawn(tmp_path: Path) -> None:
    digest = areas(tmp_path, feature(310101), feature(310104, NEXT)).digest

    assert areas(tmp_path, feature(310104, NEXT), feature(310101, name="another name")).digest == digest
    assert areas(tmp_path, feature(310101), feature(310105, NEXT)).digest != digest
    assert areas(tmp_path, feature(310101), feature(310104, NEXT), datum="GCJ-02").digest != digest


def test_a_city_is_no_district(tmp_path: Path) -> None:
    found = areas(tmp_path, feature("310000"), feature("310100"))

    assert found.district(Place(121.5, 31.5)) is None
    assert [area.code for area in found] == ["310000", "310100"]


@pytest.mark.parametrize("datum", [Datum.GCJ_02, Datum.BD_09])
def test_a_polygon_in_another_datum_is_moved(tmp_path: Path, datum: Datum) -> None:
    drawn = [from_wgs84(Place(lon, lat), datum) for lon, lat in SQUARE]
    ring = [(place.lon, place.lat) for place in drawn]
    name = {Datum.GCJ_02: "GCJ-02", Datum.BD_09: "BD-09"}[datum]

    found = areas(tmp_path, feature(310101, ring), datum=name)

    assert found.district(Place(121.00001, 31.00001)) == "310101"
    assert found.district(Place(120.9999, 31.5)) is None


def test_a_features_own_datum_counts_before_its_files(tmp_path: Path) -> None:
    found = areas(tmp_path, feature(310101, datum="WGS-84"), datum="BD-09")

    assert found.district(Place(121.0, 31.0)) == "310101"


def test_a_folder_without_files_has_no_districts(tmp_path: Path) -> None:
    assert load_areas(tmp_path).district(Place(121.5, 31.5)) is None


def e6(lon: float, lat: float, datum: Datum = Datum.WGS_84) -> RawPlace:
    return RawPlace(round(lon * 1e6), round(lat * 1e6), datum)


def test_an_area_holds_what_lies_inside_and_on_its_border(tmp_path: Path) -> None:
    found = areas(tmp_path, feature(310101))

    assert found.holds("310101", e6(121.5, 31.5))
    assert found.holds("310101", e6(122.0, 31.123457))
    assert found.holds("310101", e6(122.000001, 31.5)) is False


@pytest.mark.parametrize("along", range(1, 100))
def test_a_slanted_border_is_inside_though_no_fraction_of_two_lies_on_it(tmp_path: Path, along: int) -> None:
    found = areas(tmp_path, feature(310101, [[120, 30], [120.3, 30.1], [120.2, 30.4], [120, 30]]))
    on = RawPlace(120_000_000 + 3000 * along, 30_000_000 + 1000 * along, Datum.WGS_84)
    beside = RawPlace(on.lon_e6, on.lat_e6 - 1, Datum.WGS_84)

    assert found.holds("310101", on)
    assert found.holds("310101", beside) is False


@pytest.mark.parametrize(("name", "datum"), [("GCJ-02", Datum.GCJ_02), ("BD-09", Datum.BD_09)])
def test_a_border_holds_what_was_sent_in_the_datum_it_was_drawn_in(
    tmp_path: Path, name: str, datum: Datum
) -> None:
    found = areas(tmp_path, feature(310101), datum=name)

    assert found.holds("310101", e6(122.0, 31.5, datum))
    assert found.holds("310101", e6(122.0, 32.0, datum))
    assert found.holds("310101", e6(122.000001, 31.5, datum)) is False


def test_a_place_is_moved_into_the_datum_of_the_area(tmp_path: Path) -> None:
    found = areas(tmp_path, feature(310101), datum="GCJ-02")
    corner = from_wgs84(Place(121.9999, 31.9999), Datum.GCJ_02)

    assert found.holds("310101", e6(121.9999, 31.5)) is False  # some 450 m east of there in GCJ-02
    assert found.holds("310101", e6(121.99, 31.5))
    assert corner.lon > 122.0


def test_a_city_without_a_polygon_is_the_union_of_those_below_it(tmp_path: Path) -> None:
    found = areas(tmp_path, feature("310101"), feature("320102", NEXT))

    assert found.holds("310000", e6(121.5, 31.5))
    assert found.holds("310000", e6(122.5, 31.5)) is False
    assert found.holds("310100", e6(121.5, 31.5))
    assert found.holds("320000", e6(122.5, 31.5))
    assert found.holds("330000", e6(122.5, 31.5)) is None
    assert found.holds("310102", e6(121.5, 31.5)) is None
    assert found.holds("", e6(121.5, 31.5)) is None


def test_a_city_with_a_polygon_of_its_own_is_that(tmp_path: Path) -> None:
    found = areas(tmp_path, feature("310101"), feature("310000", NEXT))

    assert found.holds("310000", e6(121.5, 31.5)) is False


def test_polygons_of_one_area_may_touch(tmp_path: Path) -> None:
    both = feature("310101")
    both["geometry"] = {"type": "MultiPolygon", "coordinates": [[SQUARE], [NEXT]]}

    found = areas(tmp_path, both)

    assert all(found.holds("310101", e6(lon, 31.5)) for lon in (121.0, 121.5, 122.0, 122.5, 123.0))
    assert found.district(Place(122.0, 31.5)) == "310101"
