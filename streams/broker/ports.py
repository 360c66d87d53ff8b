"""Ports that are free, and stay ours from one start to the next."""

import random
import socket
from collections.abc import Iterable
from pathlib import Path

from streams.supervisor.progress import Say

_LOOPBACK = "127.0.0.1"
_OUTGOING = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST = 10_000


def is_free(port: int) -> bool:
    """Say whether a server could listen on a port of the loopback interface now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_LOOPBACK, port))
        except OSError:
            return False
        return True


def free_port(*, but: Iterable[int] = ()) -> int:
    """Return a port that nobody listens on, outside the range of outgoing connections.

    Inside that range, a client that keeps knocking while its broker is down can be given the
    broker's own port to knock from, and the broker cannot come back.
    """
    taken = set(but)
    below = _first_outgoing()
    for _ in range(200):
        port = random.randrange(_LOWEST, below)  # noqa: S311 - a port is no secret
        if port not in taken and is_free(port):
            return port
    return _any_port()


def free_or_another(name: str, wanted: int, *, say: Say) -> int:
    """Return the wanted port, or another one, and say so, where a stranger has it."""
    if is_free(wanted):
        return wanted
    chosen = free_port()
    say(f"{name}: port {wanted} is taken by another program; using {chosen}.")
    return chosen


def _first_outgoing() -> int:
    try:
        first = int(_OUTGOING.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 32_768
    return first if first > _LOWEST + 1_000 else 65_536


def _any_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((_LOOPBACK, 0))
        return int(probe.getsockname()[1])
