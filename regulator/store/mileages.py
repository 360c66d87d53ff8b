"""How far cars were driven, as platforms reported it: every report, and when it came in."""

from collections.abc import Sequence
from math import ceil

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
from regulator.store.schema import counters, mileages
from regulator.store.upserts import insert_new, upsert


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """A platform's word on one car, and when it came in."""

    mileage: Mileage
    company: CompanyId
    received_at: Instant


_COUNTER = "mileages told from"
"""Among the counters: the least kilometres of which judges are told."""
_TOLD_FROM = counters.c.name == _COUNTER


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

    def tell_from(self, least_kilometres: float, *, at: Instant) -> int:
        """Let judges know of every mileage from so many kilometres on; return how many they lacked.

        What was told by a higher limit lacks those between; a limit that rises asks for nothing.
        """
        next_change(self._connection, REGISTER)
        told = self._connection.execute(select(counters.c.value).where(_TOLD_FROM)).scalar_one_or_none()
        lacking = [] if told is None else self._between(least_kilometres, told)
        OutboxStore(self._connection).queue(lacking, at=at)
        RejudgementStore(self._connection).ask(lacking, at=at)
        row = {"name": _COUNTER, "value": ceil(least_kilometres)}
        upsert(self._connection, counters, [row])
        return len(lacking)

    def of(self, vehicle: Plate, *, known_by: Instant | None = None) -> list[Mileage]:
        """Return what was reported of a car, or had been by an instant; the earliest first."""
        query = select(mileages).where(mileages.c.vehicle == vehicle).order_by(mileages.c.at)
        if known_by is not None:
            query = query.where(mileages.c.received_at <= known_by)
        return [mileage_of(row) for row in self._connection.execute(query).mappings()]

    def _between(self, least: float, below: float) -> list[Mileage]:
        lies_between = (mileages.c.kilometres >= least) & (mileages.c.kilometres < below)
        query = select(mileages).where(lies_between).order_by(mileages.c.vehicle, mileages.c.at)
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
