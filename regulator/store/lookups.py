"""What is known of one car or driver, for a person who asks; every question leaves its entry."""

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, select

from regulator.domain.drivers import NO_DRIVER, Driver
from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId
from regulator.domain.places import Place
from regulator.domain.plates import NOBODY, Plate
from regulator.joins.journeys import Phase
from regulator.store.audit import AuditStore
from regulator.store.cards import Card, CardFinding, CardStore, card_finding
from regulator.store.places import CarPosition, PositionStore, place_of
from regulator.store.schema import findings, orders

_SHOWN = 20


class OrderSeen(msgspec.Struct, frozen=True, kw_only=True):
    """An order or login. ``key``: its number or login string."""

    company: CompanyId
    key: str
    phase: Phase
    vehicle: Plate
    driver: Driver
    updated_at: Instant
    destination: Place | None
    destination_text: str
    expected_arrival: Instant | None


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one car, or of one driver: the newest twenty of each."""

    vehicle: Plate
    driver: Driver
    orders: tuple[OrderSeen, ...]
    findings: tuple[CardFinding, ...]
    cards: tuple[Card, ...]
    position: CarPosition | None


class LookupStore:
    """Answers persons' questions; needs a writing connection for the entry."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def vehicle(self, vehicle: Plate, *, who: str, at: Instant) -> Known:
        """Look a car up."""
        AuditStore(self._connection).write(who, "look up vehicle", subject=vehicle, at=at)
        return Known(
            vehicle=vehicle,
            driver=NO_DRIVER,
            orders=self._orders(orders.c.vehicle == vehicle),
            findings=self._findings(findings.c.vehicle == vehicle),
            cards=tuple(CardStore(self._connection).of_vehicle(vehicle, limit=_SHOWN)),
            position=PositionStore(self._connection).of(vehicle),
        )

    def driver(self, driver: Driver, *, who: str, at: Instant) -> Known:
        """Look a driver up by pseudonym."""
        AuditStore(self._connection).write(who, "look up driver", subject=driver, at=at)
        return Known(
            vehicle=NOBODY,
            driver=driver,
            orders=self._orders(orders.c.driver == driver),
            findings=self._findings(findings.c.driver == driver),
            cards=tuple(CardStore(self._connection).of_driver(driver, limit=_SHOWN)),
            position=None,
        )

    def _orders(self, whose: ColumnElement[bool]) -> tuple[OrderSeen, ...]:
        query = select(orders).where(whose).order_by(orders.c.updated_at.desc(), orders.c.key).limit(_SHOWN)
        return tuple(_seen(row) for row in self._connection.execute(query).mappings())

    def _findings(self, whose: ColumnElement[bool]) -> tuple[CardFinding, ...]:
        query: Any = select(findings).where(whose, findings.c.standing)
        newest = query.order_by(findings.c.at.desc(), findings.c.id).limit(_SHOWN)
        return tuple(card_finding(row) for row in self._connection.execute(newest).mappings())


def _seen(row: RowMapping) -> OrderSeen:
    return OrderSeen(
        company=row["company"],
        key=row["key"],
        phase=Phase(row["phase"]),
        vehicle=row["vehicle"],
        driver=row["driver"],
        updated_at=row["updated_at"],
        destination=place_of(row, "destination_"),
        destination_text=row["destination_text"],
        expected_arrival=row["expected_arrival"],
    )
