"""When a finding is disputed (contract, 5.4): the platform may dispute, only the register withdraws."""

import pytest

from regulator.domain.findings import EventKind
from regulator.domain.orders import Report, Stage
from tests.builders.law import OTHER_CAR, WANG, Sitting, a_report, a_statement, licensed, period


def disputed(sitting: Sitting, *reports: Report, about: str = f"vehicle_permit {OTHER_CAR}") -> bool:
    for report in reports:
        sitting.report(report)
    sitting.conclude()
    return sitting.findings()[about].disputed


BAD = a_report(Stage.MATCH, 1, vehicle=OTHER_CAR)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(a_report(Stage.MATCH, 2), True, id="names a car with a permit"),
        pytest.param(a_report(Stage.MATCH, 2, vehicle="沪A00001"), True, id="names another car without one"),
        pytest.param(a_report(Stage.MATCH, 2, vehicle=""), False, id="names no car"),
        pytest.param(a_report(Stage.DEPART, 2), False, id="names another car at another stage"),
        pytest.param(a_report(Stage.MATCH, 2, vehicle=OTHER_CAR), False, id="says the same of the car"),
        pytest.param(a_report(Stage.PAY, 2), False, id="is a pay"),
    ],
)
def test_a_finding_is_disputed_by_another_report_of_a_violating_stage(other: Report, expected: bool) -> None:
    assert disputed(Sitting(*licensed()), BAD, other) is expected
    assert disputed(Sitting(*licensed()), other, BAD) is expected


def test_a_report_of_the_same_car_at_a_time_when_it_had_its_permit_disputes() -> None:
    permit = a_statement(period(2, 9), subject=OTHER_CAR, certificate="late")

    assert disputed(Sitting(*licensed(), permit), BAD, a_report(Stage.MATCH, 2, vehicle=OTHER_CAR))


def test_every_violating_stage_can_be_disputed() -> None:
    at_both = (BAD, a_report(Stage.DEPART, 3, vehicle=OTHER_CAR))

    assert disputed(Sitting(*licensed()), *at_both, a_report(Stage.DEPART, 4))
    assert not disputed(Sitting(*licensed()), *at_both)


def test_two_cars_named_at_one_stage_dispute_each_other() -> None:
    sitting = Sitting(*licensed())
    third = a_report(Stage.MATCH, 2, vehicle="沪A00001")

    assert disputed(sitting, BAD, third, about=f"vehicle_permit {OTHER_CAR}")
    assert disputed(sitting, about="vehicle_permit 沪A00001")


def test_another_driver_does_not_dispute_a_finding_about_the_car() -> None:
    other_driver = a_report(Stage.MATCH, 2, vehicle=OTHER_CAR, driver=WANG)

    assert not disputed(Sitting(*licensed()), BAD, other_driver)


def test_a_clean_report_disputes_that_somebody_was_not_identifiable() -> None:
    nobody, clean = a_report(vehicle="", driver=""), a_report(at=1)

    assert disputed(Sitting(*licensed()), nobody, clean, about="not_identifiable order-1")


def test_the_company_cannot_dispute_by_a_second_report_under_the_same_missing_permit() -> None:
    sitting = Sitting(*licensed()[1:])

    assert not disputed(sitting, a_report(), a_report(at=1), about="platform_permit 3101YPZC0001")


def test_a_correction_marks_the_finding_and_does_not_withdraw_it() -> None:
    sitting = Sitting(*licensed())
    sitting.report(BAD)
    sitting.events()

    sitting.report(a_report(Stage.MATCH, 2))
    [event] = sitting.events()

    assert (event.kind, event.finding.disputed) == (EventKind.UPDATED, True)
    assert event.finding.subject == OTHER_CAR


def test_what_is_undetermined_is_not_disputed() -> None:
    sitting = Sitting(*licensed(), vouched=0)

    assert not disputed(sitting, BAD, a_report(Stage.MATCH, 2))
