"""How far cars were driven, as platforms reported it: every report, and when it came in."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, RowMapping, select

from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId
from regulator.domain.plates import Plate
from regulator.domain.register import Mileage
from regulator.store.batches import among, rows_among
from regulator.store.changes import REGISTER, next_change
from regulator.store.outbox import OutboxStore
from regulator.store.rejudgements import RejudgementStore
from regulator.store.schema import mileages
from regulator.store.upserts import insert_new


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """A platform's word on one car, and when it came in."""

    mileage: Mileage
    company: CompanyId
    received_at: Instant


class MileageStore:
    """Takes what platforms report. What is news is queued for the topic ``register``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, reports: Sequence[Reported], *, least_kilometres: float = 0) -> list[Mileage]:
        """Keep reports and return those that say more than every one before them in event time.

        Of those, ``register`` is told where ``least_kilometres`` are reached: nothing asks for less.
        """
        if not reports:
            return []
        next_change(self._connection, REGISTER)
        known = self._known({one.mileage.vehicle for one in reports})
        news = []
        for one in reports:
            before = known.setdefault(one.mileage.vehicle, [])
            if not any(_says_as_much(other, one.mileage) for other in before):
                news.append(one.mileage)
            before.append(one.mileage)
        insert_new(self._connection, mileages, [_row_of(one) for one in reports])
        weighty = [one for one in news if one.kilometres >= least_kilometres]
        OutboxStore(self._connection).queue(weighty, at=reports[-1].received_at)
        RejudgementStore(self._connection).ask(weighty, at=reports[-1].received_at)
        return news

    def of(self, vehicle: Plate, *, known_by: Instant | None = None) -> list[Mileage]:
        """Return what was reported of a car, or had been by an instant; the earliest first."""
        query = select(mileages).where(mileages.c.vehicle == vehicle).order_by(mileages.c.at)
        if known_by is not None:
            query = query.where(mileages.c.received_at <= known_by)
        return [mileage_of(row) for row in self._connection.execute(query).mappings()]

    def _known(self, vehicles: set[Plate]) -> dict[Plate, list[Mileage]]:
        query = select(mileages).where(among(mileages.c.vehicle))
        known: dict[Plate, list[Mileage]] = {}
        for row in rows_among(self._connection, query, sorted(vehicles)):
            known.setdefault(row["vehicle"], []).append(mileage_of(row))
        return known


def mileage_of(row: RowMapping) -> Mileage:
    """Return a row of ``mileages`` as a value."""
    return Mileage(vehicle=row["vehicle"], at=row["at"], kilometres=row["kilometres"])


def _says_as_much(other: Mileage, new: Mileage) -> bool:
    return other.at <= new.at and other.kilometres >= new.kilometres


def _row_of(one: Reported) -> dict[str, object]:
    said = one.mileage
    return {
        "vehicle": said.vehicle,
        "at": said.at,
        "company": one.company,
        "kilometres": said.kilometres,
        "received_at": one.received_at,
    }
