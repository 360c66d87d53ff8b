"""Datums: vectors of a public test suite (dromara/hutool), and there and back."""

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulator.domain.coordinates import from_wgs84, to_wgs84, wgs84
from regulator.domain.places import Datum, Place, RawPlace, metres_between

_METRE = 1e-5
"""A metre in degrees, roughly."""


@pytest.mark.parametrize(
    ("source", "target", "given_at", "expected"),
    [
        (Datum.WGS_84, Datum.GCJ_02, (116.404, 39.915), (116.41024449916938, 39.91640428150164)),
        (Datum.GCJ_02, Datum.WGS_84, (116.404, 39.915), (116.39775550083061, 39.91359571849836)),
        (Datum.WGS_84, Datum.BD_09, (116.404, 39.915), (116.41662724378733, 39.922699552216216)),
        (Datum.WGS_84, Datum.BD_09, (122.99395597, 44.99804071), (123.00636516028885, 45.00636909189589)),
        (Datum.BD_09, Datum.WGS_84, (116.404, 39.915), (116.3913836995125, 39.907253214522164)),
        (Datum.GCJ_02, Datum.BD_09, (116.404, 39.915), (116.41036949371029, 39.92133699351022)),
        (Datum.BD_09, Datum.GCJ_02, (116.404, 39.915), (116.39762729119315, 39.90865673957631)),
    ],
)
def test_the_vectors_agree_within_a_metre(
    source: Datum, target: Datum, given_at: tuple[float, float], expected: tuple[float, float]
) -> None:
    between = to_wgs84(Place(*given_at), source)

    assert between is not None
    converted = from_wgs84(between, target)
    assert (converted.lon, converted.lat) == pytest.approx(expected, abs=_METRE)


@pytest.mark.parametrize("datum", [Datum.WGS_84, Datum.CGCS2000])
def test_gps_and_cgcs2000_are_left_as_they_are(datum: Datum) -> None:
    place = Place(121.4737, 31.2304)

    assert to_wgs84(place, datum) == place
    assert from_wgs84(place, datum) == place


def test_a_place_of_an_unknown_datum_is_nowhere() -> None:
    assert to_wgs84(Place(121.4737, 31.2304), Datum.OTHER) is None
    assert wgs84(None) is None
    with pytest.raises(ValueError, match="unknown datum"):
        from_wgs84(Place(121.4737, 31.2304), Datum.OTHER)


def test_outside_china_maps_are_not_shifted() -> None:
    assert to_wgs84(Place(2.3522, 48.8566), Datum.GCJ_02) == Place(2.3522, 48.8566)


def test_a_raw_place_is_millionths_of_a_degree() -> None:
    assert wgs84(RawPlace(121_473_700, 31_230_400, Datum.WGS_84)) == Place(121.4737, 31.2304)


@given(st.floats(73, 136), st.floats(3, 54), st.sampled_from([Datum.GCJ_02, Datum.BD_09, Datum.CGCS2000]))
def test_there_and_back_is_within_a_centimetre(lon: float, lat: float, datum: Datum) -> None:
    place = Place(lon, lat)

    back = to_wgs84(from_wgs84(place, datum), datum)

    assert metres_between(place, back or Place(nan, nan)) < 0.01


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert metres_between(Place(121, 31), Place(121, 32)) == pytest.approx(111_195, abs=1)
    assert metres_between(Place(121, 31), Place(121, 31)) == 0
