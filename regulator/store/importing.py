"""Puts a staged register file into SQL, batch by batch; what changed goes out by the desk's outbox."""

from collections import deque
from collections.abc import Iterator, Sequence, Sized
from itertools import groupby
from time import sleep

import msgspec

from regulator.domain.episodes import Episode
from regulator.domain.instants import Instant
from regulator.domain.licences import SourceName, Statement
from regulator.domain.register import Heartbeat, Source
from regulator.store import Connection, Store
from regulator.store.batches import in_batches
from regulator.store.beside import done_beside
from regulator.store.drafting import Drafted, Drafting, DraftingTask, decode_drafts, encode_groups
from regulator.store.drafts import Draft, draft_of
from regulator.store.driver_numbers import DriverNumbers
from regulator.store.endings import ended
from regulator.store.imports import ImportStore
from regulator.store.register import Heard, RegisterStore
from regulator.store.register_comparison import in_sequence
from regulator.store.shelves import shelf_of
from regulator.store.stage import Fate, Group, Stage
from regulator.wire.register_pieces import Thing, word_of

_AT_ONCE = 10_000
_BREATH_SECONDS = 0.02
"""After each batch: SQLite's lock knows no queue, and the desk must come to write between two of them."""

_TAKEN = (Fate.ADDED, Fate.CHANGED, Fate.ENDED, Fate.OLDER)


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Which file it is, when it was brought, and the number of its import."""

    source: SourceName
    file: str
    at: Instant
    number: int


def import_news(
    store: Store, stage: Stage, *, origin: Origin, whole: bool, encryption_key: bytes
) -> Iterator[int]:
    """Take what is new in a stage, one transaction a batch; yield how many things each held.

    What was taken before changes nothing, so an import that broke off is begun again and ends well.
    ``whole``: what the source holds and the file lacks is ended.
    """
    task = DraftingTask(source=origin.source, enclosing_key=stage.enclosing_key, sealing_key=encryption_key)
    for groups, drafted in _with_drafts(stage.news(_TAKEN), task):
        with store.writing() as connection:
            sealed = [one.sealed for one in drafted if one.sealed is not None]
            DriverNumbers(connection, encryption_key).keep_sealed(sealed)
            RegisterStore(connection).take(_told(connection, groups, drafted, origin))
        yield _after_a_breath(groups)
    for kind, of_kind in groupby(stage.lost() if whole else (), key=lambda thing: thing[0]):
        for lost in in_batches(of_kind, _AT_ONCE):
            with store.writing() as connection:
                names = [name for _, name in lost]
                RegisterStore(connection).take(_ended(connection, kind, names, origin))
            yield _after_a_breath(lost)


def _after_a_breath(batch: Sized) -> int:
    sleep(_BREATH_SECONDS)
    return len(batch)


def _with_drafts(
    groups: Iterator[Group], task: DraftingTask
) -> Iterator[tuple[Sequence[Group], Sequence[Drafted]]]:
    """Yield batches of things with their drafts, which are made in a process beside this one."""
    waiting: deque[Sequence[Group]] = deque()

    def encoded() -> Iterator[bytes]:
        for batch in in_batches(groups, _AT_ONCE):
            waiting.append(batch)
            yield encode_groups(batch)

    for drafts in done_beside(encoded(), Drafting, task, most_workers=1):
        yield waiting.popleft(), decode_drafts(drafts)


def finish(store: Store, number: int, *, at: Instant) -> int:
    """Note that an import is whole; return how many statements it changed."""
    with store.writing() as connection:
        return ImportStore(connection).end(number, at=at)


def vouch(store: Store, source: Source, *, complete_to: Instant, file: str, at: Instant) -> bool:
    """Let a source vouch for what it said up to an instant; False if it did so before."""
    beat = Heartbeat(source=source.name, complete_to=complete_to)
    with store.writing() as connection:
        return bool(RegisterStore(connection).take([Heard(content=beat, received_at=at, origin=file)]))


def _told(
    connection: Connection, groups: Sequence[Group], drafted: Sequence[Drafted], origin: Origin
) -> list[Heard]:
    """What the file says of things; one without a sequence is given one beside what stands now."""
    things = [group.thing for group in groups]
    unnumbered = [thing for thing, one in zip(things, drafted, strict=True) if not one.numbered]
    again = _numbered(connection, unnumbered, origin.source) if unnumbered else {}
    return [
        _as_heard(again.get(thing, one.draft) if again else one.draft, thing.row, origin)
        for thing, one in zip(things, drafted, strict=True)
    ]


def _numbered(connection: Connection, things: Sequence[Thing], source: SourceName) -> dict[Thing, Draft]:
    """Draft things anew of which something stands."""
    found = {}
    for kind, of_kind in groupby(things, key=lambda thing: thing.kind):
        by_name = {thing.name: thing for thing in of_kind}
        for name, held in shelf_of(kind).present(connection, source, kind, list(by_name)).items():
            word, _ = word_of(by_name[name], source)
            found[by_name[name]] = draft_of(in_sequence(word, held))
    return found


def _ended(connection: Connection, kind: str, names: Sequence[str], origin: Origin) -> list[Heard]:
    """What the file lacks, as it was up to now and no further."""
    if not names:
        return []
    shelf = shelf_of(kind)
    ids = [one.id for one in shelf.present(connection, origin.source, kind, names).values()]
    words = shelf.words(connection, ids)
    return [_as_heard(ended(word, origin.at), 0, origin) for word in words.values() if word is not None]


def _as_heard(content: Statement | Episode | Draft, row: int, origin: Origin) -> Heard:
    where = f"{origin.file}#{row}" if row else origin.file
    return Heard(content=content, received_at=origin.at, origin=where, import_number=origin.number)
