"""Events of the enforcement queue and states of orders, as short as a test wants to say them."""

from typing import Any

import msgspec

from regulator.domain.drivers import Driver
from regulator.domain.findings import EventKind
from regulator.domain.instants import MINUTE, Instant, from_rfc3339, to_rfc3339
from regulator.domain.orders import CompanyId, Stage
from regulator.domain.places import Place
from regulator.domain.plates import Plate
from regulator.joins.journeys import Phase
from regulator.store.findings import QueueEvent
from regulator.store.orders import OrderState
from regulator.store.queue_events import read_event
from regulator.wire.violations import DriverShown, LicenceShown, PlaceShown, ViolationEvent

EIGHT = from_rfc3339("2026-03-02T08:00:00+08:00")
LI = Driver("3b19c912c058ebba1d0aba5754b1473a")
WANG = Driver("ffffc912c058ebba1d0aba5754b1473a")
CAR = Plate("沪AD12345")
SUNNY = CompanyId("3101YPZC0001")


def minutes(count: float) -> Instant:
    """Return an instant so many minutes past eight."""
    return Instant(EIGHT + round(count * MINUTE))


def violation(
    finding: str = "f1",
    kind: EventKind = EventKind.RAISED,
    *,
    judgement: str = "j1",
    rule: str = "vehicle_permit",
    reason: str = "expired",
    company: CompanyId = SUNNY,
    order: str | None = "order-1",
    login: str | None = None,
    vehicle: str = CAR,
    driver: str = LI,
    stage: Stage = Stage.MATCH,
    at: Instant = EIGHT,
    raised_at: Instant = EIGHT,
    district: str | None = "310104",
) -> ViolationEvent:
    """Return an event as it is on the topic."""
    return ViolationEvent(
        event=kind,
        finding=finding,
        judgement=judgement,
        rule=rule,
        limits_from=None,
        reason=reason,
        stage=stage,
        stages=(stage,),
        disputed=False,
        at=to_rfc3339(at),
        raised_at=to_rfc3339(raised_at),
        company=company,
        order=order if login is None else None,
        login=login,
        subject=vehicle,
        vehicle=vehicle or None,
        driver=DriverShown(driver, "002X") if driver else None,
        vehicle_permit=LicenceShown("not_held", "expired", "沪交运管许可310115002863", "2026-02-28"),
        driver_certificate=LicenceShown("held", None, "…002X·3b19", None),
        register_complete_to=to_rfc3339(EIGHT),
        place=PlaceShown(121.43, 31.19),
        destination=None,
        expected_arrival=None,
        district=district,
        legal_basis=("暂行办法第三十四条",),
        origins=(),
        because=None,
    )


def raised(finding: str = "f1", **facts: Any) -> QueueEvent:
    """Return a violation that is new, as the store takes it."""
    return _taken(violation(finding, EventKind.RAISED, **facts))


def updated(finding: str = "f1", **facts: Any) -> QueueEvent:
    """Return a violation of which something changed."""
    return _taken(violation(finding, EventKind.UPDATED, **{"judgement": "j2", **facts}))


def withdrawn(finding: str = "f1", **facts: Any) -> QueueEvent:
    """Return a violation that is none after all."""
    return _taken(violation(finding, EventKind.WITHDRAWN, **{"judgement": "j9", **facts}))


def order_state(
    order: str = "order-1",
    phase: Phase = Phase.ON_TRIP,
    *,
    company: CompanyId = SUNNY,
    arrival: Instant | None = None,
    bound_for: str = "虹桥站",
) -> OrderState:
    """Return an order as the judge last told it."""
    return OrderState(
        company=company,
        key=order,
        state="{}",
        phase=phase,
        vehicle=CAR,
        driver=LI,
        expected_arrival=arrival,
        destination=Place(121.32, 31.19),
        destination_text=bound_for,
        updated_at=EIGHT,
    )


def _taken(shown: ViolationEvent) -> QueueEvent:
    return read_event(msgspec.json.encode(shown), arrived_at=EIGHT, origin="enforcement.violations/0/0")
