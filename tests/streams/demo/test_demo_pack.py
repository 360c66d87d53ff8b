"""The pack is what its README says it is."""

import gzip
import re

import numpy as np
import shapely

from regulator.settings import DEFAULT_CONFIG
from streams.demo.build_pack import moved
from streams.demo.pack import CITY, SCALE, load_pack


def test_it_holds_as_much_as_the_page_says() -> None:
    pack = load_pack()

    assert pack.cabs == 380
    assert len(pack.tracks.second) == 415_601
    assert len(pack.trips.cab) == 18_253
    assert sum(drivers for _, drivers in pack.expiries) == 42_209
    assert sum(kind.vehicles for kind in pack.vehicles) == 10_675


def test_it_is_small_enough_to_belong_to_the_project() -> None:
    assert sum(path.stat().st_size for path in CITY.iterdir()) <= 2_000_000


def test_it_names_no_cab_plate_licence_or_owner() -> None:
    heads = {path.name: gzip.decompress(path.read_bytes()).decode() for path in CITY.glob("*.gz")}

    assert re.fullmatch(r"cab,seconds,east,north,occupied\n([0-9 ,-]+\n)+", heads["tracks.csv.gz"])
    assert re.fullmatch(r"cab,start,end,metres,from,to\n([0-9,]+\n)+", heads["trips.csv.gz"])
    assert re.fullmatch(r"expires,drivers\n([0-9-]{10},[0-9]+\n)+", heads["drivers.csv.gz"])
    assert heads["vehicles.csv.gz"].startswith("state,make,model,year,colour,vehicles\n")


def test_nearly_every_fix_lies_in_one_of_the_sixteen_districts() -> None:
    tracks = load_pack().tracks
    collection = shapely.from_geojson((DEFAULT_CONFIG / "areas" / "shanghai.geojson").read_text("utf-8"))
    shanghai = shapely.union_all(shapely.get_parts(collection))
    shapely.prepare(shanghai)

    inside = shapely.contains_xy(shanghai, tracks.east / SCALE, tracks.north / SCALE)

    assert inside.mean() >= 0.99


def test_every_cabs_fixes_are_in_order_and_within_the_day() -> None:
    tracks = load_pack().tracks
    steps = np.diff(tracks.second)

    assert (steps[np.diff(tracks.cab) == 0] > 0).all()
    assert tracks.second.min() >= 0
    assert tracks.second.max() < 86_400


def test_moving_keeps_metres() -> None:
    one, other = moved(37.7749, -122.4194), moved(37.7849, -122.4194 + 0.01)
    north = (other[1] - one[1]) * 111_195
    east = (other[0] - one[0]) * 111_195 * np.cos(np.radians(31.2304))

    assert one == (121.4737, 31.2304)
    assert abs(north - 0.01 * 111_195) < 0.01
    assert abs(east - 0.01 * 111_195 * np.cos(np.radians(37.7749))) < 0.01


def test_every_trip_is_plausible_and_begins_and_ends_at_a_fix() -> None:
    pack = load_pack()
    seconds = pack.trips.end - pack.trips.start
    fixes = set(zip(pack.tracks.cab.tolist(), pack.tracks.second.tolist(), strict=True))

    assert seconds.min() >= 60
    assert seconds.max() <= 7_200
    assert pack.trips.metres.min() >= 300
    for ends in (pack.trips.start, pack.trips.end):
        assert set(zip(pack.trips.cab.tolist(), ends.tolist(), strict=True)) <= fixes
