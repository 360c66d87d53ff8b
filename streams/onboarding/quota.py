"""How much a platform may take of the broker. kafka-python has no call for it: the broker's own tool has.

A producer that sends more is answered later, never refused: what it sends arrives, and nobody else waits.
"""

import re
from collections.abc import Callable, Mapping

from streams.broker.kit import Kit
from streams.broker.tool import run_tool
from streams.onboarding.identity import user_of

Limits = Mapping[str, float]
"""The broker's names of what is limited, and the limit."""

_LIMIT = re.compile(r"(\w+)=([\d.E+-]+)")
_ONE_THREAD = 100.0


def limits(bytes_a_second: int) -> Limits:
    """Return the limits of a platform that may push so much; in percent of one of the broker's threads."""
    return {
        "producer_byte_rate": float(bytes_a_second),
        "consumer_byte_rate": float(bytes_a_second),
        "request_percentage": _ONE_THREAD,
    }


class Quota:
    """The limits of one platform."""

    def __init__(self, kit: Callable[[], Kit], brokers: str, slug: str) -> None:
        """``kit``: what fetches the tool, when it is needed."""
        self._kit = kit
        self._brokers = brokers
        self._user = user_of(slug)

    def present(self) -> Limits:
        """Ask the broker."""
        # The tool tells of passwords too, on a line of their own.
        told = [line for line in self._run("--describe").splitlines() if line.startswith("Quota")]
        return {
            name: float(limit) for line in told for name, limit in _LIMIT.findall(line.partition(" are ")[2])
        }

    def set(self, wanted: Limits) -> None:
        """Set limits."""
        written = ",".join(f"{name}={limit:.0f}" for name, limit in wanted.items())
        self._run("--alter", "--add-config", written)

    def clear(self, present: Limits) -> None:
        """Remove limits, which must be there."""
        self._run("--alter", "--delete-config", ",".join(present))

    def _run(self, *what: str) -> str:
        whose = ("--entity-type", "users", "--entity-name", self._user)
        return run_tool(self._kit(), "kafka.admin.ConfigCommand", [*what, *whose], brokers=self._brokers)
