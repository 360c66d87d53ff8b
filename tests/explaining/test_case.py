"""The account of an order: every report and rule, whose word it rests on, what would have changed it."""

import msgspec
import pytest

from regulator.domain.licences import LicenceKind
from regulator.domain.orders import Ending, Stage
from regulator.explaining.explained import CaseExplained
from regulator.explaining.told.reports import VerdictTold
from tests.builders.law import (
    ABROAD,
    CAR,
    IN_CITY,
    IN_COUNTY,
    LI,
    OTHER_CAR,
    REMOVED,
    REVOKED,
    WANG,
    a_report,
    a_statement,
    an_episode,
    driven,
    licensed,
    minutes,
    period,
)
from tests.explaining.explanations import Told, changes, suppositions


def verdict(explained: CaseExplained, rule: str, report: int = 0) -> VerdictTold:
    (found,) = (one for one in explained.reports[report].verdicts if one.rule == rule)
    return found


def unlicensed_car(**facts: float | None) -> Told:
    company, _, driver = licensed()
    return Told(company, driver, **facts)


def test_each_report_is_told_with_where_it_came_from_and_what_every_rule_says_of_it() -> None:
    told = unlicensed_car()
    told.sitting.report(a_report())

    (report,) = (explained := told.explain()).reports

    assert (report.stage, report.vehicle, report.driver) == (Stage.MATCH, CAR, "…002X")
    assert (report.origin.topic, report.origin.partition, report.origin.offset) == ("feed.sunny.orders", 0, 0)
    assert {one.rule: str(one.outcome) for one in report.verdicts} == {
        "re_offence": "does_not_apply",
        "platform_permit": "compliant",
        "vehicle_permit": "violation",
        "driver_certificate": "compliant",
        "not_identifiable": "compliant",
        "pair_mismatch": "does_not_apply",
        "out_of_area": "does_not_apply",
        "vehicle_retired": "does_not_apply",
    }
    assert verdict(explained, "vehicle_permit").reason == "never"
    assert verdict(explained, "vehicle_permit").legal_basis
    assert [one.answer for one in verdict(explained, "driver_certificate").licences] == ["held"]


def test_a_rule_that_found_nothing_says_why() -> None:
    told = Told(*licensed())
    told.sitting.report(a_report())

    why = {one.rule: one.why for one in told.explain().silent}

    assert why["vehicle_permit"] == "compliant"
    assert why["pair_mismatch"] == "stage"
    assert why["re_offence"] == "nobody"
    assert why["vehicle_retired"] == "facts"


def test_statements_are_told_with_source_periods_and_when_they_came() -> None:
    told = Told(*licensed())
    told.sitting.report(a_report())

    licences = {one.kind: one for one in told.explain().register.licences}

    (said,) = licences[LicenceKind.VEHICLE_PERMIT].statements
    assert (said.source, said.certificate, said.sequence, said.counts) == ("city", "v", 1, True)
    assert [one.state for one in said.periods] == ["valid"]
    assert said.known_at == "2026-03-02T12:00:00+08:00"


def test_a_driver_is_named_by_the_last_four_characters_and_nowhere_by_the_pseudonym() -> None:
    told = Told(*licensed(), vouched=-1)
    told.sitting.report(a_report(Stage.LOGIN, vehicle=OTHER_CAR), None)
    (login,) = told.sitting.book

    text = msgspec.json.encode(told.explain(login.case)).decode()

    assert LI not in text
    assert "…002X" in text


def test_an_absent_permit_would_have_to_be_held_or_the_register_not_complete() -> None:
    told = unlicensed_car()
    told.sitting.report(a_report())

    explained = told.explain()

    assert changes(explained, "licence_held") == ["vehicle_permit: violation never -> none"]
    assert changes(explained, "register_behind") == ["vehicle_permit: violation never -> undetermined never"]
    assert all(not one.startswith("vehicle_permit") for one in changes(explained, "licence_taken_away"))


def test_what_changes_nothing_is_not_told() -> None:
    told = Told(*licensed())
    told.sitting.report(a_report())

    assert set(suppositions(told.explain())) == {"licence_taken_away"}


