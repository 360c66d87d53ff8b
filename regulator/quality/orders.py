"""How an order counts in the measures: what was reported of it, and what speaks against it."""

from enum import IntFlag

import msgspec

from regulator.domain.drivers import Driver
from regulator.domain.findings import Status
from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId, Stage
from regulator.domain.places import RawPlace
from regulator.domain.plates import Plate
from regulator.joins.orders import Order

_LICENCES = frozenset({"platform_permit", "vehicle_permit", "driver_certificate", "not_identifiable"})
_PAIR = "pair_mismatch"


class Mark(IntFlag):
    """What is known of an order. Kept in SQL: never give a number another meaning."""

    MATCHED = 1
    DEPARTED = 2
    ARRIVED = 4
    PAID = 8
    CANCELLED = 16
    CAR_UNREPORTED = 32
    DRIVER_UNREPORTED = 64
    UNLICENSED = 128
    UNDETERMINED = 256
    PAIR_DIFFERS = 512
    FARE_UNREPORTED = 1024


_STAGES = {Stage.MATCH: Mark.MATCHED, Stage.DEPART: Mark.DEPARTED, Stage.PAY: Mark.PAID}


class OrderSeen(msgspec.Struct, frozen=True, kw_only=True):
    """An order as far as it is counted: who drove, where it began, its marks but for UNREPORTED.

    ``district`` is blank where the beginning is unknown or outside every district, ``fare_type`` where
    its booking is unknown or names none.
    """

    company: CompanyId
    key: str
    arrived_at: Instant
    district: str
    vehicles: frozenset[Plate]
    drivers: frozenset[Driver]
    marks: Mark
    fare_type: str = ""


def start_of_order(order: Order) -> RawPlace | None:
    """Return where an order begins: as it departed, else as it was booked."""
    departed = (one.report.place for one in order.reports if one.report.stage is Stage.DEPART)
    known = [place for place in departed if place is not None]
    if known:
        return known[-1]
    return order.booking.start if order.booking is not None else None


def seen(order: Order, district: str) -> OrderSeen:
    """Return an order as it is counted."""
    reports = [filing.report for filing in order.reports]
    return OrderSeen(
        company=order.company,
        key=order.case,
        arrived_at=order.arrival,
        district=district,
        vehicles=frozenset(one.vehicle for one in reports),
        drivers=frozenset(one.driver for one in reports),
        marks=_reported(order) | _against(order),
        fare_type=order.booking.fare_type if order.booking is not None else "",
    )


def _reported(order: Order) -> Mark:
    marks = Mark(0)
    for filing in order.reports:
        marks |= _STAGES.get(filing.report.stage, Mark(0))
    if order.arrived is not None:
        marks |= Mark.ARRIVED
    if order.ending is not None and order.ending.cancelled:
        marks |= Mark.CANCELLED
    return marks


def _against(order: Order) -> Mark:
    marks = Mark(0)
    for filed in order.filed.values():
        if filed.rule in _LICENCES and filed.standing:
            marks |= Mark.UNLICENSED
        elif filed.rule in _LICENCES and filed.status is Status.UNDETERMINED:
            marks |= Mark.UNDETERMINED
        elif filed.rule == _PAIR and filed.standing:
            marks |= Mark.PAIR_DIFFERS
    return marks
