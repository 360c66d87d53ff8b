"""Areas in the independent judge, against cases worked out by hand."""

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.oracle import areas
from tests.oracle.builders import (
    CAR,
    OTHER_CAR,
    VALID,
    Answer,
    T,
    answer,
    config,
    depart,
    digits,
    heartbeat,
    licence,
    match,
    of,
    record,
    run,
    sent,
)

SQUARE: list[list[float]] = [[121, 31], [122, 31], [122, 32], [121, 32], [121, 31]]
HOLE: list[list[float]] = [[121.4, 31.4], [121.6, 31.4], [121.6, 31.6], [121.4, 31.6], [121.4, 31.4]]
KITE: list[list[float]] = [[123, 31], [123.3, 31.1], [123.1, 31.3], [123, 31]]


def feature(
    code: Any, *rings: Sequence[Sequence[float]], kind: str = "Polygon", **more: str
) -> dict[str, Any]:
    coordinates: Any = list(rings) if kind == "Polygon" else [list(rings)]
    return {
        "type": "Feature",
        "properties": {"adcode": code, **more},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def shapes(folder: Path, *features: dict[str, Any], datum: str = "GCJ-02") -> list[areas.Shape]:
    file = {"type": "FeatureCollection", "datum": datum, "features": list(features)}
    (folder / "a.geojson").write_text(json.dumps(file), encoding="utf-8")
    return areas.read(folder)


def place(which: str, longitude: float, latitude: float, encrypt: int | None = 1) -> dict[str, Any]:
    return {
        f"{which}Longitude": round(longitude * 10**6),
        f"{which}Latitude": round(latitude * 10**6),
        "Encrypt": ... if encrypt is None else encrypt,
    }


IN, OUT = (121.5, 31.2), (122.5, 31.5)


@pytest.mark.parametrize(
    ("point", "inside"),
    [
        ((121.5, 31.2), True), ((121, 31.5), True), ((121, 31), True), ((122, 32), True),
        ((120.999999, 31.5), False),
        ((122.000001, 31.5), False), ((121.5, 31.5), False), ((121.4, 31.5), True),
        ((121.400001, 31.5), False),
        ((123.15, 31.05), True), ((123.033333, 31.011111), True), ((123.03, 31.01), True),
        ((123.03, 31.009999), False), ((123.2, 31.2), True), ((123.200001, 31.2), False),
    ],
)  # fmt: skip
def test_the_border_is_inside(point: tuple[float, float], inside: bool, tmp_path: Path) -> None:
    known = shapes(tmp_path, feature(310101, SQUARE, HOLE), feature("310101", KITE, kind="MultiPolygon"))
    where = areas.Place(round(point[0] * 10**6), round(point[1] * 10**6), 1)
    assert any(shape.holds(where) for shape in areas.of("310101", known)) == inside


def test_the_published_vectors_of_the_datums() -> None:
    wgs, gcj, bd = (
        (121.4737, 31.2304),
        (121.47822305927693, 31.22845773757727),
        (121.484781468503, 31.234310593689997),
    )
    for own, point in (("WGS-84", wgs), ("GCJ-02", gcj), ("BD-09", bd)):
        for wanted, there in (("WGS-84", wgs), ("GCJ-02", gcj), ("BD-09", bd)):
            assert areas.converted(point, own, wanted) == pytest.approx(there, abs=1e-9)


@pytest.mark.parametrize(
    ("encrypt", "datum", "inside"),
    [
        (1, "GCJ-02", True),
        (2, "GCJ-02", False),
        (2, "WGS-84", True),
        (4, "WGS-84", True),
        (1, "WGS-84", False),
        (3, "GCJ-02", False),
    ],
)
def test_a_point_is_compared_in_the_polygons_datum(
    encrypt: int, datum: str, inside: bool, tmp_path: Path
) -> None:
    near = [
        [121.4736, 31.2303],
        [121.4738, 31.2303],
        [121.4738, 31.2305],
        [121.4736, 31.2305],
        [121.4736, 31.2303],
    ]
    (shape,) = shapes(tmp_path, feature("310101", near), datum=datum)
    assert shape.holds(areas.Place(121473700, 31230400, encrypt)) == inside


@pytest.mark.parametrize(
    ("code", "found"),
    [("310101", ["310101"]), ("310100", ["310101", "310104"]), ("310000", ["310101", "310104", "310230"]),
     ("320000", []),
     ("310200", ["310230"]), ("330100", ["330100"]), ("330000", ["330100", "330102"]), (None, [])],
)  # fmt: skip
def test_a_code_that_ends_in_00_is_the_union_of_those_below(
    code: str | None, found: list[str], tmp_path: Path
) -> None:
    codes = ("310101", 310104, "310230", "330100", "330102")
    known = shapes(tmp_path, *(feature(each, SQUARE) for each in codes))
    assert [shape.code for shape in areas.of(code, known)] == found


def trip(
    start: dict[str, Any], *ends: str, area: Any = "310101", papers: list[str] | None = None
) -> list[str]:
    paper = licence("vehicle_permit", CAR, VALID, area=area)
    return [*([paper] if papers is None else papers), depart(**start), *ends]


def arrive(point: tuple[float, float], **more: Any) -> str:
    return sent("operateArrive", record("operateArrive", **place("Dest", *point) | more))


def create(point: tuple[float, float], **more: Any) -> str:
    return sent("orderCreate", record("orderCreate", **place("Dest", *point) | more))


START_IN, START_OUT = place("Dep", *IN), place("Dep", *OUT)
UNDETERMINED: Answer = ("undetermined", None, [], False)
VIOLATION = ("violation", "both_ends_outside", ["depart"], False)
REVOKED = licence("vehicle_permit", CAR, ("2026-01-01", None, "revoked"))
OTHER_AREA = licence("vehicle_permit", CAR, VALID, certificate="c2", area="310104")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (trip(START_OUT, arrive(OUT)), VIOLATION),
        (trip(START_OUT, arrive(IN)), None),
        (trip(START_IN, arrive(OUT)), None),
        (trip(START_OUT), None),  # no end is known
        (trip(START_OUT, create(OUT)), VIOLATION),
        (trip(START_OUT, create(IN), arrive(OUT)), VIOLATION),  # the arrive before the create
        (trip(START_OUT, create(OUT), arrive(IN)), None),
        (trip(START_OUT, arrive(IN), arrive(OUT, DestTime=digits("08:11:00"))), VIOLATION),  # the last one
        (trip(START_OUT, arrive(OUT), arrive(IN, DestTime=digits("08:11:00"))), None),
        (trip(START_OUT, arrive(IN, DestTime=digits("08:11:00")), arrive(OUT)), None),  # by its time
        (trip(START_OUT, arrive(OUT, Encrypt=0)), UNDETERMINED),
        (trip(START_OUT, arrive(OUT, Encrypt=...)), UNDETERMINED),
        (trip(START_OUT, arrive(OUT, Encrypt=7)), UNDETERMINED),
        (trip(START_OUT, arrive(OUT, DestLatitude=0)), UNDETERMINED),
        (trip(START_OUT, arrive(OUT, DestLatitude=...)), UNDETERMINED),
        (trip(START_OUT, create(IN), arrive(OUT, DestLatitude=...)), UNDETERMINED),  # the last
        (trip(START_IN, arrive(OUT, Encrypt=0)), None),  # whatever the other
        (trip(START_IN | {"Encrypt": 0}, arrive(OUT)), UNDETERMINED),
        (trip(START_IN | {"Encrypt": 0}, arrive(IN)), None),
        (trip(START_OUT, arrive(OUT), area="999999"), UNDETERMINED),
        (trip(START_OUT, arrive(OUT), area=None), UNDETERMINED),
        (trip(START_OUT, arrive(OUT), area="310000"), None),
        (trip(START_OUT, arrive(OUT), papers=[]), UNDETERMINED),  # where the permit is
        (trip(START_IN, arrive(IN), papers=[]), UNDETERMINED),
        (trip(START_OUT, papers=[]), None),
        (trip(START_OUT, arrive(OUT), papers=[REVOKED]), None),
        (trip(START_OUT, arrive(OUT), papers=[heartbeat(T)]), None),  # not held
        (trip(START_OUT | {"VehicleNo": "无"}, arrive(OUT)), None),
        ([*trip(START_OUT, arrive(OUT)), OTHER_AREA], None),  # outside all their areas
        ([*trip(START_OUT, arrive(OUT)), OTHER_AREA.replace("310104", "999999")], UNDETERMINED),
        ([*trip(START_IN, arrive(OUT)), OTHER_AREA.replace("310104", "999999")], None),
        ([*trip(START_OUT, arrive(OUT)), OTHER_AREA.replace("valid", "suspended")], VIOLATION),
        (trip(START_OUT, arrive(OUT), depart(**START_IN)), (*VIOLATION[:3], True)),
        ([*trip(START_OUT, arrive(OUT)), match(VehicleNo=OTHER_CAR)], VIOLATION),
    ],
)  # fmt: skip
@pytest.mark.parametrize("backwards", [False, True])
def test_both_ends_outside(
    lines: list[str], expected: Answer | None, backwards: bool, tmp_path: Path
) -> None:
    beside = [[122, 31], [123, 31], [123, 32], [122, 32], [122, 31]]
    known = shapes(tmp_path, feature("310101", SQUARE), feature("310104", beside))
    judgement = run(*(reversed(lines) if backwards else lines), settings=config(shapes=known))
    assert answer("out_of_area", judgement) == expected
    assert all(row["subject"] == "1" for row in of("out_of_area", judgement))


def test_a_point_on_a_slanted_border_is_exactly_on_it() -> None:
    ring = [(Fraction(0), Fraction(0)), (Fraction(3), Fraction(1)), (Fraction(1), Fraction(3))]
    shape = areas.Shape("310101", "WGS-84", [[ring]])
    assert shape.holds(areas.Place(300000, 100000, 2))
    assert not shape.holds(areas.Place(300000, 99999, 2))
