"""Limits that change while a process runs: limits.toml is looked at now and then, and taken when good.

A file that is not good changes nothing: the limits that were in force stay, and who asks is told what
is wrong with it, once for each content.
"""

from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from regulator.config.file import config_path
from regulator.config.limits import LIMITS, load_limits
from regulator.domain.errors import Misconfigured
from regulator.domain.limits import Limits

LOOK_EVERY_SECONDS = 1.0
"""A changed file is taken at the second look that finds it as the first did."""


class Look(StrEnum):
    """What came of a look at the file."""

    UNCHANGED = "unchanged"
    RENEWED = "renewed"
    REFUSED = "refused"


class LimitsWatch:
    """Renews one ``Limits`` from one configuration folder. Not for several threads at once."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        """``limits`` are those that were read from the folder when the process began."""
        self._folder = folder
        self._limits = limits
        self._stamp = self._seen = self._stamped()
        self._digest = self._digested()
        self.refused = ""
        """Why the file as it is now is not taken: file, place and reason; blank where it is."""

    def look(self) -> Look:
        """Look whether the file has changed, and take it if it is good."""
        stamp, seen = self._stamped(), self._seen
        self._seen = stamp
        if stamp == self._stamp or stamp != seen:  # a file that is being written is not looked into
            return Look.UNCHANGED
        digest = self._digested()
        self._stamp = stamp
        if digest == self._digest:
            return Look.UNCHANGED
        self._digest = digest
        try:
            self._limits.renew(load_limits(self._folder))
        except Misconfigured as why:
            self.refused = str(why)
            return Look.REFUSED
        self.refused = ""
        return Look.RENEWED

    def _stamped(self) -> tuple[str, int, int, int]:
        """What changes when the file is written, replaced, or gives way to the project's own."""
        path = config_path(self._folder, LIMITS)
        try:
            status = path.stat()
        except OSError:
            return str(path), 0, 0, 0
        return str(path), status.st_mtime_ns, status.st_size, status.st_ino

    def _digested(self) -> bytes:
        try:
            return sha256(config_path(self._folder, LIMITS).read_bytes()).digest()
        except OSError:
            return b""
