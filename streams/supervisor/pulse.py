"""Feels whether a process still answers."""

import threading
import time
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

_TIMEOUT_SECONDS = 5.0
_BROKEN = 500


def is_well(url: str, *, seconds: float = _TIMEOUT_SECONDS) -> bool:
    """Ask a URL; say whether it answers with a status below 500."""
    status = _status(url, seconds)
    return status is not None and status < _BROKEN


def _status(url: str, seconds: float) -> int | None:
    where = urlsplit(url)
    line = HTTPConnection(where.hostname or "127.0.0.1", where.port, timeout=seconds)
    try:
        line.request("GET", where.path or "/")
        return line.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        line.close()


class Pulse:
    """Asks a URL again and again, in a thread, so that a hung process holds up nobody else.

    Until it has been well once, any answer will do: a process that still reads its register says
    503 for as long as that takes.
    """

    def __init__(self, url: str, *, grow_up: float, ask_every: float) -> None:
        self._url = url
        self._ask_every = ask_every
        self._grown = False
        self._last_well = time.monotonic() + grow_up
        self._ended = threading.Event()
        threading.Thread(target=self._feel, daemon=True).start()

    def silent_for(self) -> float:
        """Return for how many seconds it has not been well; negative while it may still grow up."""
        return time.monotonic() - self._last_well

    def end(self) -> None:
        """Stop asking."""
        self._ended.set()

    def _feel(self) -> None:
        while not self._ended.is_set():
            status = _status(self._url, _TIMEOUT_SECONDS)
            well = status is not None and status < _BROKEN
            self._grown = self._grown or well
            if well or (status is not None and not self._grown):
                self._last_well = max(self._last_well, time.monotonic())
            self._ended.wait(self._ask_every)
