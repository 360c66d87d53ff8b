"""What a file would change: each thing beside what the register holds, before anything is written."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec
from sqlalchemy import Connection, func

from regulator.domain.episodes import Episode
from regulator.domain.instants import Instant
from regulator.domain.licences import SourceName, Statement
from regulator.store.batches import in_batches
from regulator.store.endings import Told, holds, lasts, told_by
from regulator.store.shelves import Present, Shelf, shelf_of
from regulator.store.stage import Fate, Stage
from regulator.store.words import digest_of
from regulator.wire.register_pieces import Thing, word_of

_AT_ONCE = 5_000

_FIRST = 1


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """How many things have which fate. ``held``: what the source holds of the kinds that the file names."""

    counts: dict[Fate, int]
    held: int

    def ending(self, *, whole: bool) -> int:
        """Return how many things the file would end."""
        return self.counts[Fate.ENDED] + (self.counts[Fate.LOST] if whole else 0)

    def news(self, *, whole: bool) -> int:
        """Return how many things are to be written."""
        apart = (Fate.SAME,) if whole else (Fate.SAME, Fate.LOST)
        return sum(count for fate, count in self.counts.items() if fate not in apart)


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """One thing and its row (0: the file lacks it); what is said of time by the register and by the file."""

    kind: str
    name: str
    row: int = 0
    before: Told | None = None
    after: Told | None = None


class _Held(msgspec.Struct):
    """Of one kind: words that stand, those that are no withdrawals, and how many of those the file names."""

    stands: int
    count: int
    found: int = 0


class Comparing:
    """Compares a stage with the register; what differs is told to the stage."""

    def __init__(
        self, connection: Connection, stage: Stage, *, source: SourceName, at: Instant, examples: int = 0
    ) -> None:
        self._connection = connection
        self._stage = stage
        self._source = source
        self._at = at
        self._examples = examples
        self._counts = dict.fromkeys(Fate, 0)
        self._kinds: dict[str, _Held] = {}
        self.examples: dict[Fate, list[Example]] = {fate: [] for fate in Fate}

    def run(self) -> Iterator[int]:
        """Go through the file, then through what it lacks; yield how many things were looked at."""
        for batch in in_batches(self._stage.groups(), _AT_ONCE):
            for kind, groups in groupby(batch, key=lambda group: group.thing.kind):
                self._compare(kind, [group.thing for group in groups])
            yield len(batch)
        for kind, held in self._kinds.items():
            if held.count > held.found:
                self._lost(kind)

    @property
    def result(self) -> Comparison:
        """What came out, after ``run``."""
        return Comparison(counts=self._counts, held=sum(held.count for held in self._kinds.values()))

    def _compare(self, kind: str, things: Sequence[Thing]) -> None:
        shelf, held = shelf_of(kind), self._held(kind)
        if not held.stands:  # nobody has said anything of this kind yet
            self._judge([(Fate.ADDED, thing, None) for thing in things])
            return
        present = shelf.present(self._connection, self._source, kind, [thing.name for thing in things])
        held.found += sum(not one.withdrawn for one in present.values())
        self._stage.see(things)
        beside = [(thing, present.get(thing.name)) for thing in things]
        self._judge([(self._fate(shelf, thing, held), thing, held) for thing, held in beside])

    def _judge(self, judged: Sequence[tuple[Fate, Thing, Present | None]]) -> None:
        self._stage.judge(fate for fate, _, _ in judged)
        for fate, thing, held in judged:
            self._counts[fate] += 1
            if fate is not Fate.SAME and len(self.examples[fate]) < self._examples:
                self.examples[fate].append(self._example(thing, held))

    def _example(self, thing: Thing, held: Present | None) -> Example:
        return Example(
            kind=thing.kind,
            name=thing.name,
            row=thing.row,
            before=shelf_of(thing.kind).read(held.told) if held is not None else None,
            after=told_by(word_of(thing, self._source)[0]),
        )

    def _fate(self, shelf: Shelf, thing: Thing, held: Present | None) -> Fate:
        if held is None:
            return Fate.ADDED
        word, numbered = word_of(thing, self._source)
        if not numbered:
            word = in_sequence(word, held)
        if word.sequence < held.sequence:
            return Fate.OLDER
        if digest_of(word) == held.digest:
            return Fate.SAME
        if held.withdrawn:
            return Fate.ADDED
        ends = holds(shelf.read(held.told), self._at) and not holds(told_by(word), self._at)
        return Fate.ENDED if ends else Fate.CHANGED

    def _held(self, kind: str) -> _Held:
        if kind not in self._kinds:
            shelf = shelf_of(kind)
            stands = self._connection.execute(
                shelf.standing_of(self._source, kind, func.count())
            ).scalar_one()
            query = shelf.standing_of(self._source, kind, func.count()).where(~shelf.table.c.withdrawn)
            self._kinds[kind] = _Held(stands, self._connection.execute(query).scalar_one())
        return self._kinds[kind]

    def _lost(self, kind: str) -> None:
        shelf = shelf_of(kind)
        for batch in shelf.all_present(self._connection, self._source, kind):
            by_name = {one.name: one for one in batch}
            lost = [
                name
                for name in self._stage.unseen(kind, list(by_name))
                if lasts(shelf.read(by_name[name].told), self._at)
            ]
            self._counts[Fate.LOST] += len(lost)
            self._stage.lose(kind, lost)
            few = self.examples[Fate.LOST]
            few.extend(Example(kind=kind, name=name) for name in lost[: max(0, self._examples - len(few))])


def in_sequence(word: Statement | Episode, held: Present | None) -> Statement | Episode:
    """Give a sequence to a word of a file that names none.

    That of what stands, if the content is the same; else the next.
    """
    if held is None:
        return msgspec.structs.replace(word, sequence=_FIRST)
    same = msgspec.structs.replace(word, sequence=held.sequence)
    return (
        same if digest_of(same) == held.digest else msgspec.structs.replace(word, sequence=held.sequence + 1)
    )
