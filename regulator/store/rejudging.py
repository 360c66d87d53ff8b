"""Judges archived orders again, by the judge's own code, over the register as SQL has it: when the register
says something about them, and when rules, limits or areas are others than those they were judged under.

Orders are looked at and judged without any lock (``look``); what came of it is kept in a short
transaction of its own (``keep``). What changes in between is not missed: a word of the register that
touches an order asks for it anew, and an order that its judge holds again is left to it.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, select

from regulator.domain.findings import Because, FindingEvent
from regulator.domain.instants import Instant, from_rfc3339
from regulator.domain.licences import LicenceKind, SourceName
from regulator.domain.register import Sources, complete_to
from regulator.joins.offences import Offences
from regulator.joins.orders import Order
from regulator.judging.again import judge_again
from regulator.judging.announcing import Occasion, Reached
from regulator.judging.conclusions import Waiting
from regulator.judging.footing import Footing, footing_of
from regulator.judging.law import Law
from regulator.store.archive import Archived, ArchiveStore
from regulator.store.batches import among, rows_among
from regulator.store.changes import REGISTER, next_change
from regulator.store.footings import FootingStore, Passed
from regulator.store.register import RegisterStore
from regulator.store.register_extract import Extract
from regulator.store.rejudgements import Rejudgement, RejudgementStore
from regulator.store.schema import findings
from regulator.wire.said import key_said
from regulator.wire.violations import decode_violation

_AT_ONCE = 100
"""Orders of each kind of work in one step."""
_ARCHIVED = Because(source=SourceName(""), kind="archive")
_LIMITS = Because(source=SourceName(""), kind="limits")
_LAW = Because(source=SourceName(""), kind="law")
_RE_OFFENCE = "re_offence"
_log = logging.getLogger(__name__)


class Said(msgspec.Struct, frozen=True):
    """An event for the enforcement queue, and the feed's partition whose findings it is among."""

    feed: str
    partition: int
    event: FindingEvent


class Step(msgspec.Struct, frozen=True):
    """What a step came to: orders judged, those among them on which our own code failed, and what to say."""

    orders: int
    defects: int
    said: Sequence[Said]


class Judged(msgspec.Struct, frozen=True):
    """One order as it was judged; ``failed``: our own code failed on it."""

    order: Order
    said: Sequence[Said] = ()
    waiting: Sequence[Waiting] = ()
    changed: bool = False
    failed: bool = False


class Look(msgspec.Struct, frozen=True):
    """What is to be kept: orders as judged, how far whose orders are done, and who is to be taken up."""

    judged: Sequence[Judged]
    advances: Sequence[tuple[Rejudgement, Sequence[str], bool]]
    not_ours: frozenset[str]
    leaving: Sequence[Archived]
    passed: Passed | None = None


class Rejudging:
    """The archive's judge."""

    def __init__(self, law: Law, sources: Sources, *, areas: str = "") -> None:
        """``law``: what is in force; its register is replaced by SQL's. ``areas``: its areas' digest."""
        self._law = law
        self._sources = sources
        self._areas = areas

    def footing(self) -> Footing:
        """Say what is judged under; limits may change from one look to the next."""
        return footing_of(self._law, self._sources, areas=self._areas)

    def look(self, connection: Connection, *, at: Instant) -> Look | None:
        """Judge a little of what is to be judged; None: there is nothing to do."""
        work = _Work(connection, self._sources)
        work.take_reached()
        work.take_due()
        work.take_touched()
        leaving = ArchiveStore(connection).leaving(_AT_ONCE)
        if not (work.orders or work.advances or work.not_ours or leaving or work.passed):
            return None
        judged = self._judge(connection, work, at=at) if work.orders else ()
        return Look(judged, work.advances, frozenset(work.not_ours), leaving, work.passed)

    def keep(self, connection: Connection, look: Look, *, at: Instant) -> Step:
        """Keep what a look came to; return what is to be said in the same transaction."""
        next_change(connection)
        next_change(connection, REGISTER)
        store, queue = ArchiveStore(connection), RejudgementStore(connection)
        ours = store.ours(one.order for one in look.judged)
        judged = [one for one in look.judged if one.order.key in ours]
        store.write(one.order for one in judged if one.changed)
        gone = look.not_ours | ({one.order.key for one in look.judged} - ours)
        store.wait({**dict.fromkeys(gone, ()), **{one.order.key: one.waiting for one in judged}})
        for one, keys, finished in look.advances:
            if finished:
                queue.finish(one)
            else:
                queue.advance(one, cursor=keys[-1], more=len(keys))
        if look.passed is not None:
            FootingStore(connection).advance(look.passed, at=at)
        store.take_up(look.leaving)
        said = [event for one in judged for event in one.said]
        return Step(len(judged), sum(one.failed for one in judged), said)

    def _judge(self, connection: Connection, work: "_Work", *, at: Instant) -> Sequence[Judged]:
        archived = list(work.orders.values())
        extract = Extract(connection, self._sources, (one.order for one in archived))
        offences = _offences(connection, extract)
        law = msgspec.structs.replace(self._law, register=extract.index, offences=offences)
        reached = work.reached(at)
        return [_judge_one(one, law, reached[one.order.key]) for one in archived]


