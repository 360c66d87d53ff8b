"""Who departs is one of those who were matched, and who is paid one of those who departed."""

import pytest

from regulator.domain.orders import Report, Stage
from regulator.rules import pair_mismatch
from regulator.rules.rule import Outcome
from tests.builders.law import CAR, LI, OTHER_CAR, WANG, Sitting, a_report

A_THIRD_CAR = "沪CK2345"
MATCH = a_report(Stage.MATCH)
OTHER_MATCH = a_report(Stage.MATCH, 1, vehicle=OTHER_CAR, driver=WANG)


def judged(report: Report, *others: Report) -> tuple[Outcome, str | None]:
    verdict = pair_mismatch.RULE.judge(Sitting().facts(report, *others), "order-1")

    return verdict.outcome, verdict.reason


def depart(**who: str) -> Report:
    return a_report(Stage.DEPART, 5, **who)


def pay(**who: str) -> Report:
    return a_report(Stage.PAY, 5, **who)


@pytest.mark.parametrize("report", [depart, pay])
def test_the_pair_that_was_named_is_compliant(report: type[Report]) -> None:
    assert judged(report(), MATCH) == (Outcome.COMPLIANT, None)


@pytest.mark.parametrize("report", [depart, pay])
@pytest.mark.parametrize(
    ("vehicle", "driver", "reason"),
    [
        (OTHER_CAR, LI, "vehicle_changed"),
        (CAR, WANG, "driver_changed"),
        (OTHER_CAR, WANG, "both_changed"),
    ],
)
def test_the_reason_names_what_changed(report: type[Report], vehicle: str, driver: str, reason: str) -> None:
    assert judged(report(vehicle=vehicle, driver=driver), MATCH) == (Outcome.VIOLATION, reason)


def test_one_of_several_matched_pairs_is_enough() -> None:
    assert judged(depart(), OTHER_MATCH, MATCH) == (Outcome.COMPLIANT, None)
    assert judged(depart(vehicle=OTHER_CAR, driver=WANG), OTHER_MATCH, MATCH) == (Outcome.COMPLIANT, None)


def test_halves_of_two_pairs_are_no_pair_and_the_driver_counts_first() -> None:
    assert judged(depart(vehicle=CAR, driver=WANG), MATCH, OTHER_MATCH) == (
        Outcome.VIOLATION,
        "vehicle_changed",
    )
    assert judged(depart(vehicle=A_THIRD_CAR, driver=WANG), MATCH, OTHER_MATCH) == (
        Outcome.VIOLATION,
        "vehicle_changed",
    )


def test_a_pay_is_held_against_the_depart_and_not_the_match() -> None:
    departed = depart(vehicle=OTHER_CAR, driver=WANG)

    assert judged(pay(vehicle=OTHER_CAR, driver=WANG), MATCH, departed) == (Outcome.COMPLIANT, None)
    assert judged(pay(), MATCH, departed) == (Outcome.VIOLATION, "both_changed")


@pytest.mark.parametrize(
    ("report", "others"),
    [
        pytest.param(depart(), [], id="nobody was matched"),
        pytest.param(depart(), [depart(vehicle=OTHER_CAR)], id="another depart is no match"),
        pytest.param(depart(), [a_report(Stage.MATCH, vehicle="")], id="the match has a blank half"),
        pytest.param(depart(driver=""), [MATCH], id="the depart has a blank half"),
        pytest.param(pay(), [MATCH, depart(driver="")], id="there was a depart, with a blank half"),
        pytest.param(pay(vehicle=""), [MATCH, depart()], id="the pay has a blank half"),
    ],
)
def test_it_does_not_apply_where_there_is_nothing_to_compare(report: Report, others: list[Report]) -> None:
    assert judged(report, *others) == (Outcome.DOES_NOT_APPLY, None)


def test_a_blank_half_is_not_named_beside_a_whole_pair() -> None:
    blank = a_report(Stage.MATCH, vehicle="", driver=WANG)

    assert judged(depart(vehicle=OTHER_CAR, driver=WANG), MATCH, blank) == (
        Outcome.VIOLATION,
        "both_changed",
    )


def test_it_judges_depart_and_pay_and_its_subject_is_the_order() -> None:
    assert pair_mismatch.RULE.stages == {Stage.DEPART, Stage.PAY}
    assert list(pair_mismatch.RULE.subjects(Sitting().facts(depart()))) == ["order-1"]
