"""How the desk is: told by its threads, asked by /health; an outage is logged once, and once its end."""

import logging
from threading import Lock

import msgspec

_log = logging.getLogger(__name__)


class Health(msgspec.Struct, frozen=True):
    """Whether the desk does its work, and what is wrong in words."""

    ok: bool
    reasons: tuple[str, ...]


class Condition:
    """What is wrong now, by part. Safe to share between threads."""

    def __init__(self) -> None:
        self._wrong: dict[str, str] = {}
        self._lock = Lock()

    def fails(self, part: str, why: object) -> None:
        """Say that a part does not work; it goes on trying."""
        with self._lock:
            known = part in self._wrong
            self._wrong[part] = str(why)
        if not known:
            _log.warning("%s: %s; trying again until it works", part, why)

    def works(self, part: str) -> None:
        """Say that a part works."""
        if part not in self._wrong:
            return
        with self._lock:
            self._wrong.pop(part, None)
        _log.warning("%s: works again", part)

    def health(self) -> Health:
        """Return how the desk is."""
        with self._lock:
            reasons = tuple(f"{part}: {why}" for part, why in sorted(self._wrong.items()))
        return Health(not reasons, reasons)
