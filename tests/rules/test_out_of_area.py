"""A trip has at least one end in the area of a permit that was valid at the departure."""

import pytest

from regulator.domain.licences import LicenceKind, Statement
from regulator.domain.orders import Booking, Ending, Stage
from regulator.domain.places import Datum, RawPlace
from regulator.rules import out_of_area
from regulator.rules.rule import Outcome, Verdict
from tests.builders.law import (
    ABROAD,
    CAR,
    CITY_AREA,
    COUNTY_AREA,
    IN_CITY,
    IN_COUNTY,
    SUSPENDED,
    Sitting,
    a_report,
    a_statement,
    minutes,
    period,
)

IN_THE_CITY = a_statement(period(), area=CITY_AREA)
ON_THE_BORDER = RawPlace(122_000_000, 31_250_000, Datum.WGS_84)


def judged(
    *statements: Statement,
    start: RawPlace | None = ABROAD,
    booked: RawPlace | None = ABROAD,
    arrived: RawPlace | None = ABROAD,
    has_arrived: bool = True,
    vouched: float | None = 1000,
) -> Verdict:
    sitting = Sitting(*statements, vouched=vouched)
    facts = sitting.facts(
        a_report(Stage.DEPART, place=start),
        booking=Booking(at=minutes(-9), destination=booked),
        arrived=Ending(at=minutes(20), place=arrived) if has_arrived else None,
    )

    return out_of_area.RULE.judge(facts, "order-1")


def test_both_ends_outside_are_a_violation() -> None:
    verdict = judged(IN_THE_CITY)

    assert (verdict.outcome, verdict.reason) == (Outcome.VIOLATION, "both_ends_outside")


@pytest.mark.parametrize("inside", [IN_CITY, ON_THE_BORDER])
@pytest.mark.parametrize("other", [ABROAD, None])
def test_one_end_inside_or_on_the_border_is_enough_whatever_the_other(
    inside: RawPlace, other: RawPlace | None
) -> None:
    assert judged(IN_THE_CITY, start=inside, arrived=other).outcome is Outcome.COMPLIANT
    assert judged(IN_THE_CITY, start=other, arrived=inside).outcome is Outcome.COMPLIANT


def test_the_end_is_where_it_arrived_and_not_where_it_was_bound() -> None:
    assert judged(IN_THE_CITY, booked=IN_CITY, arrived=ABROAD).outcome is Outcome.VIOLATION
    assert judged(IN_THE_CITY, booked=ABROAD, arrived=IN_CITY).outcome is Outcome.COMPLIANT


def test_until_it_arrives_the_end_is_where_it_is_bound() -> None:
    assert judged(IN_THE_CITY, booked=IN_CITY, has_arrived=False).outcome is Outcome.COMPLIANT
    assert judged(IN_THE_CITY, booked=ABROAD, has_arrived=False).outcome is Outcome.VIOLATION


@pytest.mark.parametrize(
    "ends",
    [
        pytest.param({"start": None}, id="no start"),
        pytest.param({"arrived": None, "booked": IN_CITY}, id="arrived at no place"),
        pytest.param({"has_arrived": False, "booked": None}, id="bound for no place"),
    ],
)
def test_a_missing_end_leaves_it_undetermined_and_waits_for_the_platform(ends: dict[str, object]) -> None:
    verdict = judged(IN_THE_CITY, **ends)  # type: ignore[arg-type]  # each a keyword of its own

    assert (verdict.outcome, verdict.reason, verdict.awaits) == (Outcome.UNDETERMINED, None, ())


@pytest.mark.parametrize("area", ["", "999999"])
def test_without_a_polygon_it_is_undetermined(area: str) -> None:
    assert judged(a_statement(period(), area=area), start=IN_CITY).outcome is Outcome.UNDETERMINED


def test_outside_all_the_areas_of_several_permits() -> None:
    county = a_statement(period(), certificate="two", area=COUNTY_AREA)

    assert judged(IN_THE_CITY, county).outcome is Outcome.VIOLATION
    assert judged(IN_THE_CITY, county, start=IN_COUNTY).outcome is Outcome.COMPLIANT


def test_an_unknown_area_of_several_hides_a_violation_and_no_compliance() -> None:
    nowhere = a_statement(period(), certificate="two", area="")

    assert judged(IN_THE_CITY, nowhere).outcome is Outcome.UNDETERMINED
    assert judged(IN_THE_CITY, nowhere, start=IN_CITY).outcome is Outcome.COMPLIANT


def test_a_permit_that_was_not_valid_gives_no_area() -> None:
    county = a_statement(period(), period(state=SUSPENDED), certificate="two", area=COUNTY_AREA)

    assert judged(IN_THE_CITY, county, start=IN_COUNTY).outcome is Outcome.VIOLATION


def test_it_does_not_apply_to_a_car_without_permit() -> None:
    assert judged().outcome is Outcome.DOES_NOT_APPLY
    assert judged(a_statement(period(state=SUSPENDED)), vouched=None).outcome is Outcome.DOES_NOT_APPLY


def test_it_is_undetermined_while_the_permit_is() -> None:
    verdict = judged(vouched=-1)

    assert (verdict.outcome, verdict.reason) == (Outcome.UNDETERMINED, None)
    assert verdict.awaits == (LicenceKind.VEHICLE_PERMIT,)


def test_it_judges_the_depart_of_an_identifiable_car() -> None:
    booking = Booking(at=minutes(-9))
    arrived = Ending(at=minutes(20))

    def subjects(vehicle: str = CAR, **end: Booking | Ending) -> list[str]:
        facts = Sitting().facts(a_report(Stage.DEPART, vehicle=vehicle), **end)  # type: ignore[arg-type]  # either
        return list(out_of_area.RULE.subjects(facts))

    assert out_of_area.RULE.stages == {Stage.DEPART}
    assert subjects(booking=booking) == subjects(arrived=arrived) == ["order-1"]
    assert subjects(vehicle="", booking=booking) == []


def test_it_does_not_apply_before_any_record_says_where_the_trip_ends() -> None:
    assert not out_of_area.RULE.subjects(Sitting().facts(a_report(Stage.DEPART)))
