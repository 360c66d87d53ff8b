"""Starts a list of processes in order, keeps them running, ends them in reverse order."""

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from streams.supervisor.kept import Kept, Phase
from streams.supervisor.process import Patience, Process, check
from streams.supervisor.progress import Say
from streams.supervisor.run_file import Run, RunningProcess, write_run

_ASKS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_IMPATIENT = 2  # asked so often, it stops waiting


class Supervisor:
    """Keeps what was declared running.

    It starts its processes from the thread that calls it: on Linux they die with that thread,
    however it ends. Hold `run_file.only_one(home)` around it.
    """

    def __init__(
        self,
        processes: tuple[Process, ...],
        *,
        home: Path,
        say: Say,
        ports: Mapping[str, int] | None = None,
        patience: Patience | None = None,
    ) -> None:
        """Check the declaration; nothing is started. `ports` are told to readers of `run.json`."""
        check(processes)
        self._patience = patience or Patience()
        self._home, self._say, self._ports = home, say, dict(ports or {})
        logs = home / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        self._kept = tuple(Kept(each, logs=logs, patience=self._patience, say=say) for each in processes)
        self._once_ready: set[str] = set()
        self._written: Run | None = None
        self._asked = 0

    def run(self, *, all_ready: Callable[[], None]) -> None:
        """Keep the processes running until SIGINT, SIGTERM or SIGHUP; then end them all.

        `all_ready` is called once, when each was ready for the first time.
        """
        told = False
        with self._listening():
            try:
                while not self._asked:
                    self.tick()
                    if not told and self.all_ready:
                        told = True
                        all_ready()
                    time.sleep(self._patience.tick)
            finally:
                self.stop()

    @property
    def all_ready(self) -> bool:
        """Whether every process has been ready once."""
        return len(self._once_ready) == len(self._kept)

    def tick(self) -> None:
        """Look at each process once: start what may start, start again what fell."""
        for kept in self._kept:
            if kept.phase is Phase.WAITING and self._once_ready.issuperset(kept.process.after):
                kept.start()
            kept.look()
            if kept.phase is Phase.READY:
                self._once_ready.add(kept.name)
        self._write()

    def stop(self) -> None:
        """End all, last started first, each in its share of the time; kill what does not end.

        A process that ends early leaves its time to those before it. Being asked again ends the patience.
        """
        self._say("Stopping …")
        begun = time.monotonic()
        share = self._patience.stop / max(1, len(self._kept))
        for number, kept in enumerate(reversed(self._kept), start=1):
            kept.ask_to_end()
            if not self._ended(kept, by=begun + number * share):
                self._say(f"{kept.name}: did not end when asked, and was killed.")
        self._say(f"Stopped ({time.monotonic() - begun:.1f} s).")

    def _ended(self, kept: Kept, *, by: float) -> bool:
        while kept.alive and time.monotonic() < by and self._asked < _IMPATIENT:
            time.sleep(0.02)
        return kept.bury()

    def _write(self) -> None:
        run = Run(
            supervisor=os.getpid(),
            ports=self._ports,
            processes=tuple(
                RunningProcess(
                    name=kept.name, phase=kept.phase, pid=kept.pid, restarts=kept.restarts, log=str(kept.log)
                )
                for kept in self._kept
            ),
        )
        if run != self._written:
            write_run(self._home, run)
            self._written = run

    @contextmanager
    def _listening(self) -> Iterator[None]:
        def note(signum: int, frame: FrameType | None) -> None:
            self._asked += 1

        # Started by nohup, the end of the terminal is not meant for us.
        asks = [each for each in _ASKS if (each, signal.getsignal(each)) != (signal.SIGHUP, signal.SIG_IGN)]
        before = {asked: signal.signal(asked, note) for asked in asks}
        try:
            yield
        finally:
            for asked, handler in before.items():
                signal.signal(asked, handler)
