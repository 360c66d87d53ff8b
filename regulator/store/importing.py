"""Puts a staged register file into SQL, batch by batch; what changed goes out by the desk's outbox."""

from collections.abc import Iterator, Sequence
from itertools import groupby

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
from regulator.store.register_comparison import said
from regulator.store.shelves import Present, shelf_of
from regulator.store.stage import Fate, News, Stage

_AT_ONCE = 2_000
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
        shelf = shelf_of(kind)
        names = [one.group.thing.name for one in news]
        present = shelf.present(connection, origin.source, kind, names)
        lacking = [present.get(one.group.thing.name) for one in news if one.fate is Fate.LOST]
        lost = _lost(connection, kind, [one.id for one in lacking if one is not None])
        for one in news:
            word = _word(one, origin, present.get(one.group.thing.name), lost)
            if word is not None:
                heard.append(_as_heard(word, one, origin))
    return heard


def _word(
    news: News, origin: Origin, held: Present | None, lost: dict[int, Statement | Episode | None]
) -> Statement | Episode | None:
    if news.fate is not Fate.LOST:
        return said(news.group.thing, origin.source, held)
    word = lost.get(held.id) if held is not None else None
    return ended(word, origin.at) if word is not None else None


def _lost(connection: Connection, kind: str, ids: Sequence[int]) -> dict[int, Statement | Episode | None]:
    shelf = shelf_of(kind)
    return dict(shelf.words(connection, shelf.table.c.id.in_(ids))) if ids else {}


def _as_heard(word: Statement | Episode, news: News, origin: Origin) -> Heard:
    row = news.group.thing.row
    where = f"{origin.file}#{row}" if row else origin.file
    return Heard(content=word, received_at=origin.at, origin=where, import_number=origin.number)
