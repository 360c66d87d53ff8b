"""Limits that change while orders are held: what is held is judged again, and says why."""

from datetime import date

from regulator.domain.findings import Because, EventKind
from regulator.domain.licences import SourceName
from regulator.domain.limits import Limits
from regulator.judging.announcing import Occasion
from tests.builders.law import CAR, CITY_AREA, Sitting, a_report, a_statement, licensed, minutes, period

LIMITS = Because(source=SourceName(""), kind="limits")


def years(value: float) -> Limits:
    return Limits({"retirement_years": [(date(2016, 11, 1), value)]})


def a_car_of_seven_years(limits: Limits) -> Sitting:
    company, _, driver = licensed()
    permit = a_statement(
        period(), subject=CAR, certificate="v", area=CITY_AREA, first_registered=date(2019, 3, 1)
    )
    sitting = Sitting(company, driver, permit, limits=limits)
    sitting.report(a_report())
    return sitting


def test_a_shorter_life_of_cars_finds_what_is_held_already_and_a_longer_one_withdraws_it() -> None:
    limits = years(8)
    sitting = a_car_of_seven_years(limits)
    assert sitting.events() == []

    events = []
    for value, at in ((7, 10), (9, 20)):
        limits.renew(years(value))
        held = [order.key for order in sitting.book]
        sitting.book.reconsider(held, Occasion(minutes(at), LIMITS))
        events += sitting.events()

    assert [(one.kind, one.finding.rule, one.caused_at, one.because) for one in events] == [
        (EventKind.RAISED, "vehicle_retired", minutes(10), LIMITS),
        (EventKind.WITHDRAWN, "vehicle_retired", minutes(20), LIMITS),
    ]


def test_what_is_not_held_is_not_judged_again() -> None:
    sitting = Sitting()

    sitting.book.reconsider(["somebody's|order"], Occasion(minutes(1), LIMITS))

    assert sitting.events() == []
