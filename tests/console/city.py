"""Writes rides, cars and a register into SQL, as the projection does."""

from collections.abc import Sequence
from datetime import date

from regulator.domain.findings import (
    Because,
    EventKind,
)
from regulator.domain.instants import DAY, Instant, start_of
from regulator.domain.licences import (
    Certificate,
    LicenceKind,
    Period,
    PeriodState,
    Statement,
    Subject,
    VehicleDescription,
)
from regulator.domain.orders import CompanyId
from regulator.domain.places import Place
from regulator.domain.plates import Plate
from regulator.domain.register import Heartbeat
from regulator.joins.journeys import Phase
from regulator.store import Store
from regulator.store.enforcement import apply_judgements
from regulator.store.places import CarPosition, PositionStore
from regulator.store.progress import ProgressStore, Reached
from regulator.store.register import Heard, RegisterStore
from tests.console.places import SOURCES
from tests.console.rides import Ride, events, state


def write_rides(store: Store, rides: Sequence[Ride], *, at: Instant) -> None:
    """Put rides and what was found about them into SQL, as the projection does."""
    with store.writing() as connection:
        apply_judgements(
            connection,
            [event for one in rides for event in events(one)],
            [state(one) for one in rides],
            at=at,
        )


def withdraw(store: Store, one: Ride, *, at: Instant, because: Because | None = None) -> None:
    """Take everything back that was found about a ride."""
    with store.writing() as connection:
        apply_judgements(connection, events(one, kind=EventKind.WITHDRAWN, because=because), [], at=at)


def arrive(store: Store, one: Ride, *, at: Instant) -> None:
    """Say that a ride has ended."""
    with store.writing() as connection:
        apply_judgements(connection, [], [state(one, phase=Phase.ENDED)], at=at)


def write_positions(store: Store, cars: Sequence[tuple[str, Place, Instant]]) -> None:
    """Say where cars are."""
    with store.writing() as connection:
        PositionStore(connection).write(
            [
                CarPosition(
                    vehicle=Plate(vehicle), place=place, at=at, company=CompanyId("3101YPZCYS01"), speed=31
                )
                for vehicle, place, at in cars
            ]
        )


def write_freshness(store: Store, *, feed: Instant, register: Instant) -> None:
    """Say how far topics were read and what the sources vouch for."""
    with store.writing() as connection:
        reached = {
            ("feed.register.vehicle-permits", 0): Reached(1, register),
            ("receipts.qinghe", 0): Reached(9, feed),
        }
        ProgressStore(connection).write("projection", reached, at=feed)
        RegisterStore(connection).take(
            [
                Heard(
                    content=Heartbeat(source=name, complete_to=register), received_at=register, origin="test"
                )
                for name in SOURCES
            ]
        )


def write_licence(
    store: Store, *, kind: LicenceKind, subject: str, certificate: str, periods: Sequence[Period], at: Instant
) -> None:
    """Say what the register states about one certificate."""
    source = next(name for name, one in SOURCES.items() if kind in one.kinds)
    said = Statement(
        source=source,
        kind=kind,
        certificate=Certificate(certificate),
        subject=Subject(subject),
        sequence=1,
        periods=tuple(periods),
        area="310000",
        vehicle=VehicleDescription("比亚迪", "秦 PLUS", "白", "绿") if kind == "vehicle_permit" else None,
    )
    with store.writing() as connection:
        RegisterStore(connection).take([Heard(content=said, received_at=at, origin="test")])


def valid(start: date, end: date) -> Period:
    """Return a valid period, both days inclusive."""
    return Period(start_of(start), Instant(start_of(end) + DAY), PeriodState.VALID)
