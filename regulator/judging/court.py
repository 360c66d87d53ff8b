"""A register, and every feed partition that is heard under it."""

from collections.abc import Iterator

from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind
from regulator.domain.register import RegisterChange, Vouched
from regulator.joins.register_index import RegisterIndex
from regulator.judging.announcing import Occasion
from regulator.judging.because import because_of, kind_of
from regulator.judging.hearing import Hearing
from regulator.judging.law import Law

Partition = tuple[str, int]


class Court:
    """Follows the register and tells every hearing what a change reaches.

    Who concludes, and when, is the caller's business: the live judge after a run or a batch of
    changes, the replay after every message.
    """

    def __init__(self, law: Law, index: RegisterIndex) -> None:
        self.law = law
        self.index = index
        self._hearings: dict[Partition, Hearing] = {}

    def __iter__(self) -> Iterator[Hearing]:
        return iter(list(self._hearings.values()))

    def open(self, hearing: Hearing) -> None:
        """Begin to hear a partition."""
        self._hearings[hearing.book.feed, hearing.book.partition] = hearing

    def close(self, feed: str, partition: int) -> None:
        """Stop hearing a partition: somebody else does."""
        self._hearings.pop((feed, partition), None)

    def hearing(self, feed: str, partition: int) -> Hearing:
        """Return an open hearing; KeyError if it is not open."""
        return self._hearings[feed, partition]

    def follow(self, change: RegisterChange, at: Instant) -> None:
        """Follow one change of the register that arrived at an instant."""
        subjects = self.index.apply(change)
        if not self._hearings:  # the register is read whole before anything is heard
            return
        occasion = Occasion(at, because_of(change))
        for hearing in self._hearings.values():
            if isinstance(change, Vouched):
                for kind in LicenceKind:
                    hearing.book.settle(kind, self.index.complete_to(kind), occasion)
            else:
                hearing.book.reach(kind_of(change), subjects, occasion)
