"""The judges' messages as rows: from the bytes on their topics to what the stores take."""

from regulator.domain.drivers import NO_DRIVER, Driver
from regulator.domain.findings import FindingId, LoginString, RuleId
from regulator.domain.instants import Instant, from_rfc3339
from regulator.domain.limits import Limits
from regulator.domain.orders import STAGES, CompanyId, OrderNumber, Report, Stage
from regulator.domain.places import Place
from regulator.domain.plates import NOBODY, Plate
from regulator.joins.journeys import journey
from regulator.joins.orders import Order
from regulator.store.findings import QueueEvent
from regulator.store.orders import OrderState
from regulator.wire.orders import decode_order
from regulator.wire.violations import BecauseShown, DestinationShown, ViolationEvent, decode_violation

_RANK = {stage: rank for rank, stage in enumerate(STAGES)}


def read_event(payload: bytes, *, arrived_at: Instant, origin: str) -> QueueEvent:
    """Read one message of the enforcement queue; one that is not as published raises ValueError."""
    shown = decode_violation(payload)
    place, bound = shown.place, shown.destination
    return QueueEvent(
        kind=shown.event,
        finding=FindingId(shown.finding),
        judgement=shown.judgement,
        rule=RuleId(shown.rule),
        reason=shown.reason,
        company=CompanyId(shown.company),
        order=OrderNumber(shown.order) if shown.order else None,
        login=LoginString(shown.login) if shown.login else None,
        vehicle=Plate(shown.vehicle or NOBODY),
        driver=Driver(shown.driver.id) if shown.driver else NO_DRIVER,
        last4=shown.driver.last4 if shown.driver else "",
        stage=Stage(shown.stage),
        at=from_rfc3339(shown.at),
        raised_at=from_rfc3339(shown.raised_at),
        disputed=shown.disputed,
        district=shown.district,
        place=Place(place.lon, place.lat) if place else None,
        destination=_destination(bound),
        destination_text=bound.text if bound else "",
        expected_arrival=_expected(shown),
        because=_because(shown.because),
        document=payload.decode(),
        arrived_at=arrived_at,
        origin=origin,
    )


def read_order(payload: bytes, *, limits: Limits, feed: str = "", partition: int = 0) -> OrderState:
    """Read one order as it stands, reported on a feed; bytes that are none raise ValueError."""
    return state_of(decode_order(payload), payload, limits=limits, feed=feed, partition=partition)


def state_of(order: Order, payload: bytes, *, limits: Limits, feed: str, partition: int) -> OrderState:
    """Return what is kept of an order that was read from a payload."""
    reports = [filing.report for filing in order.reports]
    ride = journey(order.booking, reports, order.ending, limits=limits)
    newest = max(reports, key=_progress, default=None)
    return OrderState(
        company=order.company,
        key=order.case,
        state=payload.decode(),
        feed=feed,
        partition=partition,
        first_offset=order.seen[0].offset if order.seen else 0,
        given=order.given,
        phase=ride.phase,
        vehicle=newest.vehicle if newest else NOBODY,
        driver=newest.driver if newest else NO_DRIVER,
        expected_arrival=ride.expected_arrival,
        destination=ride.destination,
        destination_text=ride.destination_text,
        updated_at=order.arrival,
        ahead_at=max((report.at for report in reports if report.at > order.arrival), default=None),
    )


def _progress(report: Report) -> tuple[int, Instant]:
    return _RANK[report.stage], report.at


def _destination(shown: DestinationShown | None) -> Place | None:
    if shown is None or shown.lon is None or shown.lat is None:
        return None
    return Place(shown.lon, shown.lat)


def _expected(shown: ViolationEvent) -> Instant | None:
    return from_rfc3339(shown.expected_arrival) if shown.expected_arrival else None


def _because(shown: BecauseShown | None) -> str | None:
    return None if shown is None else f"{shown.kind} {shown.source}"
