"""The three licence rules (contract, sections 5 and 5.1): both edges, three values, every reason."""

from typing import Any, NamedTuple

import pytest

from regulator.domain.instants import SECOND
from regulator.domain.licences import LicenceKind, Period, Reason, Statement
from regulator.domain.orders import Stage
from regulator.domain.register import Sources
from regulator.rules import driver_certificate, platform_permit, vehicle_permit
from regulator.rules.rule import Outcome, Rule, Verdict
from tests.builders.law import (
    CANCELLED,
    CAR,
    LI,
    MOON,
    OTHER_CAR,
    REVOKED,
    SUNNY,
    SUSPENDED,
    WANG,
    Sitting,
    a_report,
    a_source,
    a_statement,
    period,
    sources,
)

MOMENT = 1 / 60_000_000
"""A microsecond, in minutes."""


class Case(NamedTuple):
    rule: Rule
    kind: LicenceKind
    holder: str
    somebody_else: str


CASES = [
    Case(platform_permit.RULE, LicenceKind.PLATFORM_PERMIT, SUNNY, MOON),
    Case(vehicle_permit.RULE, LicenceKind.VEHICLE_PERMIT, CAR, OTHER_CAR),
    Case(driver_certificate.RULE, LicenceKind.DRIVER_CERTIFICATE, LI, WANG),
]

every_licence = pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule.id)


def judged(
    case: Case,
    *statements: Statement,
    vouched: float | None = 1000,
    declared: Sources | None = None,
    at: float = 0,
    **who: Any,
) -> Verdict:
    sitting = Sitting(*statements, vouched=vouched, declared=declared)

    return case.rule.judge(sitting.facts(a_report(at=at, **who)), case.holder)


def licence(case: Case, *periods: Period, certificate: str = "one", source: str = "city") -> Statement:
    return a_statement(*periods, kind=case.kind, subject=case.holder, certificate=certificate, source=source)


@every_licence
@pytest.mark.parametrize(
    ("start", "end", "outcome", "reason"),
    [
        pytest.param(-9, 9, Outcome.COMPLIANT, None, id="held"),
        pytest.param(0, 9, Outcome.COMPLIANT, None, id="held from the very instant"),
        pytest.param(MOMENT, 9, Outcome.VIOLATION, Reason.NOT_YET, id="a moment too early"),
        pytest.param(-9, MOMENT, Outcome.COMPLIANT, None, id="held to a moment later"),
        pytest.param(-9, 0, Outcome.VIOLATION, Reason.EXPIRED, id="expired at the very instant"),
        pytest.param(-9, None, Outcome.COMPLIANT, None, id="held without end"),
    ],
)
def test_the_licence_must_hold_at_the_reports_own_time(
    case: Case, start: float, end: float | None, outcome: Outcome, reason: Reason | None
) -> None:
    verdict = judged(case, licence(case, period(start, end)))

    assert (verdict.outcome, verdict.reason) == (outcome, reason)


@every_licence
@pytest.mark.parametrize(
    ("state", "reason"),
    [(REVOKED, Reason.REVOKED), (CANCELLED, Reason.CANCELLED), (SUSPENDED, Reason.SUSPENDED)],
)
@pytest.mark.parametrize("vouched", [None, -1, 1000])
def test_a_licence_not_held_by_statement_is_a_violation_at_once(
    case: Case, state: Any, reason: Reason, vouched: float | None
) -> None:
    verdict = judged(case, licence(case, period(), period(0, 1, state)), vouched=vouched)

    assert (verdict.outcome, verdict.reason, verdict.awaits) == (Outcome.VIOLATION, reason, ())


@every_licence
@pytest.mark.parametrize("vouched", [None, -1, 1000])
def test_a_licence_that_is_held_is_compliant_at_once(case: Case, vouched: float | None) -> None:
    assert judged(case, licence(case, period()), vouched=vouched).outcome is Outcome.COMPLIANT