def _judge_one(one: Archived, law: Law, reached: Reached) -> Judged:
    try:
        judged = judge_again(one.order, law, feed=one.feed, partition=one.partition, reached=reached)
    except Exception as failure:  # one order's defect must not hurt its neighbours
        _log.error("an archived order could not be judged again", exc_info=failure)
        return Judged(one.order, failed=True)
    said = [Said(one.feed, one.partition, event) for event in judged.events]
    return Judged(one.order, said, _still(judged.waiting, law), judged.changed)


class _Work:
    """What one step judges, and why."""

    def __init__(self, connection: Connection, sources: Sources) -> None:
        self.orders: dict[str, Archived] = {}
        self._store = ArchiveStore(connection)
        self._queue = RejudgementStore(connection)
        self._footings = FootingStore(connection)
        self._beats = _Beats(connection, sources)
        self.advances: list[tuple[Rejudgement, Sequence[str], bool]] = []
        self.not_ours: set[str] = set()
        self._due: dict[str, LicenceKind] = {}
        self.passed: Passed | None = None
        self._touched: dict[str, Occasion] = {}

    def take_reached(self) -> None:
        """Take orders of subjects of whom the register said something."""
        room = _AT_ONCE
        for one in self._queue.first(_AT_ONCE):
            if room <= 0:
                return
            found, keys = self._store.reached(one, room)
            self._take(found)
            self.advances.append((one, keys, len(keys) < room))
            room -= max(1, len(keys))

    def take_due(self) -> None:
        """Take orders that waited for the register to be complete, and those that were just taken up."""
        for kind in (None, *LicenceKind):
            complete_to = self._beats.complete_to(kind) if kind is not None else None
            due, not_ours = self._store.due(kind, complete_to, _AT_ONCE)
            if kind is not None:
                self._due.update((one.order.key, kind) for one in due)
            self.not_ours |= not_ours
            self._take(due)

    def take_touched(self) -> None:
        """Take orders judged under other rules, limits or areas: as many as the rest leaves room for."""
        room, job = _AT_ONCE - len(self.orders), self._footings.job()
        if job is None or room <= 0:
            return
        found, places = self._footings.next(job, room)
        self._take(found)
        occasion = Occasion(job.noticed_at, _LIMITS if job.touched.limits else _LAW)
        self._touched = {one.order.key: occasion for one in found}
        cursor = places[-1] if places else job.cursor
        self.passed = Passed(job, cursor, len(places), finished=len(places) < room)

    def reached(self, at: Instant) -> Mapping[str, Reached]:
        """Say of each order why it is judged."""
        named = {key: {*one.subjects, one.order.company} for key, one in self.orders.items()}
        about = self._queue.about({subject for subjects in named.values() for subject in subjects})
        return {
            key: self._reached(key, (one for subject in subjects for one in about.get(subject, ())), at)
            for key, subjects in named.items()
        }

    def _take(self, found: Iterable[Archived]) -> None:
        self.orders.update((one.order.key, one) for one in found)

    def _reached(self, key: str, asked: Iterable[Rejudgement], at: Instant) -> Reached:
        reached: Reached = {one.kind: Occasion(one.arrived_at, one.because) for one in asked}
        if key in self._touched:
            reached.setdefault(None, self._touched[key])
        kind = self._due.get(key)
        if kind is not None and kind not in reached:
            reached[kind] = self._beats.occasion(kind, at)
        return reached or {None: Occasion(at, _ARCHIVED)}


class _Beats:
    """What the sources vouch for."""

    def __init__(self, connection: Connection, sources: Sources) -> None:
        self._sources = sources
        self._beats = RegisterStore(connection).heartbeats()

    def complete_to(self, kind: LicenceKind) -> Instant | None:
        return complete_to(kind, self._sources, self._beats)

    def occasion(self, kind: LicenceKind, at: Instant) -> Occasion:
        """Name the heartbeat by which a kind is complete: of the sources required, the one least far."""
        beats = self._beats
        required = [one for one in self._sources.values() if one.required and kind in one.kinds]
        last = min(required, key=lambda one: (beats[one.name] + one.grace, one.name))
        return Occasion(at, Because(source=last.name, kind="heartbeat", complete_to=beats[last.name]))


def _still(waiting: Sequence[Waiting], law: Law) -> Sequence[Waiting]:
    """Leave out what has come: to wait for that would be to be judged again for ever."""
    return [one for one in waiting if one.until > (law.register.complete_to(one.kind) or one.until - 1)]


def _offences(connection: Connection, extract: Extract) -> Offences:
    """Return the standing re-offences of those whom the episodes at hand name."""
    offences = Offences()
    named = {subject for episode in extract.episodes for subject in episode.subjects}
    for column in (findings.c.vehicle, findings.c.driver):
        query = select(findings.c.event).where(
            findings.c.rule == _RE_OFFENCE, findings.c.standing, among(column)
        )
        for row in rows_among(connection, query, sorted(named)):
            event = decode_violation(row["event"].encode())
            offences.add(event.subject, key_said(event), from_rfc3339(event.at))
    return offences
