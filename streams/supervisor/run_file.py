"""The one run of a REGULATOR_HOME: a lock, and a file that tells others what runs."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from regulator.domain.errors import RegulatorError


class StopTheOtherRun(RegulatorError):
    """Another supervisor keeps this home."""


class RunningProcess(msgspec.Struct, frozen=True, kw_only=True):
    """A process as the file tells of it."""

    name: str
    phase: str
    pid: int | None
    restarts: int
    log: str


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What runs in a home."""

    supervisor: int
    ports: dict[str, int]
    processes: tuple[RunningProcess, ...]


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Hold the home's lock. Raises StopTheOtherRun, with the other's pid and ports, while it is held."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "run.lock").open("w") as file:
        if not _took(file):
            raise StopTheOtherRun(_told(home))
        try:
            yield
        finally:
            _path(home).unlink(missing_ok=True)


def write_run(home: Path, run: Run) -> None:
    """Replace the file; a reader sees the old one or the new one, never half of it."""
    fresh = home / "run.json.new"
    fresh.write_bytes(msgspec.json.encode(run))
    fresh.replace(_path(home))


def read_run(home: Path) -> Run | None:
    """Return what runs in a home; None when nothing does, also when its supervisor was killed."""
    try:
        with (home / "run.lock").open("r") as file:
            return None if _took(file) else _read(home)
    except FileNotFoundError:
        return None


def _took(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(home: Path) -> Run | None:
    try:
        return msgspec.json.decode(_path(home).read_bytes(), type=Run)
    except FileNotFoundError:
        return None


def _told(home: Path) -> str:
    run = _read(home)
    if run is None:
        return f"It is already being started in {home}."
    ports = ", ".join(f"{name} {port}" for name, port in run.ports.items())
    return f"It is already running (process {run.supervisor}; ports: {ports}). Ctrl-C there stops it."


def _path(home: Path) -> Path:
    return home / "run.json"
