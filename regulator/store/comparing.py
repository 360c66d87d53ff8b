"""What a file would change: each thing beside what the register holds, before anything is written."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec
from sqlalchemy import Connection, func

from regulator.domain.episodes import Episode
from regulator.domain.instants import Instant
from regulator.domain.licences import SourceName, Statement
from regulator.store.batches import in_batches
from regulator.store.endings import holds, lasts, told_by
from regulator.store.shelves import Present, Shelf, shelf_of
from regulator.store.stage import Fate, Group, News, Stage
from regulator.store.words import digest_of
from regulator.wire.register_pieces import Thing, word_of

_AT_ONCE = 5_000

_NOTHING = b""
_FIRST = 1


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """How many things have which fate. ``held``: what the source holds of the kinds that the file names."""

    counts: dict[Fate, int]
    held: int

    def ending(self, *, whole: bool) -> int:
        """Return how many things the file would end."""
        return self.counts[Fate.ENDED] + (self.counts[Fate.LOST] if whole else 0)


class Comparing:
    """Compares a stage with the register; what differs is told to the stage."""

    def __init__(self, connection: Connection, stage: Stage, *, source: SourceName, at: Instant) -> None:
        self._connection = connection
        self._stage = stage
        self._source = source
        self._at = at
        self._counts = dict.fromkeys(Fate, 0)
        self._kinds: dict[str, int] = {}

    def run(self) -> Iterator[int]:
        """Go through the file, then through what it lacks; yield how many things were looked at."""
        for batch in in_batches(self._stage.groups(), _AT_ONCE):
            for kind, groups in groupby(batch, key=lambda group: group.thing.kind):
                self._compare(kind, list(groups))
            yield len(batch)
        for kind, found in self._kinds.items():
            if self._held(kind) > found:
                self._lost(kind)

    @property
    def result(self) -> Comparison:
        """What came out, after ``run``."""
        return Comparison(counts=self._counts, held=sum(map(self._held, self._kinds)))

    def _compare(self, kind: str, groups: Sequence[Group]) -> None:
        shelf = shelf_of(kind)
        names = [group.thing.name for group in groups]
        present = shelf.present(self._connection, self._source, kind, names)
        news = []
        for group in groups:
            held = present.get(group.thing.name)
            fate = self._fate(shelf, said(group.thing, self._source, held), held)
            self._counts[fate] += 1
            if fate is not Fate.SAME:
                news.append(News(fate, group))
        stated = sum(not one.withdrawn for one in present.values())
        self._kinds[kind] = self._kinds.get(kind, 0) + stated
        self._stage.see([group.thing for group in groups])
        self._stage.tell(news)

    def _fate(self, shelf: Shelf, word: Statement | Episode, held: Present | None) -> Fate:
        if held is None:
            return Fate.ADDED
        if word.sequence < held.sequence:
            return Fate.OLDER
        if digest_of(word) == held.digest:
            return Fate.SAME
        if held.withdrawn:
            return Fate.ADDED
        ends = holds(shelf.read(held.told), self._at) and not holds(told_by(word), self._at)
        return Fate.ENDED if ends else Fate.CHANGED

    def _held(self, kind: str) -> int:
        shelf = shelf_of(kind)
        query = shelf.standing_of(self._source, kind, func.count()).where(~shelf.table.c.withdrawn)
        return int(self._connection.execute(query).scalar_one())

    def _lost(self, kind: str) -> None:
        shelf = shelf_of(kind)
        for batch in shelf.all_present(self._connection, self._source, kind):
            by_name = {one.name: one for one in batch}
            lost = [
                News(Fate.LOST, Group(Thing(kind, name, 0, _NOTHING, ())))
                for name in self._stage.unseen(kind, list(by_name))
                if lasts(shelf.read(by_name[name].told), self._at)
            ]
            self._counts[Fate.LOST] += len(lost)
            self._stage.tell(lost)


def said(thing: Thing, source: SourceName, held: Present | None) -> Statement | Episode:
    """Return what a file says of a thing.

    Where the file gives no sequence: that of what stands if the content is the same, else the next.
    """
    word, is_numbered = word_of(thing, source)
    if is_numbered:
        return word
    if held is None:
        return msgspec.structs.replace(word, sequence=_FIRST)
    same = msgspec.structs.replace(word, sequence=held.sequence)
    if digest_of(same) == held.digest:
        return same
    return msgspec.structs.replace(word, sequence=held.sequence + 1)
