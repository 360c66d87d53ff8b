"""The account of one car: its licences at an instant, and what its latest orders came to."""

from collections.abc import Sequence

import msgspec

from regulator.domain.drivers import Driver
from regulator.domain.instants import Instant, to_rfc3339
from regulator.domain.licences import LicenceKind, Subject
from regulator.domain.plates import Plate
from regulator.domain.register import Sources
from regulator.explaining.case import Explainer, Told
from regulator.explaining.explained import Came, PlateExplained
from regulator.explaining.known import Known
from regulator.explaining.naming import Names
from regulator.explaining.register import instant, told_register
from regulator.joins.orders import Order
from regulator.judging.law import Law

_DRIVERS = 5
"""So many of the latest drivers are asked about."""


class PlateQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A car, when its licences are asked for, and by when what counts was known."""

    vehicle: Plate
    at: Instant
    known_by: Instant | None = None


def explain_plate(
    question: PlateQuestion,
    orders: Sequence[tuple[Order, Told]],
    *,
    law: Law,
    register: Known,
    sources: Sources,
    names: Names,
) -> PlateExplained:
    """Account for a car; ``orders``: its latest, the newest first."""
    vehicle = question.vehicle
    for order, _ in orders:
        names.learn(filing.report for filing in order.reports)
    licences = [
        (LicenceKind.VEHICLE_PERMIT, Subject(vehicle)),
        *((LicenceKind.DRIVER_CERTIFICATE, Subject(one)) for one in _drivers(vehicle, orders)),
    ]
    explainer = Explainer(law, register, sources, names)
    return PlateExplained(
        vehicle=vehicle,
        at=to_rfc3339(question.at),
        known_by=instant(question.known_by),
        register=told_register(
            register,
            sources,
            names,
            licences=licences,
            episodes=register.episodes(vehicle, Driver("")),
            cars=[vehicle],
        ),
        answers=tuple(explainer.answers(licences, question.at)),
        cases=tuple(_came(vehicle, order, told, explainer, names) for order, told in orders),
    )


def _drivers(vehicle: Plate, orders: Sequence[tuple[Order, Told]]) -> list[Driver]:
    reports = (filing.report for order, _ in orders for filing in order.reports)
    drivers = dict.fromkeys(one.driver for one in reports if one.vehicle == vehicle and one.driver)
    return list(drivers)[:_DRIVERS]


def _came(vehicle: Plate, order: Order, told: Told, explainer: Explainer, names: Names) -> Came:
    """What an order came to, with the last that was reported of the car in it."""
    reports = [one.report for one in order.reports if one.report.vehicle == vehicle]
    last = max(reports, key=lambda one: one.at, default=None)
    return Came(
        company=order.company,
        order=order.number,
        login=names.subject(order.login) if order.login else None,
        at=to_rfc3339(last.at if last else order.arrival),
        stage=last.stage if last else None,
        driver=names.driver(last.driver) if last else None,
        findings=tuple(explainer.findings(order, told)),
    )
