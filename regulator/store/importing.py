"""Puts a staged register file into SQL, batch by batch; what changed goes out by the desk's outbox."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from time import sleep

import msgspec

from regulator.domain.episodes import Episode
from regulator.domain.instants import Instant
from regulator.domain.licences import SourceName, Statement
from regulator.domain.register import Heartbeat, Source
from regulator.store import Connection, Store
from regulator.store.batches import in_batches
from regulator.store.driver_numbers import DriverNumbers
from regulator.store.endings import ended
from regulator.store.imports import ImportStore
from regulator.store.register import Heard, RegisterStore
from regulator.store.register_comparison import in_sequence
from regulator.store.shelves import shelf_of
from regulator.store.stage import Fate, News, Stage
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
    fates = (*_TAKEN, Fate.LOST) if whole else _TAKEN
    for batch in in_batches(stage.news(fates), _AT_ONCE):
        with store.writing() as connection:
            numbers = [one.group.sealed for one in batch if one.group.sealed is not None]
            DriverNumbers(connection, encryption_key).keep_sealed(numbers)
            RegisterStore(connection).take(_heard(connection, batch, origin))
        sleep(_BREATH_SECONDS)
        yield len(batch)


def finish(store: Store, number: int, *, at: Instant) -> int:
    """Note that an import is whole; return how many statements it changed."""
    with store.writing() as connection:
        return ImportStore(connection).end(number, at=at)


def vouch(store: Store, source: Source, *, complete_to: Instant, file: str, at: Instant) -> bool:
    """Let a source vouch for what it said up to an instant; False if it did so before."""
    beat = Heartbeat(source=source.name, complete_to=complete_to)
    with store.writing() as connection:
        return bool(RegisterStore(connection).take([Heard(content=beat, received_at=at, origin=file)]))


def _heard(connection: Connection, batch: Sequence[News], origin: Origin) -> list[Heard]:
    heard = []
    for kind, of_kind in groupby(batch, key=lambda one: one.group.thing.kind):
        news = list(of_kind)
        lost = [one.group.thing.name for one in news if one.fate is Fate.LOST]
        heard += _told(
            connection, kind, [one.group.thing for one in news if one.fate is not Fate.LOST], origin
        )
        heard += _ended(connection, kind, lost, origin)
    return heard


def _told(connection: Connection, kind: str, things: Sequence[Thing], origin: Origin) -> list[Heard]:
    """What the file says of things; one without a sequence is given one beside what stands now."""
    words = [word_of(thing, origin.source) for thing in things]
    unnumbered = [thing.name for thing, (_, numbered) in zip(things, words, strict=True) if not numbered]
    present = shelf_of(kind).present(connection, origin.source, kind, unnumbered) if unnumbered else {}
    return [
        _as_heard(word if numbered else in_sequence(word, present.get(thing.name)), thing.row, origin)
        for thing, (word, numbered) in zip(things, words, strict=True)
    ]


def _ended(connection: Connection, kind: str, names: Sequence[str], origin: Origin) -> list[Heard]:
    """What the file lacks, as it was up to now and no further."""
    if not names:
        return []
    shelf = shelf_of(kind)
    ids = [one.id for one in shelf.present(connection, origin.source, kind, names).values()]
    words = shelf.words(connection, ids)
    return [_as_heard(ended(word, origin.at), 0, origin) for word in words.values() if word is not None]


def _as_heard(word: Statement | Episode, row: int, origin: Origin) -> Heard:
    where = f"{origin.file}#{row}" if row else origin.file
    return Heard(content=word, received_at=origin.at, origin=where, import_number=origin.number)
