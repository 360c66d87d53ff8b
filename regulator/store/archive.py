"""Orders that no judge holds any more: kept for ever, found by whom they name and what they wait for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Update,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    update,
)

from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind
from regulator.domain.orders import CompanyId
from regulator.joins.orders import Order, key_of
from regulator.judging.conclusions import Waiting
from regulator.store.batches import among, rows_among
from regulator.store.orders import HeldBy
from regulator.store.rejudgements import Rejudgement
from regulator.store.schema import order_subjects, order_waits, orders
from regulator.store.upserts import insert_new
from regulator.wire.orders import decode_order, encode_order

TAKEN_UP = "taken_up"
"""What an order waits for that is to be judged as soon as may be."""
_IS_LEAVING = orders.c.held_by == literal_column(f"'{HeldBy.LEAVING}'")
"""Spelt as its index is: a value that is bound later finds no partial index."""
_COLUMNS = ("company", "key", "state", "feed", "partition")


class Archived(msgspec.Struct, frozen=True):
    """An order as SQL has it, and where its platform reported it."""

    order: Order
    feed: str
    partition: int

    @property
    def subjects(self) -> set[str]:
        """Every car and driver that it names."""
        named = (
            who for filing in self.order.reports for who in (filing.report.vehicle, filing.report.driver)
        )
        return {who for who in named if who}


class ArchiveStore:
    """Reads orders to be judged again and writes what came of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def leaving(self, limit: int) -> list[Archived]:
        """Return orders that judges let go of, the quietest first."""
        query = _select().where(_IS_LEAVING)
        rows = self._connection.execute(query.order_by(orders.c.updated_at).limit(limit)).mappings()
        return list(map(archived, rows))

    def cases(self, company: CompanyId) -> set[str]:
        """Return the numbers and login strings of a company's orders that are judged here."""
        query = select(orders.c.key).where(
            orders.c.company == company, orders.c.held_by == HeldBy.ARCHIVE.value
        )
        return set(self._connection.execute(query).scalars())

    def left(self) -> int:
        """Count the orders that judges let go of and nobody has taken up."""
        query = select(func.count()).where(_IS_LEAVING, orders.c.state.is_not(None))
        return int(self._connection.execute(query).scalar_one())

    def due(
        self, kind: LicenceKind | None, complete_to: Instant | None, limit: int
    ) -> tuple[list[Archived], set[str]]:
        """Return orders that waited for the register of a kind to be complete up to some instant.

        ``kind`` None: those that were just taken up. Beside them the keys of those that a judge holds
        again: they wait there, and no longer here.
        """
        keys = set(self._due(kind, complete_to, limit))
        found = self._orders(keys)
        return found, keys - {one.order.key for one in found}

    def reached(self, one: Rejudgement, limit: int) -> tuple[list[Archived], Sequence[str]]:
        """Return a subject's next orders, and the keys up to the last of them."""
        keys = self._keys_of_company(one, limit) if one.of_a_company else self._keys(one, limit)
        return self._orders(keys), keys

    def ours(self, judged: Iterable[Order]) -> set[str]:
        """Return the keys of those that no judge holds again."""
        keys = {(order.company, order.case) for order in judged}
        query = select(orders.c.company, orders.c.key).where(
            orders.c.company.in_(sorted({company for company, _ in keys})),
            among(orders.c.key),
            orders.c.held_by == HeldBy.ARCHIVE.value,
        )
        rows = rows_among(self._connection, query, sorted({case for _, case in keys})) if keys else ()
        found = {(row["company"], row["key"]) for row in rows}
        return {key_of(company, case) for company, case in found & keys}

    def take_up(self, left: Sequence[Archived]) -> None:
        """Take orders up: from now on the register reaches them here. Each is to be judged once at first.

        Their judge may have let go of them before it heard what the desk had already taken in.
        """
        if not left:
            return
        rows = [
            {"subject": subject, "order_key": one.order.key}
            for one in left
            for subject in sorted(one.subjects)
        ]
        insert_new(self._connection, order_subjects, rows)
        self._connection.execute(
            _IS_OURS, [{"of": one.order.company, "case": one.order.case} for one in left]
        )
        at_once = [{"order_key": one.order.key, "kind": TAKEN_UP, "until": 0} for one in left]
        insert_new(self._connection, order_waits, at_once)

    def wait(self, waiting: Mapping[str, Sequence[Waiting]]) -> None:
        """Let orders wait for this and nothing else."""
        if not waiting:
            return
        self._connection.execute(
            delete(order_waits).where(order_waits.c.order_key.in_(sorted(waiting))),
        )
        rows = [
            {"order_key": key, "kind": one.kind.value, "until": one.until}
            for key, all_of_it in waiting.items()
            for one in all_of_it
        ]
        insert_new(self._connection, order_waits, rows)

    def write(self, changed: Iterable[Order]) -> None:
        """Keep orders as they have been judged."""
        rows = [
            {"of": order.company, "case": order.case, "now": encode_order(order).decode()}
            for order in changed
        ]
        if rows:
            self._connection.execute(_STANDS_SO, rows)

    def _due(self, kind: LicenceKind | None, complete_to: Instant | None, limit: int) -> Sequence[str]:
        if kind is not None and complete_to is None:
            return ()
        query = select(order_waits.c.order_key).where(
            order_waits.c.kind == (kind.value if kind is not None else TAKEN_UP),
            order_waits.c.until <= (complete_to or 0),
        )
        return self._connection.execute(query.order_by(order_waits.c.until).limit(limit)).scalars().all()

    def _keys(self, one: Rejudgement, limit: int) -> Sequence[str]:
        column = order_subjects.c.order_key
        query = select(column).where(order_subjects.c.subject == one.subject, column > one.cursor)
        return self._connection.execute(query.order_by(column).limit(limit)).scalars().all()

    def _keys_of_company(self, one: Rejudgement, limit: int) -> Sequence[str]:
        query = select(orders.c.key).where(
            orders.c.company == one.subject,
            orders.c.held_by == HeldBy.ARCHIVE.value,
            orders.c.key > one.case,
        )
        cases = self._connection.execute(query.order_by(orders.c.key).limit(limit)).scalars()
        return [f"{one.subject}|{case}" for case in cases]

    def _orders(self, keys: Iterable[str]) -> list[Archived]:
        """Return the orders with these keys, but for those that a judge holds again."""
        parts = {tuple(key.split("|", 1)) for key in keys}
        query = _select().where(
            orders.c.company.in_(sorted({company for company, _ in parts})),
            among(orders.c.key),
            orders.c.held_by == HeldBy.ARCHIVE.value,
        )
        rows = rows_among(self._connection, query, sorted({case for _, case in parts}))
        return [archived(row) for row in rows if (row["company"], row["key"]) in parts]


def columns_of_archived() -> list[ColumnElement[Any]]:
    """Return what is to be read of an archived order."""
    return [orders.c[name] for name in _COLUMNS]


def _select() -> Select[tuple[object, ...]]:
    return select(*columns_of_archived()).where(orders.c.state.is_not(None))


def archived(row: RowMapping) -> Archived:
    """Return a row of ``orders`` as a value."""
    return Archived(decode_order(row["state"].encode()), row["feed"], row["partition"])


def _of_one() -> Update:
    return update(orders).where(orders.c.company == bindparam("of"), orders.c.key == bindparam("case"))


_IS_OURS = _of_one().where(orders.c.held_by == HeldBy.LEAVING.value).values(held_by=HeldBy.ARCHIVE.value)
_STANDS_SO = _of_one().values(state=bindparam("now"))
