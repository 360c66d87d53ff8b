"""Where a broker lives: its data, its ports, its version, its lock."""

import fcntl
import os
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

from streams.broker.errors import ChooseAnotherPort, StopTheOther, UseNewerKafka
from streams.broker.gate import Gate
from streams.broker.jars import KAFKA_VERSION
from streams.broker.ports import free_or_another, free_port, is_free
from streams.supervisor.progress import Say


class Memo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a broker remembers beside its data."""

    kafka: str
    port: int
    controller_port: int
    platform_port: int = 0
    """Of the door for platforms; 0 where there is none."""
    platform_address: str = ""
    """Where platforms are told to connect."""


@dataclass(frozen=True, slots=True)
class Residence:
    """A folder with one broker's data."""

    folder: Path

    @property
    def properties(self) -> Path:
        """The file the broker is started with."""
        return self.folder / "server.properties"

    @property
    def formatted(self) -> bool:
        """Whether there are data already."""
        return (self.folder / "meta" / "meta.properties").exists()

    def memo(self) -> Memo | None:
        """Return what is remembered; None on the first start."""
        try:
            return msgspec.json.decode((self.folder / "broker.json").read_bytes(), type=Memo)
        except FileNotFoundError:
            return None

    def remember(self, memo: Memo) -> None:
        """Write the memo; a reader sees the old one or the new one, never half of it."""
        fresh = self.folder / "broker.json.new"
        fresh.write_bytes(msgspec.json.encode(memo))
        fresh.replace(self.folder / "broker.json")

    def lock(self, *, patience_seconds: float) -> int:
        """Return a descriptor that holds the folder for as long as it, or a child's copy, is open.

        Raises StopTheOther when another broker keeps it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        held = os.open(self.folder / "broker.lock", os.O_RDWR | os.O_CREAT, 0o644)
        deadline = time.monotonic() + patience_seconds
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() < deadline:
                    time.sleep(0.1)
                    continue
                os.close(held)
                raise StopTheOther(
                    f"Another broker runs on the data in {self.folder}: stop it first."
                ) from None
            return held


def settle_ports(
    residence: Residence, *, exact: int | None, prefer: int | None, say: Say, gate: Gate | None = None
) -> Memo:
    """Choose the ports and remember them: the exact one, else last time's, the preferred, a free one.

    Raises ChooseAnotherPort when the exact port is taken, UseNewerKafka when the data are newer than we are.
    """
    residence.folder.mkdir(parents=True, exist_ok=True)
    before = residence.memo()
    if before is not None:
        _refuse_newer(before.kafka)
    port = _client_port(before, exact=exact, prefer=prefer, say=say)
    controller = before.controller_port if before else 0
    if controller in (0, port) or not is_free(controller):
        controller = free_port(but=[port])
    platforms = _platform_port(gate, before, but=(port, controller)) if gate is not None else 0
    memo = Memo(
        kafka=KAFKA_VERSION,
        port=port,
        controller_port=controller,
        platform_port=platforms,
        platform_address=gate.reached_at(platforms) if gate is not None else "",
    )
    residence.remember(memo)
    return memo


def _client_port(before: Memo | None, *, exact: int | None, prefer: int | None, say: Say) -> int:
    if exact is not None:
        if not is_free(exact):
            raise ChooseAnotherPort(
                f"Port {exact} is taken by another program: stop it, or set REGULATOR_KAFKA_PORT to another."
            )
        return exact
    wanted = before.port if before else prefer
    return free_port() if wanted is None else free_or_another("Apache Kafka", wanted, say=say)


def _platform_port(gate: Gate, before: Memo | None, *, but: tuple[int, int]) -> int:
    """Platforms were told a port: the one that was asked for is never exchanged for another."""
    if gate.port == 0:
        last = before.platform_port if before else 0
        return last if last not in (0, *but) and is_free(last) else free_port(but=but)
    if gate.port in but or not is_free(gate.port):
        raise ChooseAnotherPort(
            f"Port {gate.port} is taken: stop the other program, or choose another by"
            " REGULATOR_KAFKA_PLATFORM_PORT."
        )
    return gate.port


def _refuse_newer(version: str) -> None:
    if _numbers(version) > _numbers(KAFKA_VERSION):
        raise UseNewerKafka(
            f"The data were last opened by Apache Kafka {version}, newer than this one ({KAFKA_VERSION}). "
            "Update the project, or start with an empty REGULATOR_HOME."
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
