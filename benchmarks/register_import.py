"""A clerk's file of a million rows: how long ``regulator register import`` takes over it, as a user calls it.

Half vehicles, half drivers, one period each, with description; into an empty SQLite database, then
once more, when nothing is new.
"""

import csv
import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.measures import Measured
from benchmarks.traffic import driving_licence, plate

ROWS = 1_000_000

_HEADS = (
    *("kind", "certificate", "subject", "sequence", "area", "first_registered", "from", "to", "state"),
    *("brand", "model", "colour", "plate_colour"),
)
_DAYS = 28 * 12 * 5
_GOAL_SECONDS = 60


def write_file(path: Path, rows: int) -> None:
    """Write a register of so many rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(_HEADS)
        table.writerows(_row(number) for number in range(rows))


def measure_import(rows: int = ROWS) -> Iterator[Measured]:
    """Import the file twice, each time in a process of its own."""
    with TemporaryDirectory(prefix="regulator-import-") as temporary:
        folder = Path(temporary)
        write_file(folder / "register.csv", rows)
        kinds = '["vehicle_permit", "driver_certificate"]'
        (folder / "sources.toml").write_text(f"[city]\nkinds = {kinds}\nrequired = true\n", "utf-8")
        for what, goal in ((f"import of {rows:,} rows", _GOAL_SECONDS), ("the same file again", None)):
            seconds, processor = _import(folder)
            met = goal is None or seconds < goal
            yield Measured(f"{what}, seconds", f"{seconds:.1f}", f"< {goal}" if goal else "", met)
            yield Measured("of these, seconds of processor", f"{processor:.1f}")


def _import(folder: Path) -> tuple[float, float]:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    arguments = ["register", "import", str(folder / "register.csv"), "--source", "city"]
    subprocess.run(
        [sys.executable, "-m", "streams.cli", *arguments, "--config", str(folder)],
        check=True,
        capture_output=True,
        env={
            **os.environ,
            "REGULATOR_HOME": str(folder / "home"),
            "REGULATOR_DATABASE": f"sqlite:///{folder / 'register.db'}",
        },
    )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return perf_counter() - started, processor


def _row(number: int) -> Sequence[object]:
    start, end = _day(number), _day(number, years=3)
    if number % 2:
        licence = driving_licence(number)
        return ("driver_certificate", licence, licence, 1, "310000", "", start, end, "valid", "", "", "", "")
    about = ("vehicle_permit", f"沪交运管许可{number:012d}", plate(number), 1, "310000", start)
    return (*about, start, end, "valid", "丰田", "凯美瑞", "白", "绿")


def _day(number: int, years: int = 0) -> str:
    spread = number * 7_919 % _DAYS
    return f"{2020 + spread // 336 + years}-{spread // 28 % 12 + 1:02}-{spread % 28 + 1:02}"
