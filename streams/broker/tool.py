"""Runs Kafka's own command-line programs, for the few things that kafka-python has no call for."""

import subprocess
from collections.abc import Sequence

from regulator.domain.errors import Unavailable
from streams.broker.kit import Kit

_FLAGS = ("-Xmx96m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_SECONDS = 60


def run_tool(kit: Kit, program: str, arguments: Sequence[str], *, brokers: str) -> str:
    """Run a class of Kafka's against a cluster and return what it printed; a second or two.

    Raises Unavailable with what the program said.
    """
    command = [*kit.command(*_FLAGS), program, "--bootstrap-server", brokers, *arguments]
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
    except subprocess.TimeoutExpired as why:
        raise Unavailable(f"{program} got no answer from {brokers}: try again") from why
    if told.returncode != 0:
        said = (told.stderr + told.stdout).strip()[-500:]
        raise Unavailable(f"{program} failed at {brokers}: {said}")
    return told.stdout