def test_an_undetermined_verdict_names_the_source_that_is_behind_and_would_be_a_violation() -> None:
    told = unlicensed_car(vouched=-5)
    told.sitting.report(a_report())

    explained = told.explain()

    (wait,) = verdict(explained, "vehicle_permit").waits_for
    assert (wait.cause, wait.kind, wait.behind) == ("register", LicenceKind.VEHICLE_PERMIT, ("city",))
    assert wait.until == "2026-03-02T12:00:00+08:00"
    assert changes(explained, "register_complete") == [
        "vehicle_permit: undetermined never -> violation never"
    ]


def test_what_is_revoked_stays_a_violation_however_behind_the_register_is() -> None:
    company, _, driver = licensed()
    told = Told(company, driver, a_statement(period(state=REVOKED), certificate="v"))
    told.sitting.report(a_report())

    assert changes(told.explain(), "register_behind") == []


def test_the_pair_that_was_matched_would_have_been_no_mismatch() -> None:
    told = Told(*licensed(), a_statement(period(), subject=OTHER_CAR, certificate="w"))
    told.sitting.report(a_report())
    told.sitting.report(a_report(Stage.DEPART, at=5, vehicle=OTHER_CAR))

    explained = told.explain()

    assert "pair_mismatch: violation vehicle_changed -> none" in changes(explained, "other_pair")


def test_a_second_match_that_clears_nothing_is_said_to_be_the_one_that_matters() -> None:
    told = Told(*licensed())
    told.sitting.report(a_report())
    told.sitting.report(a_report(at=1, driver=WANG))

    explained = told.explain()

    assert changes(explained, "without_report") == ["driver_certificate: violation never -> none"]


@pytest.mark.parametrize("code", ["start_inside", "end_inside"])
def test_an_end_inside_the_area_would_have_been_compliant(code: str) -> None:
    told = Told(*licensed())
    told.sitting.report(a_report(Stage.DEPART, place=IN_COUNTY))
    told.sitting.report(Ending(at=minutes(20), place=ABROAD))

    assert changes(told.explain(), code) == ["out_of_area: violation both_ends_outside -> none"]


def test_an_end_that_nobody_reported_is_what_out_of_area_waits_for() -> None:
    told = Told(*licensed())
    told.sitting.report(a_report(Stage.DEPART, place=IN_COUNTY))
    told.sitting.report(Ending(at=minutes(20)))

    explained = told.explain()

    assert [one.cause for one in verdict(explained, "out_of_area").waits_for] == ["end"]
    assert changes(explained, "both_ends_outside") == [
        "out_of_area: undetermined -> violation both_ends_outside"
    ]


def test_a_trip_inside_would_have_had_to_lie_outside_with_both_ends() -> None:
    told = Told(*licensed())
    told.sitting.report(a_report(Stage.DEPART, place=IN_CITY))
    told.sitting.report(Ending(at=minutes(20), place=ABROAD))

    assert changes(told.explain(), "both_ends_outside") == [
        "out_of_area: none -> violation both_ends_outside"
    ]


def test_without_its_episode_a_re_offence_would_be_none() -> None:
    company, _, driver = licensed()
    told = Told(company, driver, an_episode((REMOVED, -60)))
    told.sitting.report(a_report())

    explained = told.explain()

    assert "re_offence: violation removed -> none" in changes(explained, "without_episode")
    assert [one.number for one in explained.register.episodes] == ["one"]


def test_a_car_driven_too_far_names_the_limit_and_would_be_fine_driven_less() -> None:
    told = Told(*licensed())
    told.tell(driven(612_000, at=-1))
    told.sitting.report(a_report())

    explained = told.explain()

    limits = {one.name: one.value for one in verdict(explained, "vehicle_retired").limits}
    assert limits["retirement_kilometres"] == 600_000
    assert changes(explained, "driven_less") == ["vehicle_retired: violation mileage -> none"]
    assert [one.kilometres for one in explained.register.cars[0].mileages] == [612_000]


def test_a_car_that_nobody_can_identify_would_have_had_to_be_named() -> None:
    told = Told(*licensed())
    told.sitting.report(a_report(vehicle=""))

    assert changes(told.explain(), "vehicle_identified") == ["not_identifiable: violation vehicle -> none"]
