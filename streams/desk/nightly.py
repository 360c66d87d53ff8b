"""Starts the comparison of SQL with the feeds every night, as a process that yields to all others."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from regulator.clock import Clock
from regulator.domain.instants import HOUR, MINUTE, Instant, day_of, start_of
from regulator.store import Store
from regulator.store.reconciliation import ReconciliationStore
from streams.desk.patience import Patience, Stopped
from streams.supervisor.leash import leash

_AT = 3 * HOUR + 30 * MINUTE
"""After midnight in Shanghai: the day's late records have come, and the night is quiet."""
_LOOK_SECONDS = 60.0
_AGAIN_SECONDS = 3600.0
_WATCH_SECONDS = 1.0
_NICE = 15
_DONE = (0, 3)
"""Exit codes: nothing differs, or something does and is named."""
_log = logging.getLogger(__name__)


class Nightly:
    """Waits for the night; what failed is tried again an hour later."""

    def __init__(self, store: Store, *, command: Sequence[str], patience: Patience, clock: Clock) -> None:
        """``command``: compares the orders of the day that follows ``--day``."""
        self._store = store
        self._command = command
        self._patience = patience
        self._clock = clock

    def run(self) -> None:
        """Look every minute whether yesterday is still to be compared; until stopped."""
        while not self._patience.stopping:
            self._patience.rest(_LOOK_SECONDS if self.compare_if_due() else _AGAIN_SECONDS)

    def compare_if_due(self) -> bool:
        """Compare yesterday if that is still to be done; tell whether it needs no further attempt."""
        day = day_to_compare(self._clock())
        if day is None or self._patience.until_it_works(lambda: self._is_done(day)):
            return True
        _log.info("the orders of %s are compared with their feeds", day)
        code = self._run(day)
        if code not in _DONE:
            _log.error("the orders of %s could not be compared (exit code %d); again in an hour", day, code)
        return code in _DONE

    def _is_done(self, day: date) -> bool:
        with self._store.reading() as connection:
            return ReconciliationStore(connection).is_done(day)

    def _run(self, day: date) -> int:
        running = subprocess.Popen(  # noqa: S603 - our own command, and a day
            [*self._command, "--day", day.isoformat()], stdin=subprocess.DEVNULL, preexec_fn=_yielding()
        )
        try:
            while (code := running.poll()) is None:
                self._patience.rest(_WATCH_SECONDS)
        except Stopped:
            running.kill()
            running.wait()
            raise
        return code


def day_to_compare(now: Instant) -> date | None:
    """Return yesterday, in Shanghai; None before the hour at which it is compared."""
    today = day_of(now)
    return today - timedelta(days=1) if now - start_of(today) >= _AT else None


def reconcile_command(config: Path) -> Sequence[str]:
    """Return the command of this installation."""
    return (sys.executable, "-m", "streams.cli", "reconcile", "--config", str(config))


def _yielding() -> Callable[[], None]:
    """Tie its life to ours, and let everybody else go first."""
    bind = leash(signal.SIGKILL)

    def begin() -> None:
        bind()
        os.nice(_NICE)

    return begin
