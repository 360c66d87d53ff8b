"""How the desk is: told by its threads, asked by /health.

An outage of the database or the broker is no reason to be restarted: it is waited out, logged once
when it begins and once when it ends. A thread that does not come round any more is one.
"""

import logging
import time
from threading import Lock

from regulator.console.health import Health

_STUCK_SECONDS = 120.0
_log = logging.getLogger(__name__)


class Condition:
    """What is wrong now, by part. Safe to share between threads."""

    def __init__(self) -> None:
        self._wrong: dict[str, str] = {}
        self._rounds: dict[str, float] = {}
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

    def comes_round(self, thread: str) -> None:
        """Say that a thread is alive."""
        self._rounds[thread] = time.monotonic()

    def health(self) -> Health:
        """Return how the desk is."""
        now = time.monotonic()
        with self._lock:
            outages = [f"{part}: {why}" for part, why in sorted(self._wrong.items())]
            stuck = [
                f"{thread} does not come round any more"
                for thread, last in sorted(self._rounds.items())
                if now - last > _STUCK_SECONDS
            ]
        return Health(ok=not stuck, reasons=(*stuck, *outages))
