"""Whoever is not identifiable is left to this rule alone (contract, section 5)."""

import pytest

from regulator.domain.orders import Stage
from regulator.rules import not_identifiable
from regulator.rules.rule import Outcome, Verdict
from tests.builders.law import CAR, LI, Sitting, a_report


def judged(vehicle: str, driver: str, stage: Stage = Stage.MATCH) -> Verdict:
    facts = Sitting().facts(a_report(stage, vehicle=vehicle, driver=driver))

    return not_identifiable.RULE.judge(facts, "order-1")


@pytest.mark.parametrize(
    ("vehicle", "driver", "reason"),
    [("", LI, "vehicle"), (CAR, "", "driver"), ("", "", "both")],
)
def test_the_reason_names_the_half_that_is_missing(vehicle: str, driver: str, reason: str) -> None:
    verdict = judged(vehicle, driver)

    assert (verdict.outcome, verdict.reason) == (Outcome.VIOLATION, reason)


def test_a_pair_that_is_known_is_compliant_whatever_its_licences() -> None:
    assert judged(CAR, LI).outcome is Outcome.COMPLIANT


def test_it_judges_login_match_and_depart() -> None:
    assert not_identifiable.RULE.stages == {Stage.LOGIN, Stage.MATCH, Stage.DEPART}


def test_the_subject_is_the_order_or_login_itself() -> None:
    facts = Sitting().facts(a_report(vehicle=""))

    assert not_identifiable.RULE.subjects(facts) == ("order-1",)
