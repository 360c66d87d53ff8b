"""How many orders of a day and district were reported whole and true, kept as their states come."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from regulator.domain.instants import day_of
from regulator.quality.orders import Mark, OrderSeen
from regulator.store.base_facts import FactKind
from regulator.store.batches import among, rows_among
from regulator.store.quality import add_up
from regulator.store.schema import base_facts, quality_order_days, quality_orders
from regulator.store.upserts import upsert

_Key = tuple[str, str]
_Group = tuple[str, str, str, int]


class OrderCount(msgspec.Struct, frozen=True, gc=False):
    """How many orders of a company, day and district (blank: unknown) have the same marks."""

    day: str
    company: str
    district: str
    marks: int
    number: int


class OrderQualityStore:
    """Counts each order once, as it was told last, on the day on which it was heard of first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, orders: Sequence[OrderSeen]) -> None:
        """Count orders as they stand now; taken again they change nothing.

        Whether its platform reported a car, driver or fare is asked now: what it reports later counts for
        an order when more is heard of that order.
        """
        newest: dict[_Key, OrderSeen] = {(one.company, one.key): one for one in orders}
        if not newest:
            return
        old = self._counted(newest)
        reported = self._reported(newest.values())
        fresh = {key: _row(one, old.get(key), reported) for key, one in newest.items()}
        changed = {key: row for key, row in fresh.items() if old.get(key) != row}
        upsert(self._connection, quality_orders, list(changed.values()))
        sums = Counter(map(_group, changed.values()))
        sums.subtract(_group(old[key]) for key in changed if key in old)
        rows = [
            {"day": day, "company": company, "district": district, "marks": marks, "number": number}
            for (day, company, district, marks), number in sorted(sums.items())
            if number
        ]
        add_up(self._connection, quality_order_days, rows, ("number",))

    def days(self, first: date, last: date) -> list[OrderCount]:
        """Return the counts of some days, both included."""
        query = select(quality_order_days).where(
            quality_order_days.c.day.between(first.isoformat(), last.isoformat()),
            quality_order_days.c.number > 0,
        )
        return [OrderCount(*row) for row in self._connection.execute(query)]

    def reporting(self, kind: FactKind) -> set[str]:
        """Return the companies that reported anything of a kind."""
        query = select(base_facts.c.company).where(base_facts.c.kind == kind, ~base_facts.c.deleted)
        return set(self._connection.execute(query.distinct()).scalars())

    def _counted(self, orders: Mapping[_Key, OrderSeen]) -> dict[_Key, dict[str, Any]]:
        query = select(quality_orders).where(
            quality_orders.c.company.in_(sorted({company for company, _ in orders})),
            among(quality_orders.c.key),
        )
        rows = rows_among(self._connection, query, sorted({key for _, key in orders}))
        return {(row["company"], row["key"]): dict(row) for row in rows}

    def _reported(self, orders: Iterable[OrderSeen]) -> Mapping[FactKind, set[_Key]]:
        asked: dict[FactKind, set[str]] = defaultdict(set)
        for one in orders:
            asked[FactKind.CAR] |= one.vehicles
            asked[FactKind.DRIVER] |= one.drivers
            asked[FactKind.FARE] |= {one.fare_type} - {""}
        return {kind: self._stands(kind, subjects) for kind, subjects in asked.items()}

    def _stands(self, kind: FactKind, subjects: set[str]) -> set[_Key]:
        query = select(base_facts.c.company, base_facts.c.subject).where(
            base_facts.c.kind == kind, ~base_facts.c.deleted, among(base_facts.c.subject)
        )
        rows = rows_among(self._connection, query, sorted(subjects))
        return {(row["company"], row["subject"]) for row in rows}


def _row(
    one: OrderSeen, old: Mapping[str, Any] | None, reported: Mapping[FactKind, set[_Key]]
) -> dict[str, Any]:
    marks = one.marks
    if not all((one.company, vehicle) in reported[FactKind.CAR] for vehicle in one.vehicles):
        marks |= Mark.CAR_UNREPORTED
    if not all((one.company, driver) in reported[FactKind.DRIVER] for driver in one.drivers):
        marks |= Mark.DRIVER_UNREPORTED
    if one.fare_type and (one.company, one.fare_type) not in reported[FactKind.FARE]:
        marks |= Mark.FARE_UNREPORTED
    day = day_of(one.arrived_at).isoformat()
    return {
        "company": one.company,
        "key": one.key,
        "day": day if old is None else min(day, old["day"]),
        "district": one.district,
        "marks": int(marks),
    }


def _group(row: Mapping[str, Any]) -> _Group:
    return row["day"], row["company"], row["district"], row["marks"]
