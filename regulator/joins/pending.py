"""What waits for the register to be complete up to an instant."""

from collections.abc import Iterable, Iterator, Set
from heapq import heapify, heappop, heappush

from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind

_Awaited = tuple[LicenceKind, Instant]
_FEW = 1_000


class Pending:
    """Keys of orders with undetermined verdicts, by the kind of licence and the instant they await."""

    def __init__(self) -> None:
        self._heaps: dict[LicenceKind, list[tuple[Instant, str]]] = {kind: [] for kind in LicenceKind}
        self._awaited: dict[str, set[_Awaited]] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._awaited

    def add(self, kind: LicenceKind, until: Instant, key: str) -> None:
        """Let an order wait; to wait twice for the same is to wait once."""
        awaited = self._awaited.setdefault(key, set())
        if (kind, until) not in awaited:
            awaited.add((kind, until))
            heappush(self._heaps[kind], (until, key))

    def due(self, kind: LicenceKind, complete_to: Instant) -> Iterator[str]:
        """Yield, and let go of, what waited for no later an instant."""
        heap = self._heaps[kind]
        while heap and heap[0][0] <= complete_to:
            until, key = heappop(heap)
            awaited = self._awaited.get(key)
            if awaited is None or (kind, until) not in awaited:
                continue  # it was let go of meanwhile
            awaited.remove((kind, until))
            if not awaited:
                del self._awaited[key]
            yield key

    def forget(self, keys: Iterable[str]) -> None:
        """Let go of orders that nobody holds any more."""
        for key in keys:
            self._awaited.pop(key, None)
        waiting = sum(map(len, self._awaited.values()))
        if sum(map(len, self._heaps.values())) > 2 * waiting + _FEW:
            self._tidy_up()

    def waiting(self) -> Set[str]:
        """Return the keys of everything that waits."""
        return self._awaited.keys()

    def _tidy_up(self) -> None:
        for kind, heap in self._heaps.items():
            heap[:] = {entry for entry in heap if (kind, entry[0]) in self._awaited.get(entry[1], ())}
            heapify(heap)
