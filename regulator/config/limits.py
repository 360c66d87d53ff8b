"""Reads ``limits.toml``: thresholds, each with the days from which its values are in force."""

from datetime import date
from pathlib import Path

import msgspec

from regulator.config.file import ConfigFile
from regulator.domain.errors import Misconfigured
from regulator.domain.limits import Limits

LIMITS = "limits.toml"


class _Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from"}):
    start: date
    value: float


def load_limits(folder: Path) -> Limits:
    """Read a folder's limits; anything wrong raises Misconfigured with file, line and reason.

    Limits that this release does not know are kept: a newer file must not stop an older worker.
    """
    file = ConfigFile(folder, LIMITS)
    steps = file.sections(list[_Step])
    try:
        return Limits({name: [(step.start, step.value) for step in values] for name, values in steps.items()})
    except Misconfigured as why:
        name, _, reason = str(why).partition(": ")
        raise file.wrong(f"{file.place(name)}{reason}") from why
