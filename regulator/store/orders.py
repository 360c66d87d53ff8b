"""Orders and logins as the judge's state last told them."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection

from regulator.domain.drivers import Driver
from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId, Stage
from regulator.domain.places import Place
from regulator.domain.plates import Plate
from regulator.joins.journeys import Phase
from regulator.store.findings import QueueEvent
from regulator.store.schema import orders
from regulator.store.upserts import insert_new

_PHASES = {
    Stage.LOGIN: Phase.LOGGED_IN,
    Stage.MATCH: Phase.MATCHED,
    Stage.DEPART: Phase.ON_TRIP,
    Stage.PAY: Phase.ENDED,
}


class HeldBy(StrEnum):
    """Who judges an order again when the register says something about it."""

    JUDGE = "judge"
    LEAVING = "leaving"
    """Its judge let go of it; the archive is to take it up."""
    ARCHIVE = "desk"


class OrderState(msgspec.Struct, frozen=True, kw_only=True):
    """One order or login as it stands. ``key``: its number or login string; ``state``: the judge's JSON.

    ``feed`` and ``partition`` say where its platform reports it, ``first_offset`` where the first of
    its records was; ``given`` which of its earlier lives its judge was given back.
    """

    company: CompanyId
    key: str
    state: str
    feed: str = ""
    partition: int = 0
    first_offset: int = 0
    given: int = 0
    phase: Phase
    vehicle: Plate
    driver: Driver
    expected_arrival: Instant | None
    destination: Place | None
    destination_text: str
    updated_at: Instant
    ahead_at: Instant | None = None
    """Its latest report, where that claims a time after its arrival."""


class OrderLeft(msgspec.Struct, frozen=True, kw_only=True):
    """A judge let go of an order."""

    company: CompanyId
    key: str


class OrderStore:
    """Keeps orders as they stand."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def expect(self, events: Sequence[QueueEvent]) -> None:
        """Make room for orders whose findings came before their state: what the finding says must do."""
        insert_new(self._connection, orders, [_expected(event) for event in events if event.standing])


def row_of(state: OrderState, *, returned: str | None = None) -> dict[str, Any]:
    """Return the row of an order that its judge holds."""
    return {
        "company": state.company,
        "key": state.key,
        "state": state.state,
        "phase": state.phase,
        "vehicle": state.vehicle,
        "driver": state.driver,
        "updated_at": state.updated_at,
        "held_by": HeldBy.JUDGE,
        "feed": state.feed,
        "partition": state.partition,
        "first_offset": state.first_offset,
        "returned": returned,
        "ahead_at": state.ahead_at,
        "expected_arrival": state.expected_arrival,
        **_destination(state.destination, state.destination_text),
    }


def _expected(event: QueueEvent) -> dict[str, Any]:
    return {
        "company": event.company,
        "key": event.case,
        "state": None,
        "phase": _PHASES[event.stage],
        "vehicle": event.vehicle,
        "driver": event.driver,
        "updated_at": event.arrived_at,
        "expected_arrival": event.expected_arrival,
        **_destination(event.destination, event.destination_text),
    }


def _destination(place: Place | None, text: str) -> dict[str, Any]:
    return {
        "destination_lon": place.lon if place else None,
        "destination_lat": place.lat if place else None,
        "destination_text": text,
    }