@every_licence
@pytest.mark.parametrize(
    ("periods", "reason"),
    [((period(-9, -1),), Reason.EXPIRED), ((period(1, 9),), Reason.NOT_YET), ((), Reason.NEVER)],
)
@pytest.mark.parametrize(
    ("vouched", "outcome"),
    [
        pytest.param(MOMENT, Outcome.VIOLATION, id="complete beyond"),
        pytest.param(0, Outcome.VIOLATION, id="complete to the very instant"),
        pytest.param(-MOMENT, Outcome.UNDETERMINED, id="complete to a moment before"),
        pytest.param(None, Outcome.UNDETERMINED, id="nobody ever vouched"),
    ],
)
def test_absence_counts_as_far_as_the_register_is_complete(
    case: Case, periods: tuple[Period, ...], reason: Reason, vouched: float | None, outcome: Outcome
) -> None:
    verdict = judged(case, licence(case, *periods), vouched=vouched)

    assert (verdict.outcome, verdict.reason) == (outcome, reason)
    assert verdict.awaits == ((case.kind,) if outcome is Outcome.UNDETERMINED else ())


@every_licence
@pytest.mark.parametrize(
    ("at", "outcome"),
    [(1, Outcome.VIOLATION), (1 + MOMENT, Outcome.UNDETERMINED)],
    ids=["to the last instant of the grace", "a moment after it"],
)
def test_grace_is_how_long_silence_may_be_read_as_absence(case: Case, at: float, outcome: Outcome) -> None:
    declared = sources(a_source(grace=60 * SECOND))

    assert judged(case, vouched=0, declared=declared, at=at).outcome is outcome


@every_licence
def test_without_a_required_source_absence_proves_nothing(case: Case) -> None:
    declared = sources(a_source(required=False))

    assert judged(case, declared=declared).outcome is Outcome.UNDETERMINED


@every_licence
def test_somebody_elses_licence_does_not_help(case: Case) -> None:
    other = a_statement(period(), kind=case.kind, subject=case.somebody_else)

    verdict = judged(case, other)

    assert (verdict.outcome, verdict.reason) == (Outcome.VIOLATION, Reason.NEVER)


@every_licence
def test_a_licence_of_another_kind_does_not_help(case: Case) -> None:
    kinds = [kind for kind in LicenceKind if kind is not case.kind]
    others = [a_statement(period(), kind=kind, subject=case.holder) for kind in kinds]

    assert judged(case, *others).reason == Reason.NEVER


@every_licence
def test_the_source_that_comes_first_is_believed(case: Case) -> None:
    declared = sources(a_source("city", precedence=2), a_source("ministry", precedence=1))
    city = licence(case, period())
    ministry = licence(case, period(state=REVOKED), source="ministry")

    assert judged(case, city, ministry, declared=declared).reason == Reason.REVOKED


@pytest.mark.parametrize(
    ("rule", "stages"),
    [
        (platform_permit.RULE, {Stage.MATCH, Stage.DEPART}),
        (vehicle_permit.RULE, {Stage.LOGIN, Stage.MATCH, Stage.DEPART}),
        (driver_certificate.RULE, {Stage.LOGIN, Stage.MATCH, Stage.DEPART}),
    ],
    ids=lambda value: getattr(value, "id", ""),
)
def test_each_rule_judges_at_its_stages(rule: Rule, stages: set[Stage]) -> None:
    assert rule.stages == stages


@pytest.mark.parametrize("rule", [vehicle_permit.RULE, driver_certificate.RULE], ids=lambda rule: rule.id)
def test_whoever_is_not_identifiable_has_no_subject(rule: Rule) -> None:
    nobody = Sitting().facts(a_report(vehicle="", driver=""))

    assert not rule.subjects(nobody)


def test_the_subjects_are_company_plate_and_driver() -> None:
    facts = Sitting().facts(a_report())

    assert [list(case.rule.subjects(facts)) for case in CASES] == [[SUNNY], [CAR], [LI]]
