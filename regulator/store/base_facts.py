"""What platforms told of themselves (基本信息), at rest: claims, to be held against the register."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId
from regulator.domain.register import Mileage
from regulator.domain.reported import (
    Change,
    Reported,
    ReportedCar,
    ReportedDriver,
    ReportedFare,
    ReportedInsurance,
    ReportedPermit,
    Told,
)
from regulator.store.batches import among, rows_among
from regulator.store.mileages import MileageStore
from regulator.store.mileages import Reported as ReportedMileage
from regulator.store.reported import Member, ReportedStore
from regulator.store.reported import Reported as Membership
from regulator.store.schema import base_facts
from regulator.store.upserts import upsert


class FactKind(StrEnum):
    """What a platform tells of."""

    PERMIT = "permit"
    FARE = "fare"
    CAR = "car"
    INSURANCE = "insurance"
    DRIVER = "driver"


_TYPES: dict[FactKind, type[Reported]] = {
    FactKind.PERMIT: ReportedPermit,
    FactKind.FARE: ReportedFare,
    FactKind.CAR: ReportedCar,
    FactKind.INSURANCE: ReportedInsurance,
    FactKind.DRIVER: ReportedDriver,
}
_Key = tuple[str, str, str]


class BaseFact(msgspec.Struct, frozen=True, kw_only=True):
    """A company's last word on one of its permits, fares, cars, insurances or drivers."""

    company: CompanyId
    kind: FactKind
    subject: str
    at: Instant
    deleted: bool
    fact: Reported


class BaseFactStore:
    """Keeps the last word on each thing: that with the newest time of its own, of equals the later."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, told: Sequence[Told], *, least_kilometres: float) -> None:
        """Take what was told, in any order; taken again it changes nothing.

        Mileages under ``least_kilometres`` are kept, and no judge is told of them: no rule asks.
        """
        mileages = [one for one in map(_mileage, told) if one is not None]
        MileageStore(self._connection).add(mileages, least_kilometres=least_kilometres)
        rows = [row for row in map(_row, told) if row is not None]
        self._write(rows)
        ReportedStore(self._connection).add([one for one in map(_membership, rows) if one is not None])

    def of(self, companies: Iterable[CompanyId], kind: FactKind) -> Iterator[BaseFact]:
        """Yield what stands of one kind, by company and subject."""
        query = select(base_facts).where(
            base_facts.c.kind == kind, base_facts.c.company.in_(sorted(companies)), ~base_facts.c.deleted
        )
        ordered = query.order_by(base_facts.c.company, base_facts.c.subject)
        for row in self._connection.execute(ordered).mappings():
            yield BaseFact(
                company=row["company"],
                kind=kind,
                subject=row["subject"],
                at=row["at"],
                deleted=row["deleted"],
                fact=msgspec.json.decode(row["document"], type=_TYPES[kind]),
            )

    def _write(self, rows: Sequence[dict[str, Any]]) -> None:
        newest = self._present({row["subject"] for row in rows})
        changed: dict[_Key, dict[str, Any]] = {}
        for row in rows:
            key, age = (row["company"], row["kind"], row["subject"]), (row["at"], row["arrived_at"])
            if key not in newest or newest[key] <= age:
                newest[key] = age
                changed[key] = row
        upsert(self._connection, base_facts, list(changed.values()))

    def _present(self, subjects: set[str]) -> dict[_Key, tuple[int, int]]:
        query = select(base_facts).where(among(base_facts.c.subject))
        return {
            (row["company"], row["kind"], row["subject"]): (row["at"], row["arrived_at"])
            for row in rows_among(self._connection, query, sorted(subjects))
        }


def _mileage(told: Told) -> ReportedMileage | None:
    if not isinstance(told.fact, Mileage):
        return None
    return ReportedMileage(mileage=told.fact, company=told.company, received_at=told.arrived_at)


def _subject(fact: Reported) -> tuple[FactKind, str]:
    """Name what a fact is about; blank where it names nothing identifiable."""
    match fact:
        case ReportedPermit(certificate=certificate):
            return FactKind.PERMIT, certificate
        case ReportedFare(fare_type=fare_type):
            return FactKind.FARE, fare_type
        case ReportedCar(vehicle=vehicle):
            return FactKind.CAR, vehicle
        case ReportedInsurance(vehicle=vehicle, policy=policy):
            return FactKind.INSURANCE, f"{vehicle}|{policy}" if vehicle else ""
        case ReportedDriver(driver=driver):
            return FactKind.DRIVER, driver


def _row(told: Told) -> dict[str, Any] | None:
    if isinstance(told.fact, Mileage):
        return None
    kind, subject = _subject(told.fact)
    if not subject:
        return None
    return {
        "company": told.company,
        "kind": kind,
        "subject": subject,
        "at": told.arrived_at if told.fact.at is None else told.fact.at,
        "arrived_at": told.arrived_at,
        "deleted": told.fact.change is Change.DELETED,
        "document": msgspec.json.encode(told.fact).decode(),
    }


def _membership(row: dict[str, Any]) -> Membership | None:
    members = {FactKind.CAR: Member.VEHICLE, FactKind.DRIVER: Member.DRIVER}
    if row["kind"] not in members:
        return None
    return Membership(
        company=row["company"],
        kind=members[row["kind"]],
        subject=row["subject"],
        at=row["at"],
        withdrawn=row["deleted"],
    )
