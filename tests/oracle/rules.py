"""The rules of contract §5, each a sentence of its table.

To add one: a function `(report, reports of the same order or login, facts) -> answers`, and its line in
RULES with whom a report names under it.
"""

import calendar
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from tests.oracle import areas, identity
from tests.oracle.facts import Answer, Facts, Report
from tests.oracle.statements import Episode


def platform_permit(report: Report, _: Sequence[Report], facts: Facts) -> list[Answer]:
    if report.stage not in ("match", "depart"):
        return []
    company = report.case.company
    return [facts.licence("platform_permit", company, company, report.at)]


def vehicle_permit(report: Report, _: Sequence[Report], facts: Facts) -> list[Answer]:
    if report.stage == "pay" or not identity.is_plate(report.plate):
        return []
    return [facts.licence("vehicle_permit", report.plate, report.plate, report.at)]


def driver_certificate(report: Report, _: Sequence[Report], facts: Facts) -> list[Answer]:
    if report.stage == "pay" or not identity.is_driver(report.driver):
        return []
    return [facts.licence("driver_certificate", report.driver, facts.pseudonym(report.driver), report.at)]


def not_identifiable(report: Report, _: Sequence[Report], facts: Facts) -> list[Answer]:
    if report.stage == "pay":
        return []
    vehicle, person = identity.is_plate(report.plate), identity.is_driver(report.driver)
    if vehicle and person:
        return [Answer(report.case.name, "compliant")]
    reason = "both" if not vehicle and not person else "driver" if vehicle else "vehicle"
    return [Answer(report.case.name, "violation", reason)]


def pair_mismatch(report: Report, reports: Sequence[Report], _: Facts) -> list[Answer]:
    if report.stage not in ("depart", "pay") or report.pair is None:
        return []
    departed = report.stage == "pay" and any(each.stage == "depart" for each in reports)
    stage = "depart" if departed else "match"
    named = {each.pair for each in reports if each.stage == stage} - {None}
    if not named:
        return []
    if report.pair in named:
        return [Answer(report.case.name, "compliant")]
    if any(pair and pair[1] == report.driver for pair in named):
        return [Answer(report.case.name, "violation", "vehicle_changed")]
    if any(pair and pair[0] == report.plate for pair in named):
        return [Answer(report.case.name, "violation", "driver_changed")]
    return [Answer(report.case.name, "violation", "both_changed")]


def re_offence(report: Report, _: Sequence[Report], facts: Facts) -> list[Answer]:
    nobody = not identity.is_plate(report.plate) and not identity.is_driver(report.driver)
    if report.stage == "pay" or nobody:
        return []
    return [_re_offends(report, episode, facts) for episode in facts.register.episodes]


def _re_offends(report: Report, episode: Episode, facts: Facts) -> Answer:
    """A pair that the episode does not name, or at a time when it is not open, is compliant."""

    def answer(status: str, reason: str | None = None) -> Answer:
        return Answer(episode.key, status, reason, episode.number)

    named = episode.names(report.plate, report.driver)
    if not named or not facts.register.is_open(episode, report.at):
        return answer("compliant")
    halves = {_half(report, "vehicle_permit", facts), _half(report, "driver_certificate", facts)}
    if "violation" in halves:
        return answer("violation", episode.last_opening(report.at))
    return answer("undetermined" if "undetermined" in halves else "compliant")


def _half(report: Report, kind: str, facts: Facts) -> str:
    """§5.2: an unidentifiable half counts as not held."""
    about = report.plate if kind == "vehicle_permit" else report.driver
    known = identity.is_plate(about) if kind == "vehicle_permit" else identity.is_driver(about)
    return facts.licence(kind, about, "", report.at).status if known else "violation"


def out_of_area(report: Report, _: Sequence[Report], facts: Facts) -> list[Answer]:
    end = facts.end_of(report.case)
    if report.stage != "depart" or end is None or not identity.is_plate(report.plate):
        return []
    permit = facts.licence("vehicle_permit", report.plate, "", report.at)
    if permit.status != "compliant":
        return [Answer(report.case.name, "undetermined")] if permit.status == "undetermined" else []
    permitted = [areas.of(code, facts.shapes) for code in facts.register.areas(report.plate, report.at)]
    ends = report.place, end
    if any(shape.holds(each) for each in ends if each.known for shapes in permitted for shape in shapes):
        return [Answer(report.case.name, "compliant")]
    if not all(permitted) or not all(each.known for each in ends):
        return [Answer(report.case.name, "undetermined")]
    return [Answer(report.case.name, "violation", "both_ends_outside")]


def vehicle_retired(report: Report, _: Sequence[Report], facts: Facts) -> list[Answer]:
    if report.stage not in ("match", "depart") or not identity.is_plate(report.plate):
        return []
    registered = facts.register.first_registered(report.plate)
    mileage = facts.mileage(report.plate, report.at)
    if registered is None and not facts.has_mileage(report.plate):
        return []
    day = report.at.astimezone(identity.SHANGHAI).date()
    if registered is not None and _years_later(registered, facts.limit("retirement_years", report.at)) <= day:
        return [Answer(report.plate, "violation", "age")]
    if mileage is not None and mileage >= facts.limit("retirement_kilometres", report.at):
        return [Answer(report.plate, "violation", "mileage")]
    return [Answer(report.plate, "compliant")]


def _years_later(day: date, years: float) -> date:
    """The same day of a later year; 29 February of a common year is 1 March: nobody is accused early."""
    year = day.year + int(years)
    if year > date.max.year:
        return date.max
    if (day.month, day.day) == (2, 29):
        return date(year, 2, 29) if calendar.isleap(year) else date(year, 3, 1)
    return day.replace(year=year)


class Rule(NamedTuple):
    """`named`: the subject that a report names under the rule, None for nobody or for the order itself."""

    answers: Callable[[Report, Sequence[Report], Facts], list[Answer]]
    named: Callable[[Report, Facts], str | None] = lambda report, facts: None


def _plate(report: Report, _: Facts) -> str | None:
    return report.plate if identity.is_plate(report.plate) else None


def _driver(report: Report, facts: Facts) -> str | None:
    return facts.pseudonym(report.driver) if identity.is_driver(report.driver) else None


RULES: dict[str, Rule] = {
    "platform_permit": Rule(platform_permit),
    "vehicle_permit": Rule(vehicle_permit, _plate),
    "driver_certificate": Rule(driver_certificate, _driver),
    "not_identifiable": Rule(not_identifiable),
    "pair_mismatch": Rule(pair_mismatch),
    "re_offence": Rule(re_offence),
    "out_of_area": Rule(out_of_area),
    "vehicle_retired": Rule(vehicle_retired, _plate),
}
LICENCE_RULES = ("platform_permit", "vehicle_permit", "driver_certificate")
