"""Under which rules, limits and areas archived orders were judged, and how far they are brought to others.

One job at a time: another change while one is under way begins a job that reaches what either reaches.
"""

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from regulator.domain.instants import Instant
from regulator.judging.footing import EVERYTHING, Footing, Touched, touched_by
from regulator.store.archive import TAKEN_UP, Archived, archived, columns_of_archived
from regulator.store.orders import HeldBy
from regulator.store.schema import footings, order_waits, orders

_footing = msgspec.json.Decoder(Footing)
_touched = msgspec.json.Decoder(Touched)
_encode = msgspec.json.Encoder(order="deterministic").encode
_IS_OURS = orders.c.held_by == HeldBy.ARCHIVE.value

Place = tuple[Instant, str, str]
"""Where an order comes: when it was last heard of, its company, its number or login string."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Orders to be judged again because what they were judged under is another; ``cursor``: the last done."""

    number: int
    touched: Touched
    noticed_at: Instant
    cursor: Place
    total: int
    done: int

    @property
    def left(self) -> int:
        """How many are still to be done; what was taken up since it began is not among them."""
        return max(0, self.total - self.done)


class Plan(msgspec.Struct, frozen=True):
    """Another footing, whom it touches, and of how many orders that is to be found out."""

    footing: Footing
    touched: Touched | None
    total: int


class Passed(msgspec.Struct, frozen=True):
    """How far a job came in one step."""

    job: Job
    cursor: Place
    orders: int
    finished: bool


class FootingStore:
    """The footings one after the other; the newest is what the archive is judged under."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plan(self, footing: Footing) -> Plan | None:
        """Say what a footing asks for; None: it is the one on which the archive stands.

        An archive that stands on none that is known is judged again from its beginning.
        """
        newest = self._newest()
        if newest is None:
            return self._planned(footing, EVERYTHING)
        known = _footing.decode(newest["document"])
        if known == footing:
            return None
        touched, job = touched_by(known, footing), _job(newest)
        if job is not None:
            touched = job.touched if touched is None else touched.and_(job.touched)
        return self._planned(footing, touched)

    def begin(self, plan: Plan, *, at: Instant) -> None:
        """Let the archive stand on another footing, and what that touches be judged again."""
        touched = plan.touched
        row = {
            "document": _encode(plan.footing).decode(),
            "touched": _encode(touched).decode() if touched is not None else None,
            "noticed_at": at,
            "cursor_at": touched.since if touched is not None else 0,
            "cursor_company": "",
            "cursor_key": "",
            "total": plan.total,
            "done": 0,
            "finished_at": None if plan.total else at,
        }
        self._connection.execute(insert(footings), row)
        if touched is not None:
            self._take_up_those_ahead(touched.since)

    def job(self) -> Job | None:
        """Return what is under way."""
        newest = self._newest()
        return None if newest is None else _job(newest)

    def next(self, job: Job, limit: int) -> tuple[list[Archived], list[Place]]:
        """Return the next orders that a job reaches, and the places of all that were looked at for it."""
        place = (orders.c.updated_at, orders.c.company, orders.c.key)
        query = select(*columns_of_archived(), orders.c.updated_at).where(
            _IS_OURS, orders.c.state.is_not(None), _after(job.cursor)
        )
        rows = self._connection.execute(query.order_by(*place).limit(limit)).mappings().all()
        found = [archived(row) for row in rows]
        places = [(Instant(row["updated_at"]), row["company"], row["key"]) for row in rows]
        return [one for one in found if job.touched.reaches(one.order)], places

    def advance(self, passed: Passed, *, at: Instant) -> None:
        """Note how far a job is."""
        when, company, key = passed.cursor
        fresh = {
            "cursor_at": when,
            "cursor_company": company,
            "cursor_key": key,
            "done": passed.job.done + passed.orders,
            "finished_at": at if passed.finished else None,
        }
        self._connection.execute(update(footings).where(footings.c.number == passed.job.number).values(fresh))

    def _planned(self, footing: Footing, touched: Touched | None) -> Plan:
        return Plan(footing, touched, 0 if touched is None else self._count(touched.since))

    def _count(self, since: Instant) -> int:
        query = select(func.count()).where(_IS_OURS, orders.c.updated_at >= since)
        return int(self._connection.execute(query).scalar_one())

    def _newest(self) -> RowMapping | None:
        query = select(footings).order_by(footings.c.number.desc()).limit(1)
        return self._connection.execute(query).mappings().first()

    def _take_up_those_ahead(self, since: Instant) -> None:
        """Orders that were heard of before, and claim to be of later: few, and judged as soon as may be."""
        ahead = select(orders.c.company + "|" + orders.c.key, literal(TAKEN_UP), literal(0)).where(
            orders.c.ahead_at >= since, orders.c.updated_at < since, _IS_OURS
        )
        waits = select(order_waits.c.order_key).where(order_waits.c.kind == TAKEN_UP)
        new = ahead.where((orders.c.company + "|" + orders.c.key).not_in(waits))
        self._connection.execute(insert(order_waits).from_select(["order_key", "kind", "until"], new))


def _after(cursor: Place) -> ColumnElement[bool]:
    at, company, key = cursor
    later_key = tuple_(orders.c.company, orders.c.key) > tuple_(literal(company), literal(key))
    return and_(
        orders.c.updated_at >= at,
        or_(orders.c.updated_at > at, later_key),
    )


def _job(row: RowMapping) -> Job | None:
    if row["finished_at"] is not None or row["touched"] is None:
        return None
    return Job(
        number=row["number"],
        touched=_touched.decode(row["touched"]),
        noticed_at=row["noticed_at"],
        cursor=(row["cursor_at"], row["cursor_company"], row["cursor_key"]),
        total=row["total"],
        done=row["done"],
    )
