"""Orders and logins with what was said about them, for whoever asks why."""

from collections.abc import Collection, Iterable, Mapping

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, select

from regulator.domain.drivers import Driver
from regulator.domain.findings import FindingId
from regulator.domain.instants import Instant, to_rfc3339
from regulator.domain.plates import Plate
from regulator.explaining.case import Told
from regulator.explaining.explained import RefusedTold
from regulator.explaining.told.findings import QueueEvent
from regulator.joins.orders import Order
from regulator.store.batches import among, rows_among
from regulator.store.schema import driver_numbers, finding_events, orders, refusals
from regulator.wire.orders import decode_order

_REFUSALS_SHOWN = 50


class Kept(msgspec.Struct, frozen=True):
    """An order or login, and the topic and partition on which its platform reports it, where known."""

    order: Order
    feed: str
    partition: int | None


class CaseStore:
    """Reads what an account of a verdict needs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def named(self, key: str, companies: Collection[str]) -> list[Kept]:
        """Return the orders or logins of these companies with this number or login string."""
        return self._orders(orders.c.company.in_(sorted(companies)) & (orders.c.key == key))

    def logins(self, vehicle: Plate, digits: str) -> list[Kept]:
        """Return the logins of a car at a time (14 digits), whoever drove."""
        mine = orders.c.vehicle == vehicle
        return self._orders(
            mine & orders.c.key.startswith(f"{vehicle}|") & orders.c.key.endswith(f"|{digits}")
        )

    def of_vehicle(self, vehicle: Plate, *, limit: int) -> list[Kept]:
        """Return the newest orders and logins of a car, the newest first."""
        return self._orders(orders.c.vehicle == vehicle, limit=limit)

    def told(self, cases: Iterable[Kept]) -> Told:
        """Return what the queue was told of every finding of some orders, the first first."""
        ids = {id_ for kept in cases for id_ in kept.order.filed}
        query = select(finding_events).where(among(finding_events.c.finding)).order_by(finding_events.c.id)
        said: dict[FindingId, list[QueueEvent]] = {}
        for row in rows_among(self._connection, query, ids):
            said.setdefault(FindingId(row["finding"]), []).append(_event(row))
        return said

    def refused(self, number: str) -> list[RefusedTold]:
        """Return the refused records that named an order, the newest first."""
        query = select(refusals).where(refusals.c.order == number).order_by(refusals.c.refused_at.desc())
        rows = self._connection.execute(query.limit(_REFUSALS_SHOWN)).mappings()
        return [_refused(row) for row in rows]

    def last4(self, drivers: Collection[Driver]) -> Mapping[Driver, str]:
        """Return what may be shown of drivers' numbers."""
        query = select(driver_numbers.c.driver, driver_numbers.c.last4).where(among(driver_numbers.c.driver))
        return {Driver(row["driver"]): row["last4"] for row in rows_among(self._connection, query, drivers)}

    def _orders(self, which: ColumnElement[bool], *, limit: int | None = None) -> list[Kept]:
        query = select(orders.c.state, orders.c.feed, orders.c.partition)
        query = query.where(which, orders.c.state.is_not(None))
        newest = query.order_by(orders.c.updated_at.desc(), orders.c.key).limit(limit)
        return [
            Kept(decode_order(state.encode()), feed or "", partition)
            for state, feed, partition in self._connection.execute(newest)
        ]


def _event(row: RowMapping) -> QueueEvent:
    return QueueEvent(
        event=row["event"],
        at=to_rfc3339(Instant(row["arrived_at"])),
        reason=row["reason"],
        because=row["because"],
    )


def _refused(row: RowMapping) -> RefusedTold:
    return RefusedTold(
        topic=row["topic"],
        partition=row["partition"],
        offset=row["offset"],
        index=row["index"],
        reason=row["reason"],
        at=to_rfc3339(Instant(row["refused_at"])),
    )
