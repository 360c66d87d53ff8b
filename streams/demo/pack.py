"""The demonstration's pack, read: a day of 380 taxis, their trips, and the spread of two registers."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

CITY = Path(__file__).parent / "city"
SCALE = 100_000
"""Tracks are in degrees times this, WGS-84."""
SNAPSHOT = date(2015, 7, 23)
"""The day on which the drivers' expiry dates were taken."""
MODEL_YEAR = 2019
"""The year in which the vehicles were listed."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracks:
    """All fixes, one after the other, cab by cab and by second of the day within each."""

    starts: Ints
    """Where each cab's fixes begin; one entry more than there are cabs."""
    cab: Ints
    second: Ints
    east: Ints
    north: Ints
    occupied: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trips:
    """The plausible trips, by cab and by start; seconds of the day, districts by code."""

    cab: Ints
    start: Ints
    end: Ints
    metres: Ints
    origin: Ints
    destination: Ints


@dataclass(frozen=True, slots=True)
class VehicleKind:
    """Vehicles that the source lists alike; year None where it says none."""

    state: str
    make: str
    model: str
    year: int | None
    colour: str
    vehicles: int


@dataclass(frozen=True, slots=True)
class Pack:
    """The whole pack. ``expiries``: day in the source, number of drivers; earliest first."""

    tracks: Tracks
    trips: Trips
    expiries: tuple[tuple[date, int], ...]
    vehicles: tuple[VehicleKind, ...]

    @property
    def cabs(self) -> int:
        """How many cabs there are."""
        return len(self.tracks.starts) - 1


@cache
def load_pack(folder: Path = CITY) -> Pack:
    """Read the pack; some 0.3 s."""
    return Pack(
        tracks=_tracks(folder / "tracks.csv.gz"),
        trips=_trips(folder / "trips.csv.gz"),
        expiries=tuple(
            (date.fromisoformat(row["expires"]), int(row["drivers"]))
            for row in _rows(folder / "drivers.csv.gz")
        ),
        vehicles=tuple(map(_vehicle, _rows(folder / "vehicles.csv.gz"))),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    header, *lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    names = header.split(",")
    for line in lines:
        yield dict(zip(names, line.split(","), strict=True))


def _tracks(path: Path) -> Tracks:
    rows = list(_rows(path))
    seconds = [_summed(row["seconds"]) for row in rows]
    counts = [len(second) for second in seconds]
    return Tracks(
        starts=np.cumsum([0, *counts]),
        cab=np.repeat(np.arange(len(rows)), counts),
        second=np.concatenate(seconds),
        east=np.concatenate([_summed(row["east"]) for row in rows]),
        north=np.concatenate([_summed(row["north"]) for row in rows]),
        occupied=np.frombuffer("".join(row["occupied"] for row in rows).encode(), np.uint8) == ord("1"),
    )


def _summed(deltas: str) -> Ints:
    return np.cumsum(np.array(deltas.split(), np.int64))


def _trips(path: Path) -> Trips:
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()[1:]
    table = np.array([line.split(",") for line in lines], np.int64).T
    cab, start, end, metres, origin, destination = table
    return Trips(cab=cab, start=start, end=end, metres=metres, origin=origin, destination=destination)


def _vehicle(row: dict[str, str]) -> VehicleKind:
    year = int(row["year"]) if row["year"] else None
    return VehicleKind(row["state"], row["make"], row["model"], year, row["colour"], int(row["vehicles"]))
