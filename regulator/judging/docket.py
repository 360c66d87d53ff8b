"""Which orders are to be judged again though no new record of them came, and why; and which not yet.

An order is *reached* by a word of the register, or by a change of the law. It is *reminded* when the
queue has heard of it what its own state does not know: some of the records it was judged by are still
to come again, so that it is judged when it is *recalled*, and kept then whatever comes of it.
"""

from collections.abc import Container, Iterable, Set
from itertools import islice

from regulator.domain.findings import FindingId
from regulator.domain.licences import LicenceKind
from regulator.joins.orders import Filed
from regulator.judging.announcing import Occasion, Reached

_FOR_NOTHING: Reached = {}


class Docket:
    """Keys of orders, with what is said about judging them again."""

    def __init__(self) -> None:
        self._reached: dict[str, Reached] = {}
        self._reminded: set[str] = set()
        self._recalled: set[str] = set()
        self._said: dict[str, dict[FindingId, Filed]] = {}

    def __bool__(self) -> bool:
        """Tell whether anything waits to be judged again."""
        return bool(self._reached)

    def __contains__(self, key: str) -> bool:
        """Tell whether an order waits to be judged again."""
        return key in self._reached

    def reach(self, keys: Iterable[str], kind: LicenceKind | None, occasion: Occasion) -> None:
        """Let orders be judged again; of several occasions of one kind the last counts."""
        for key in keys:
            self._reached.setdefault(key, {})[kind] = occasion

    def why(self, key: str) -> Reached:
        """Return what an order was reached by."""
        return self._reached.get(key, _FOR_NOTHING)

    def first(self, most: int | None, *, but: Container[str]) -> list[str]:
        """Return so many of those that were reached, the first first; all for None."""
        return list(islice((key for key in self._reached if key not in but), most))

    def strike(self, keys: Iterable[str]) -> None:
        """Take off what has been judged."""
        for key in keys:
            self._reached.pop(key, None)
            self._recalled.discard(key)

    def remind(self, key: str) -> None:
        """Let an order wait for the records that are to come again."""
        self._reminded.add(key)

    def holds_back(self, key: str) -> bool:
        """Tell whether an order may not be judged yet."""
        return key in self._reminded

    def note(self, key: str, id_: FindingId, filed: Filed) -> None:
        """Note what the queue has heard of an order that is not there yet."""
        self._said.setdefault(key, {})[id_] = filed

    def notes(self, key: str) -> bool:
        """Tell whether anything is noted of an order that is not there yet."""
        return key in self._said

    def told(self, key: str) -> dict[FindingId, Filed]:
        """Return what was noted of an order that has come, and let it wait for its other records."""
        self._reminded.add(key)
        return self._said.pop(key)

    def recall(self, occasion: Occasion) -> None:
        """Let the reminded orders be judged: every record that was to come again has come."""
        self.reach(self._reminded, None, occasion)
        self._recalled |= self._reminded
        self._reminded.clear()
        self._said.clear()

    def recalled(self, key: str) -> bool:
        """Tell whether an order is to be kept whatever comes of judging it."""
        return key in self._recalled

    def keep(self, key: str) -> None:
        """Let an order be kept whatever comes of judging it."""
        self._recalled.add(key)

    def busy(self) -> Set[str]:
        """Return the orders that may not be let go of."""
        return self._reached.keys() | self._reminded
