"""Builds the demonstration's pack (``streams/demo/city``) from the public sources that its README names.

``python -m streams.demo.build_pack SOURCES [--out DIR]``: SOURCES holds ``positions_sf_cabspotting/``
and ``registry/``. The same sources make the same bytes.
"""

import csv
import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import cos, radians
from operator import itemgetter
from pathlib import Path

import click
from shapely import Point, STRtree, from_geojson

from regulator.settings import DEFAULT_CONFIG
from streams.demo.districts import CITY

DAY = "2008-06-06"
MIDNIGHT = 1_212_735_600
"""00:00 in San Francisco of that day, Unix seconds."""
CABS = 380
SCALE = 100_000
"""The receivers gave five decimals of a degree."""

_HERE = (37.7749, -122.4194)
_THERE = (31.2304, 121.4737)
_SHRINK = cos(radians(_HERE[0])) / cos(radians(_THERE[0]))
_STATES = {
    "ACTIVE": "valid",
    "VIOLATION": "suspended",
    "HOLD": "suspended",
    "SURRENDER": "cancelled",
    "INACTIVE": "cancelled",
    "FORECLOSURE": "cancelled",
    "REVOKED": "revoked",
}
_CARS = {"Taxi", "Livery", "Charter Sightseeing", "Medicar"}

Fix = tuple[int, int, int, str]
"""Second of the day, degrees east and north times SCALE, occupied as 0 or 1."""


@click.command()
@click.argument("sources", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path(__file__).parent / "city"
)
def build(sources: Path, out: Path) -> None:
    """Build the pack from the folder SOURCES."""
    moving, registry = sources / "positions_sf_cabspotting", sources / "registry"
    trips = _trips(moving / f"trips_derived_{DAY}.csv.gz")
    cabs = _chosen(trips)
    fixes = _fixes(moving / f"positions_{DAY}.csv.gz", cabs)
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "tracks.csv.gz", ("cab", "seconds", "east", "north", "occupied"), _tracks(fixes))
    _write(
        out / "trips.csv.gz", ("cab", "start", "end", "metres", "from", "to"), _trip_rows(trips, cabs, fixes)
    )
    _write(
        out / "drivers.csv.gz",
        ("expires", "drivers"),
        _expiries(registry / "nyc_medallion_drivers_2015-07-23.csv.gz"),
    )
    _write(
        out / "vehicles.csv.gz",
        ("state", "make", "model", "year", "colour", "vehicles"),
        _vehicles(registry / "chicago_public_passenger_vehicles_2019-05.csv.gz"),
    )


def moved(lat: float, lon: float) -> tuple[float, float]:
    """Carry a place from San Francisco to Shanghai, metres kept: degrees (east, north), WGS-84."""
    return _THERE[1] + (lon - _HERE[1]) * _SHRINK, _THERE[0] + (lat - _HERE[0])


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table; no time and no name goes into the file's head, so that equal rows are equal bytes."""
    lines = [",".join(map(str, row)) for row in (header, *rows)]
    path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))


def _trips(path: Path) -> dict[str, list[dict[str, str]]]:
    trips: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(path):
        if row["plausible"] == "1":
            trips[row["cab_id"]].append(row)
    return trips


def _chosen(trips: dict[str, list[dict[str, str]]]) -> dict[str, int]:
    """Number the cabs with most plausible trips, in an order that tells nothing about them."""
    busiest = sorted(trips, key=lambda cab: (-len(trips[cab]), cab))[:CABS]
    shuffled = sorted(busiest, key=lambda cab: hashlib.blake2b(cab.encode()).digest())
    return {cab: number for number, cab in enumerate(shuffled)}


def _fixes(path: Path, cabs: dict[str, int]) -> list[list[Fix]]:
    fixes: list[dict[int, Fix]] = [{} for _ in cabs]
    for row in _rows(path):
        if (cab := cabs.get(row["cab_id"])) is not None:
            east, north = moved(float(row["lat"]), float(row["lon"]))
            second = int(row["ts"]) - MIDNIGHT
            fixes[cab][second] = (second, round(east * SCALE), round(north * SCALE), row["occupied"])
    return [[seen[second] for second in sorted(seen)] for seen in fixes]


def _tracks(fixes: list[list[Fix]]) -> Iterator[Sequence[object]]:
    for cab, track in enumerate(fixes):
        seconds, easts, norths, occupied = zip(*track, strict=True)
        yield cab, _deltas(seconds), _deltas(easts), _deltas(norths), "".join(occupied)


def _deltas(values: Sequence[int]) -> str:
    return " ".join(map(str, (values[0], *(after - before for before, after in pairwise(values)))))


def _trip_rows(
    trips: dict[str, list[dict[str, str]]], cabs: dict[str, int], fixes: list[list[Fix]]
) -> Iterator[Sequence[object]]:
    district = _Districts()
    for name, cab in sorted(cabs.items(), key=itemgetter(1)):
        at = {fix[0]: fix for fix in fixes[cab]}
        for trip in sorted(trips[name], key=lambda row: int(row["start_ts"])):
            start, end = (int(trip[key]) - MIDNIGHT for key in ("start_ts", "end_ts"))
            metres = round(float(trip["path_km"]) * 1000)
            yield cab, start, end, metres, district(at[start]), district(at[end])


class _Districts:
    """Names the district of a fix."""

    def __init__(self) -> None:
        features = json.loads((DEFAULT_CONFIG / "areas" / "shanghai.geojson").read_text("utf-8"))["features"]
        self._codes = [int(feature["properties"]["adcode"]) for feature in features]
        self._tree = STRtree([from_geojson(json.dumps(feature["geometry"])) for feature in features])

    def __call__(self, fix: Fix) -> int:
        hits = self._tree.query(Point(fix[1] / SCALE, fix[2] / SCALE), predicate="intersects")
        return self._codes[int(hits.min())] if len(hits) else CITY


def _expiries(path: Path) -> list[tuple[str, int]]:
    """Count the licences by the day on which they expire: all that the demonstration takes from the file."""
    return sorted(Counter(row["expiration_date"] for row in _rows(path)).items())


def _vehicles(path: Path) -> list[tuple[object, ...]]:
    """Count the permits by state and car; carts, ambulances and reserved medallions are no cars at work."""
    kinds = Counter(
        (
            _STATES[row["Status"]],
            *(row[key].strip().replace(",", " ") for key in ("Vehicle Make", "Vehicle Model")),
            _year(row["Vehicle Model Year"]),
            row["Vehicle Color"].strip().replace(",", " "),
        )
        for row in _rows(path)
        if row["Vehicle Type"] in _CARS and row["Status"] in _STATES
    )
    return [(*kind, count) for kind, count in sorted(kinds.items())]


def _year(text: str) -> str:
    return text if text.isdigit() and 1980 <= int(text) <= 2019 else ""


if __name__ == "__main__":
    build()
