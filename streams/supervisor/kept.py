"""One process as it is kept: started, watched, started again, stopped."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from regulator.settings import environment_with
from streams.supervisor.leash import leash
from streams.supervisor.log_file import last_words, trim
from streams.supervisor.process import Patience, Process
from streams.supervisor.progress import Say
from streams.supervisor.pulse import Pulse

_TELL_EVERY_SECONDS = 10.0
_TRIM_EVERY_SECONDS = 60.0


class Phase(StrEnum):
    """Where a process is in its life."""

    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    PAUSING = "pausing"
    STOPPED = "stopped"


class Kept:
    """A declared process and what became of it so far."""

    def __init__(self, process: Process, *, logs: Path, patience: Patience, say: Say) -> None:
        self.process = process
        self.phase = Phase.WAITING
        self.restarts = 0
        self.log = logs / f"{process.name}.log"
        self._patience, self._say = patience, say
        self._running: subprocess.Popen[bytes] | None = None
        self._pulse: Pulse | None = None
        self._started = 0.0
        self._again_at = 0.0
        self._tell_at = 0.0
        self._trim_at = 0.0
        self._pause = patience.first_pause

    @property
    def name(self) -> str:
        """The declared name."""
        return self.process.name

    @property
    def pid(self) -> int | None:
        """The process, while there is one."""
        return self._running.pid if self._running else None

    def start(self) -> None:
        """Start it, in a process group of its own, writing to its log."""
        with self.log.open("ab") as out:
            self._running = subprocess.Popen(
                self.process.command,
                env=environment_with(self.process.environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=leash(signal.SIGKILL),
            )
        self.phase = Phase.STARTING
        self._started = time.monotonic()
        self._tell_at = _TELL_EVERY_SECONDS
        if self.process.health:
            self._pulse = Pulse(
                self.process.health, grow_up=self._patience.grow_up, ask_every=self._patience.ask_every
            )

    def look(self) -> None:
        """Notice what happened since the last look, and act on it."""
        if self.phase is Phase.PAUSING:
            self._perhaps_again()
        elif self._running is not None:
            self._look_at_running(self._running)

    def ask_to_end(self) -> None:
        """Send SIGTERM."""
        self.phase = Phase.STOPPED
        if self._running is not None and self.alive:
            self._running.terminate()

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self._running is not None and self._running.poll() is None

    def bury(self) -> bool:
        """Kill what is left of its process group; say whether the process had ended by itself."""
        by_itself = not self.alive
        if self._pulse is not None:
            self._pulse.end()
            self._pulse = None
        if self._running is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()
            self._running = None
        return by_itself

    def _look_at_running(self, running: subprocess.Popen[bytes]) -> None:
        if time.monotonic() >= self._trim_at:
            self._trim_at = time.monotonic() + _TRIM_EVERY_SECONDS
            trim(self.log)
        code = running.poll()
        if code is not None:
            self._fell(f"ended ({_in_words(code)})")
        elif self._pulse is not None and self._pulse.silent_for() > self._patience.sick:
            self._fell(f"did not answer well for {self._pulse.silent_for():.0f} s and was killed")
        elif self.phase is Phase.STARTING:
            self._look_whether_ready(time.monotonic() - self._started)

    def _look_whether_ready(self, seconds: float) -> None:
        if self.process.ready is None or self.process.ready():
            self.phase = Phase.READY
            self._say(f"{self.name}: ready ({seconds:.1f} s).")
        elif seconds >= self._tell_at:
            self._tell_at += _TELL_EVERY_SECONDS
            self._say(f"{self.name}: still starting ({seconds:.0f} s) …")

    def _fell(self, how: str) -> None:
        if time.monotonic() - self._started >= self._patience.forgive_after:
            self._pause = self._patience.first_pause
        self.bury()
        self.phase = Phase.PAUSING
        words = last_words(self.log)
        said = f' Last words: "{words[:160]}".' if words else ""
        self._say(f"{self.name}: {how}; again in {self._pause:g} s.{said} See {self.log}.")
        self._again_at = time.monotonic() + self._pause
        self._pause = min(2 * self._pause, self._patience.longest_pause)

    def _perhaps_again(self) -> None:
        if time.monotonic() >= self._again_at:
            self.restarts += 1
            self.start()


def _in_words(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"by signal {signal.Signals(-code).name}"
    except ValueError:
        return f"by signal {-code}"
