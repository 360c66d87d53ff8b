"""Which archived orders are to be judged again, and why: written with the change that asks for it.

Not one row an order but one a subject, with how far its orders were judged: a word that touches
100,000 orders costs whoever takes it no more than one that touches ten.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, select, update

from regulator.domain.findings import Because
from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind, Subject
from regulator.domain.register import (
    Mileage,
)
from regulator.judging.because import because_of
from regulator.store.batches import among, rows_among
from regulator.store.changes import REGISTER, last_change
from regulator.store.drafts import Change
from regulator.store.orders import HeldBy
from regulator.store.schema import order_subjects, orders, rejudgements
from regulator.store.upserts import upsert
from regulator.store.watched import episodes_naming

_encoder = msgspec.json.Encoder()
_because = msgspec.json.Decoder(Because)
_COMPANIES = LicenceKind.PLATFORM_PERMIT

_Wanted = dict[tuple[Subject, LicenceKind | None], Change | Mileage]


class Rejudgement(msgspec.Struct, frozen=True, kw_only=True):
    """A subject whose orders are judged again, in the order of their keys; ``cursor``: the last one done.

    ``kind`` is that of the licence the register spoke of; None where it spoke of something else.
    ``total`` is None of a company, whose orders nobody counts beforehand.
    """

    subject: Subject
    kind: LicenceKind | None
    because: Because
    arrived_at: Instant
    cursor: str
    total: int | None
    done: int
    change: int
    """The number of the register's change that asked: another one begins anew."""

    @property
    def of_a_company(self) -> bool:
        """Tell whether every order of a company is meant."""
        return self.kind is _COMPANIES

    @property
    def case(self) -> str:
        """The number or login string of the last order done."""
        return self.cursor.partition("|")[2]


class Progress(msgspec.Struct, frozen=True):
    """How much is to be judged again: subjects, their orders, and how many of these are done."""

    subjects: int
    total: int
    done: int


class RejudgementStore:
    """A queue of subjects, the longest waiting first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, changes: Iterable[Change | Mileage], *, at: Instant) -> None:
        """Let what changes touch be judged again; a subject that waits already begins anew.

        Whoever changes the register calls it in the same transaction, with the right to write.
        """
        wanted: _Wanted = {}
        for change in changes:
            kind, subjects = _about(change)
            for subject in subjects:
                wanted[subject, kind] = change
        for (other, kind), change in self._watched_with(wanted).items():
            wanted.setdefault((other, kind), change)
        counts = self._counted({subject for subject, kind in wanted if kind is not _COMPANIES})
        number = last_change(self._connection, REGISTER)
        rows = [
            {**_row(subject, kind, change, at=at, total=counts.get(subject)), "change": number}
            for (subject, kind), change in wanted.items()
            if subject in counts or (kind is _COMPANIES and self._has_orders(subject))
        ]
        upsert(self._connection, rejudgements, rows)

    def first(self, limit: int) -> list[Rejudgement]:
        """Return who waits the longest."""
        query = select(rejudgements).order_by(rejudgements.c.arrived_at, rejudgements.c.subject).limit(limit)
        return [_read(row) for row in self._connection.execute(query).mappings()]

    def about(self, subjects: Iterable[str]) -> Mapping[str, Sequence[Rejudgement]]:
        """Return what is waiting to be done about subjects."""
        query = select(rejudgements).where(among(rejudgements.c.subject))
        found: dict[str, list[Rejudgement]] = {}
        for row in rows_among(self._connection, query, sorted(subjects)):
            found.setdefault(row["subject"], []).append(_read(row))
        return found

    def advance(self, one: Rejudgement, *, cursor: str, more: int) -> None:
        """Note how far a subject's orders are done, unless they are asked for anew."""
        fresh = {"cursor": cursor, "done": one.done + more}
        self._connection.execute(update(rejudgements).where(_is(one)).values(fresh))

    def finish(self, one: Rejudgement) -> None:
        """Let go of a subject whose orders are all done, unless they are asked for anew."""
        self._connection.execute(delete(rejudgements).where(_is(one)))

    def progress(self) -> Progress:
        """Say how much there is to do and how much of it is done; companies' orders are counted now."""
        sums = (func.coalesce(func.sum(rejudgements.c[name]), 0) for name in ("total", "done"))
        subjects, total, done = self._connection.execute(select(func.count(), *sums)).one()
        companies = select(rejudgements).where(rejudgements.c.total.is_(None))
        rows = self._connection.execute(companies).mappings().all()
        total += sum(one.done + self._left_of_company(one) for one in map(_read, rows))
        return Progress(int(subjects), int(total), int(done))

    def _left_of_company(self, one: Rejudgement) -> int:
        query = select(func.count()).where(
            orders.c.company == one.subject,
            orders.c.held_by == HeldBy.ARCHIVE.value,
            orders.c.key > one.case,
        )
        return int(self._connection.execute(query).scalar_one())

    def _watched_with(self, wanted: _Wanted) -> _Wanted:
        """Whom the subjects' episodes name besides: one's licence may close the other's episode."""
        licensed = {s for s, kind in wanted if kind is not None and kind is not _COMPANIES}
        others: dict[Subject, set[Subject]] = {}
        for episode in episodes_naming(self._connection, licensed).values():
            for subject in episode.subjects:
                others.setdefault(subject, set()).update(episode.subjects)
        return {
            (other, kind): change
            for (subject, kind), change in wanted.items()
            if kind is not None
            for other in others.get(subject, ())
        }

    def _counted(self, subjects: Iterable[Subject]) -> dict[str, int]:
        column = order_subjects.c.subject
        query = select(column, func.count().label("orders")).where(among(column)).group_by(column)
        rows = rows_among(self._connection, query, sorted(subjects))
        return {row["subject"]: row["orders"] for row in rows}

    def _has_orders(self, company: Subject) -> bool:
        query = select(orders.c.key).where(orders.c.company == company).limit(1)
        return self._connection.execute(query).first() is not None


def _about(change: Change | Mileage) -> tuple[LicenceKind | None, Sequence[Subject]]:
    """Return of what kind a change is, and whose answers it may have changed."""
    if isinstance(change, Change):
        return change.draft.kind, change.subjects
    return None, (Subject(change.vehicle),)


def _row(
    subject: Subject, kind: LicenceKind | None, change: Change | Mileage, *, at: Instant, total: int | None
) -> dict[str, object]:
    told = change.told() if isinstance(change, Change) else change
    return {
        "subject": subject,
        "kind": kind.value if kind is not None else "",
        "because": _encoder.encode(because_of(told)).decode(),
        "arrived_at": at,
        "cursor": "",
        "total": total,
        "done": 0,
    }


def _read(row: RowMapping) -> Rejudgement:
    kind = row["kind"]
    return Rejudgement(
        subject=row["subject"],
        kind=LicenceKind(kind) if kind else None,
        because=_because.decode(row["because"]),
        arrived_at=row["arrived_at"],
        cursor=row["cursor"],
        total=row["total"],
        done=row["done"],
        change=row["change"],
    )


def _is(one: Rejudgement) -> ColumnElement[bool]:
    kind = one.kind.value if one.kind is not None else ""
    same = rejudgements.c.change == one.change
    return and_(rejudgements.c.subject == one.subject, rejudgements.c.kind == kind, same)
