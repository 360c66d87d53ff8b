"""One broker: start it, wait until it answers, stop it, kill it."""

import os
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from streams.broker.autopsy import explain, size
from streams.broker.errors import BrokerError, ChooseAnotherPort
from streams.broker.gate import Gate
from streams.broker.heap import Heap
from streams.broker.jvm import format_data, launch
from streams.broker.kit import Kit
from streams.broker.properties import write_properties
from streams.broker.ready import answers
from streams.broker.residence import Memo, Residence, settle_ports
from streams.supervisor.progress import Say, silent

_READY_SECONDS = 90.0
_STOP_SECONDS = 15.0
# A broker that was just killed lets go of its folder a moment later.
_LOCK_SECONDS = 5.0
_ATTEMPTS = 3


class Broker:
    """An Apache Kafka of one node on the loopback interface, with its data in one folder.

    Start it from a thread that outlives it: on Linux the broker dies with the thread that started it.
    """

    def __init__(
        self,
        folder: Path,
        *,
        kit: Kit,
        logs: Path | None = None,
        port: int | None = None,
        prefer: int | None = None,
        gate: Gate | None = None,
        heap: Heap = Heap.CITY,
        config: Path | None = None,
        say: Say = silent,
    ) -> None:
        """Describe a broker; nothing is started.

        `port` is the one port it may have; `prefer` the one to try first where there is no
        remembered one; without either it chooses. `gate` opens a second, secured listener for
        platforms. What the folder `config` lacks is taken from the
        project's `config/kafka`.
        """
        self._residence = Residence(folder)
        self._kit = kit
        self._logs = logs or folder / "logs"
        self._port, self._prefer, self._gate = port, prefer, gate
        self._heap, self._config, self._say = heap, config, say
        self._memo: Memo | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        """Where clients connect; the same after each restart."""
        return f"127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """The port of the clients' listener, known from the first start on."""
        if self._memo is None:
            raise BrokerError("This broker was never started: it has no port yet.")
        return self._memo.port

    @property
    def platform_bootstrap(self) -> str:
        """Where platforms connect, with their credentials."""
        if self._memo is None or not self._memo.platform_address:
            raise BrokerError("This broker has no listener for platforms, or was never started.")
        return self._memo.platform_address

    @property
    def pid(self) -> int | None:
        """The broker's process; None when it is not running."""
        return self._process.pid if self.running and self._process else None

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> Self:
        """Start the broker and wait until it answers; prepare the folder first if it is empty.

        Raises a BrokerError that says what to do.
        """
        if self.running:
            return self
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                self._start_once()
            except ChooseAnotherPort:
                # Ports of our own choice can be snatched between the choice and the start.
                if self._chosen_by_others or attempt == _ATTEMPTS:
                    raise
            else:
                return self
        raise AssertionError("the last attempt returns or raises")

    def stop(self) -> int | None:
        """End the broker cleanly, or hard when it does not end; return its exit code."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int | None:
        """End the broker as a power cut would (`kill -9`); return its exit code."""
        return self._end(signal.SIGKILL)

    def wait(self) -> int:
        """Wait until the broker ends by itself or by a signal; return its exit code."""
        if self._process is None:
            raise BrokerError("This broker was never started.")
        return self._process.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _chosen_by_others(self) -> bool:
        return self._port is not None or (self._gate is not None and self._gate.port != 0)

    def _start_once(self) -> None:
        lock = self._residence.lock(patience_seconds=_LOCK_SECONDS)
        try:
            self._memo = settle_ports(
                self._residence, exact=self._port, prefer=self._prefer, say=self._say, gate=self._gate
            )
            write_properties(self._residence, self._memo, gate=self._gate, config=self._config)
            if not self._residence.formatted:
                self._say("Apache Kafka: preparing an empty data folder …")
                format_data(self._kit, self._residence)
            since = size(self._logs)
            self._process = launch(
                self._kit, self._residence, heap=self._heap, config=self._config, logs=self._logs, lock=lock
            )
        finally:
            os.close(lock)  # from here on the broker's own copy holds it
        try:
            self._await_answer(since)
        except BaseException:  # also when we are told to stop meanwhile: leave nothing behind
            self.stop()
            raise

    def _await_answer(self, since: int) -> None:
        assert self._process is not None  # noqa: S101 - for the type checker; set by the caller
        deadline = time.monotonic() + _READY_SECONDS
        while not answers(self.port):
            code = self._process.poll()
            if code is not None:
                raise explain(f"Apache Kafka ended at once (exit code {code})", self._logs, since=since)
            if time.monotonic() > deadline:
                raise explain(
                    f"Apache Kafka did not answer within {_READY_SECONDS:.0f} s", self._logs, since=since
                )
            time.sleep(0.05)

    def _end(self, how: signal.Signals) -> int | None:
        if self._process is None:
            return None
        if self.running:
            self._process.send_signal(how)
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
        return self._process.wait()
