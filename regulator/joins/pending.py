"""What waits for the register to be complete up to an instant."""

from collections.abc import Iterator
from heapq import heappop, heappush

from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind


class Pending:
    """Keys of orders with undetermined verdicts, by the kind of licence and the instant they await."""

    def __init__(self) -> None:
        self._heaps: dict[LicenceKind, list[tuple[Instant, str]]] = {kind: [] for kind in LicenceKind}
        self._known: set[tuple[LicenceKind, Instant, str]] = set()

    def add(self, kind: LicenceKind, until: Instant, key: str) -> None:
        """Let an order wait; to wait twice for the same is to wait once."""
        if (kind, until, key) not in self._known:
            self._known.add((kind, until, key))
            heappush(self._heaps[kind], (until, key))

    def due(self, kind: LicenceKind, complete_to: Instant) -> Iterator[str]:
        """Yield, and let go of, what waited for no later an instant."""
        heap = self._heaps[kind]
        while heap and heap[0][0] <= complete_to:
            until, key = heappop(heap)
            self._known.discard((kind, until, key))
            yield key

    def waiting(self) -> set[str]:
        """Return the keys of everything that waits."""
        return {key for _, _, key in self._known}
