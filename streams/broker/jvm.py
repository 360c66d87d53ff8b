"""Starts Kafka's own programs: the one that formats the data, and the broker."""

import base64
import secrets
import signal
import subprocess
from pathlib import Path

from streams.broker.errors import ReadTheLog
from streams.broker.heap import Heap
from streams.broker.kit import Kit
from streams.broker.properties import configured
from streams.broker.residence import Residence
from streams.supervisor.leash import leash


def format_data(kit: Kit, residence: Residence) -> None:
    """Prepare an empty folder for a broker. Raises ReadTheLog with what Kafka says."""
    command = kit.command("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    command += ["kafka.tools.StorageTool", "format", "-t", _cluster_id(), "-c", str(residence.properties)]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    if told.returncode != 0:
        said = (told.stdout + told.stderr).strip()[-1500:]
        raise ReadTheLog(f"Kafka could not prepare {residence.folder}:\n{said}")


def launch(
    kit: Kit, residence: Residence, *, heap: Heap, config: Path | None, logs: Path, lock: int
) -> subprocess.Popen[bytes]:
    """Start the broker in a process group of its own; it dies with us and keeps the lock while it lives."""
    logs.mkdir(parents=True, exist_ok=True)
    command = kit.command(
        *heap.value,
        "-Djava.awt.headless=true",
        f"-Dlog4j2.configurationFile={configured('log4j2.yaml', config)}",
        f"-Dregulator.kafka.log={logs / 'kafka.log'}",
    )
    with (logs / "kafka.out").open("wb") as out:
        return subprocess.Popen(
            [*command, "kafka.Kafka", str(residence.properties)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=(lock,),
            preexec_fn=leash(signal.SIGKILL),  # Kafka loses nothing it acknowledged
        )


def _cluster_id() -> str:
    """Return 16 random bytes as Kafka writes them; never with a dash in front, which reads as an option."""
    while True:
        written = base64.urlsafe_b64encode(secrets.token_bytes(16)).rstrip(b"=").decode("ascii")
        if not written.startswith("-"):
            return written
