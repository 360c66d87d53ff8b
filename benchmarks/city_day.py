"""A city's day replayed: how long ``regulator replay`` takes over it, on one core, as a user calls it.

60,000 licences as departments state them, 120,000 order messages of 30,000 orders, 500,000 positions
a hundred a message, one car and one driver in twenty without a licence, heartbeats every minute.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from heapq import merge
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.lab import COMPANY, write_json
from benchmarks.measures import Measured
from benchmarks.traffic import driving_licence, envelope, orders, plate, position
from regulator.domain.instants import DAY, HOUR, MINUTE, SECOND, Instant, from_rfc3339, to_rfc3339
from regulator.replay.recorded import Message, write_line

CARS, DRIVERS = 25_000, 35_000
ORDER_MESSAGES = 120_000
POSITIONS = 500_000

_MORNING = from_rfc3339("2026-03-02T06:00:00+08:00")
_HOURS = 16
_A_MESSAGE = 100
_ONE_IN = 20
_GOAL_SECONDS = 30


def write_day(path: Path) -> int:
    """Write the day's log; return how many messages it has."""
    with path.open("wb") as file:
        count = 0
        for message in _day():
            file.write(write_line(message))
            count += 1
    return count


def measure_replay() -> Iterator[Measured]:
    """Replay the day in a process of its own that may use one core."""
    with TemporaryDirectory(prefix="regulator-day-") as temporary:
        folder = Path(temporary)
        write_day(folder / "day.ndjson")
        _configure(folder)
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
        subprocess.run(_command(folder), check=True, capture_output=True, preexec_fn=_on_one_core)
        seconds = perf_counter() - started
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    yield Measured(
        "replay of a city's day, seconds", f"{seconds:.1f}", f"< {_GOAL_SECONDS}", seconds < _GOAL_SECONDS
    )
    yield Measured("of these, seconds of processor", f"{processor:.1f}")


def _command(folder: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "streams.cli", "replay", str(folder / "day.ndjson")),
        *("--config", str(folder), "--findings", os.devnull),
    ]


def _configure(folder: Path) -> None:
    (folder / "platforms.toml").write_text(f'[city]\ncompanies = ["{COMPANY}"]\n', "utf-8")
    (folder / "sources.toml").write_text(
        "[permits]\n"
        'kinds = ["platform_permit", "vehicle_permit", "driver_certificate"]\n'
        "required = true\ngrace_seconds = 60\n",
        "utf-8",
    )


def _on_one_core() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _day() -> Iterator[Message]:
    yield from _register()
    yield from merge(_orders(), _positions(), _heartbeats(), key=lambda message: message.at)


def _orders() -> Iterator[Message]:
    """Four messages an order, each arriving within seconds of what it tells."""
    for number in range(ORDER_MESSAGES // 4):
        at = _spread(number, ORDER_MESSAGES // 4)
        for _, payload in orders(4, cars=CARS, drivers=DRIVERS, now=at, seed=number):
            yield Message("feed.city.orders", Instant(at + 5 * SECOND), payload)


def _positions() -> Iterator[Message]:
    for number in range(POSITIONS // _A_MESSAGE):
        at, first = _spread(number, POSITIONS // _A_MESSAGE), number * _A_MESSAGE
        seen = [position((first + car) % CARS, at // SECOND - 2) for car in range(_A_MESSAGE)]
        yield Message("feed.city.positions", at, envelope("positionVehicle", seen))


def _spread(number: int, count: int) -> Instant:
    """Let messages arrive evenly over the day."""
    return Instant(_MORNING + number * _HOURS * HOUR // count)


def _heartbeats() -> Iterator[Message]:
    for minute in range(_HOURS * 60):
        at = Instant(_MORNING + minute * MINUTE)
        yield _said(at, {"type": "heartbeat", "complete_to": to_rfc3339(Instant(at - SECOND))})


def _register() -> Iterator[Message]:
    yield _licence("platform_permit", "P-1", COMPANY, 0)
    for number in range(CARS):
        if number % _ONE_IN:
            yield _licence("vehicle_permit", f"沪交运管许可3101{number:08d}", plate(number), number)
    for number in range(DRIVERS):
        if number % _ONE_IN:
            licence = driving_licence(number)
            yield _licence("driver_certificate", licence, licence, number)


def _licence(kind: str, certificate: str, subject: str, sequence: int) -> Message:
    period = {"from": "2024-03-01", "to": "2027-02-28", "state": "valid"}
    about = {"kind": kind, "certificate": certificate, "subject": subject, "sequence": sequence}
    beside = {"recorded_at": "2024-03-01T09:12:00+08:00", "area": "310000", "first_registered": "2023-11-20"}
    return _said(Instant(_MORNING - DAY), {"type": "licence", **about, **beside, "periods": [period]})


def _said(at: Instant, value: dict[str, object]) -> Message:
    return Message("feed.register.permits", at, write_json(value))
