"""Judges archived orders again, by the judge's own code, over the register as SQL has it.

A step is small and done whole or not at all: the orders as judged, what is to be said about them
and how far the work is done are one transaction of the caller's. It holds the locks of whoever
writes orders and of whoever changes the register, so that no change is missed between two steps.
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
from regulator.judging.law import Law
from regulator.store.archive import Archived, ArchiveStore
from regulator.store.batches import among, rows_among
from regulator.store.changes import REGISTER, next_change
from regulator.store.register import RegisterStore
from regulator.store.register_extract import Extract
from regulator.store.rejudgements import Rejudgement, RejudgementStore
from regulator.store.schema import findings
from regulator.wire.said import key_said
from regulator.wire.violations import decode_violation

_AT_ONCE = 100
"""Orders of each kind of work in one step."""
_ARCHIVED = Because(source=SourceName(""), kind="archive")
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


class Rejudging:
    """The archive's judge."""

    def __init__(self, law: Law, sources: Sources) -> None:
        """``law``: what is in force; its register is replaced by SQL's."""
        self._law = law
        self._sources = sources

    def has_work(self, connection: Connection) -> bool:
        """Tell whether there is anything to be done: asked often, without any lock."""
        store, beats = ArchiveStore(connection), _Beats(connection, self._sources)
        if RejudgementStore(connection).first(1) or store.leaving(1):
            return True
        return any(store.is_due(kind, beats.complete_to(kind)) for kind in LicenceKind)

    def step(self, connection: Connection, *, at: Instant) -> Step:
        """Do a little of what is to be done."""
        next_change(connection)
        next_change(connection, REGISTER)
        work = _Work(connection, self._sources)
        work.take_reached()
        work.take_due()
        work.take_leaving()
        step = self._judge(connection, work, at=at) if work.orders else Step(0, 0, ())
        work.advance()
        return step

    def _judge(self, connection: Connection, work: "_Work", *, at: Instant) -> Step:
        archived = list(work.orders.values())
        extract = Extract(connection, self._sources, (one.order for one in archived))
        offences = _offences(connection, extract)
        law = msgspec.structs.replace(self._law, register=extract.index, offences=offences)
        reached = work.reached(at)
        said: list[Said] = []
        changed: list[Order] = []
        waiting: dict[str, Sequence[Waiting]] = {}
        defects = 0
        for one in archived:
            order = one.order
            try:
                judged = judge_again(
                    order, law, feed=one.feed, partition=one.partition, reached=reached[order.key]
                )
            except Exception as failure:  # one order's defect must not hurt its neighbours
                _log.error("an archived order could not be judged again", exc_info=failure)
                defects += 1
                waiting[order.key] = ()
                continue
            said += [Said(one.feed, one.partition, event) for event in judged.events]
            changed += [order] if judged.changed else []
            waiting[order.key] = _still(judged.waiting, law)
        store = ArchiveStore(connection)
        store.write(changed)
        store.wait(waiting)
        store.index(one for one in archived if one.leaving)
        return Step(len(archived), defects, said)


class _Work:
    """What one step judges, and why."""

    def __init__(self, connection: Connection, sources: Sources) -> None:
        self.orders: dict[str, Archived] = {}
        self._store = ArchiveStore(connection)
        self._queue = RejudgementStore(connection)
        self._beats = _Beats(connection, sources)
        self._advances: list[tuple[Rejudgement, Sequence[str], bool]] = []
        self._due: dict[str, LicenceKind] = {}

    def take_reached(self) -> None:
        """Take orders of subjects of whom the register said something."""
        room = _AT_ONCE
        for one in self._queue.first(_AT_ONCE):
            if room <= 0:
                return
            found, keys = self._store.reached(one, room)
            self._take(found)
            self._advances.append((one, keys, len(keys) < room))
            room -= max(1, len(keys))

    def take_due(self) -> None:
        """Take orders that waited for the register to be complete."""
        for kind in LicenceKind:
            due = self._store.due(kind, self._beats.complete_to(kind), _AT_ONCE)
            self._due.update((one.order.key, kind) for one in due)
            self._take(due)

    def take_leaving(self) -> None:
        """Take up orders that judges let go of."""
        self._take(self._store.leaving(_AT_ONCE))

    def reached(self, at: Instant) -> Mapping[str, Reached]:
        """Say of each order why it is judged."""
        named = {key: {*one.subjects, one.order.company} for key, one in self.orders.items()}
        about = self._queue.about({subject for subjects in named.values() for subject in subjects})
        return {
            key: self._reached(key, (one for subject in subjects for one in about.get(subject, ())), at)
            for key, subjects in named.items()
        }

    def advance(self) -> None:
        """Note how far the work is done."""
        for one, keys, finished in self._advances:
            if finished:
                self._queue.finish(one)
            else:
                self._queue.advance(one, cursor=keys[-1], more=len(keys))

    def _take(self, found: Iterable[Archived]) -> None:
        self.orders.update((one.order.key, one) for one in found)

    def _reached(self, key: str, asked: Iterable[Rejudgement], at: Instant) -> Reached:
        reached: Reached = {one.kind: Occasion(one.arrived_at, one.because) for one in asked}
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
