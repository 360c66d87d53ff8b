"""Buckets that refill evenly: who asks too often learns how long to wait.

Of each bucket only the instant is kept at which it will be full again (the "generic cell rate
algorithm"), so a bucket costs one number, and one that is full costs nothing.
"""

from regulator.config.lookups import Rate
from regulator.domain.instants import MINUTE, Instant

_MOST = 50_000
"""Of buckets kept: whoever invents addresses must not fill the memory."""


class Buckets:
    """One bucket a key, all of one size."""

    def __init__(self, rate: Rate) -> None:
        self._interval = MINUTE / rate.a_minute
        self._depth = rate.at_once * self._interval
        self._full_at: dict[str, float] = {}

    def take(self, key: str, *, at: Instant, cost: int = 1) -> float:
        """Take ``cost`` from a bucket and return 0, or take nothing and return microseconds to wait."""
        full_at = max(self._full_at.get(key, at), at) + cost * self._interval
        wait = full_at - self._depth - at
        if wait > 0:
            return wait
        self._full_at[key] = full_at
        if len(self._full_at) > _MOST:
            self._forget(at)
        return 0

    def wait(self, key: str, *, at: Instant) -> float:
        """Return the microseconds until one can be taken, and take nothing."""
        return max(0, self._full_at.get(key, at) + self._interval - self._depth - at)

    def __len__(self) -> int:
        return len(self._full_at)

    def _forget(self, at: Instant) -> None:
        """Let go of full buckets; if all are in use, of those that were used first."""
        self._full_at = {key: full for key, full in self._full_at.items() if full > at}
        for key in list(self._full_at)[: max(0, len(self._full_at) - _MOST // 2)]:
            del self._full_at[key]
