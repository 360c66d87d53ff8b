"""The files that processes write into."""

import shutil
from pathlib import Path

_LARGEST_BYTES = 20_000_000
_TAIL_BYTES = 4_000


def trim(path: Path, *, largest: int = _LARGEST_BYTES) -> None:
    """Move what a file holds to NAME.log.1 when it is too large.

    The writer keeps its descriptor, which appends: it goes on at the new beginning. What it
    writes between the copy and the cut is lost; this is a log, not a record.
    """
    if path.exists() and path.stat().st_size > largest:
        shutil.copyfile(path, path.with_suffix(".log.1"))
        with path.open("r+b") as file:
            file.truncate(0)


def last_words(path: Path) -> str:
    """Return the last line that says something; empty when there is none."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
