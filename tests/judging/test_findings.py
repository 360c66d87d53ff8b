"""One finding for each order, rule and subject: which report it rests on (contract, section 5.4)."""

from itertools import permutations

from regulator.domain.findings import EventKind, Finding, Status
from regulator.domain.orders import Report, Stage
from tests.builders.law import (
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
    a_statement,
    licensed,
    minutes,
    period,
)


def found(sitting: Sitting, *reports: Report, order: str | None = "order-1") -> dict[str, Finding]:
    for report in reports:
        sitting.report(report, order)
    sitting.conclude()
    return sitting.findings()


def test_a_licensed_order_has_no_findings() -> None:
    sitting = Sitting(*licensed())

    assert found(sitting, a_report(Stage.MATCH), a_report(Stage.DEPART, 5)) == {}


def test_all_broken_rules_are_reported() -> None:
    findings = found(Sitting(), a_report())

    assert set(findings) == {f"platform_permit {SUNNY}", f"vehicle_permit {CAR}", f"driver_certificate {LI}"}


def test_a_finding_rests_on_its_earliest_violating_report_and_lists_every_stage() -> None:
    reports = [
        a_report(Stage.DEPART, 7),
        a_report(Stage.MATCH, 3),
        a_report(Stage.MATCH, 5),
    ]
    for order in permutations(reports):
        finding = found(Sitting(), *order)[f"vehicle_permit {CAR}"]

        assert (finding.stage, finding.at) == (Stage.MATCH, minutes(3))
        assert finding.stages == (Stage.MATCH, Stage.DEPART)
        assert len(finding.origins) == 3


def test_of_reports_at_one_instant_the_earlier_stage_counts() -> None:
    finding = found(Sitting(), a_report(Stage.DEPART), a_report(Stage.MATCH))[f"vehicle_permit {CAR}"]

    assert finding.stage is Stage.MATCH


def test_of_one_instant_and_stage_the_reason_decides() -> None:
    one, other = a_report(vehicle=""), a_report(driver="")
    for order in ((one, other), (other, one)):
        finding = found(Sitting(*licensed()), *order)["not_identifiable order-1"]

        assert finding.reason == "driver"


def test_a_stage_that_is_compliant_is_not_among_the_stages() -> None:
    sitting = Sitting(*licensed(), a_statement(period(4, 9, SUSPENDED), certificate="v2"))
    sitting.say(a_statement(period(), period(4, 9, SUSPENDED), certificate="v", sequence=2))

    finding = found(sitting, a_report(Stage.MATCH, 3), a_report(Stage.DEPART, 5))[f"vehicle_permit {CAR}"]

    assert (finding.reason, finding.stage, finding.stages) == ("suspended", Stage.DEPART, (Stage.DEPART,))


def test_a_redispatch_to_another_car_has_both_judged() -> None:
    findings = found(Sitting(), a_report(at=1), a_report(at=2, vehicle=OTHER_CAR, driver=WANG))

    assert {f"vehicle_permit {CAR}", f"vehicle_permit {OTHER_CAR}"} <= set(findings)
    assert {f"driver_certificate {LI}", f"driver_certificate {WANG}"} <= set(findings)


def test_a_login_is_judged_without_the_platforms_permit() -> None:
    findings = found(Sitting(), a_report(Stage.LOGIN), order=None)

    assert set(findings) == {f"vehicle_permit {CAR}", f"driver_certificate {LI}"}
    login = findings[f"vehicle_permit {CAR}"]
    assert (login.order, login.login) == (None, f"{CAR}|{LI}|20260302120000")


def test_a_pay_is_judged_by_no_licence_rule() -> None:
    assert found(Sitting(), a_report(Stage.PAY)) == {}


def test_whoever_is_not_identifiable_is_left_to_that_rule_alone() -> None:
    findings = found(Sitting(*licensed()), a_report(vehicle="", driver=""))

    assert set(findings) == {"not_identifiable order-1"}
    assert findings["not_identifiable order-1"].reason == "both"


def test_the_half_that_is_identifiable_is_judged() -> None:
    findings = found(Sitting(*licensed()), a_report(vehicle="", driver=WANG))

    assert set(findings) == {"not_identifiable order-1", f"driver_certificate {WANG}"}


def test_the_same_order_number_of_two_companies_is_two_orders() -> None:
    sitting = Sitting()
    sitting.report(a_report(), company=SUNNY)
    sitting.report(a_report(), company=MOON)
    sitting.conclude()

    assert len(sitting.book) == 2
    assert {f"platform_permit {SUNNY}", f"platform_permit {MOON}"} <= set(sitting.findings())


def test_identity_stays_while_the_judgement_follows_the_facts() -> None:
    sitting = Sitting()
    before = found(sitting, a_report(Stage.MATCH, 3))[f"vehicle_permit {CAR}"]

    after = found(sitting, a_report(Stage.DEPART, 5))[f"vehicle_permit {CAR}"]
    elsewhere = found(Sitting(), a_report(Stage.MATCH, 3))[f"vehicle_permit {CAR}"]

    assert after.id == before.id == elsewhere.id
    assert after.judgement != before.judgement == elsewhere.judgement


def test_findings_of_other_orders_rules_and_subjects_have_other_identities() -> None:
    sitting = Sitting()
    for order in ("order-1", "order-2"):
        sitting.report(a_report(), order)
        sitting.report(a_report(vehicle=OTHER_CAR), order)
    sitting.conclude()

    ids = [event for order in sitting.book for event in order.filed]
    assert len(ids) == len(set(ids)) == 8


def test_an_unchanged_judgement_makes_no_event() -> None:
    sitting = Sitting()
    sitting.report(a_report())
    first = sitting.events()

    sitting.report(a_report(), offset=9)  # a repetition
    sitting.vouch(2000)
    sitting.say(a_statement(period(), subject=OTHER_CAR))
    again = sitting.conclude()

    assert {event.kind for event in first} == {EventKind.RAISED}
    assert (again.events, again.changed) == ([], [])


def test_a_second_violating_report_updates_the_finding_and_keeps_when_it_was_raised() -> None:
    sitting = Sitting()
    sitting.report(a_report(Stage.MATCH), arrival=1)
    [raised] = [event for event in sitting.events() if event.finding.rule == "vehicle_permit"]

    sitting.report(a_report(Stage.DEPART, 5), arrival=6)
    [updated] = [event for event in sitting.events() if event.finding.rule == "vehicle_permit"]

    assert (raised.kind, updated.kind) == (EventKind.RAISED, EventKind.UPDATED)
    assert raised.raised_at == updated.raised_at == minutes(1)
    assert updated.caused_at == minutes(6)
    assert updated.because is None


def test_evidence_shows_both_licences_side_by_side() -> None:
    revoked = a_statement(period(), period(-1, 1, REVOKED), certificate="v", sequence=2)
    sitting = Sitting(*licensed(), revoked)

    [finding] = found(sitting, a_report()).values()

    assert finding.vehicle_permit is not None
    assert finding.driver_certificate is not None
    assert (finding.vehicle_permit.answer, finding.vehicle_permit.reason) == ("not_held", "revoked")
    assert (finding.driver_certificate.answer, finding.driver_certificate.certificate) == ("held", "d")
    assert finding.legal_basis
    assert finding.status is Status.VIOLATION


def test_nobody_has_no_licence_to_show() -> None:
    [finding] = found(Sitting(*licensed()), a_report(vehicle="", driver="")).values()

    assert (finding.vehicle_permit, finding.driver_certificate) == (None, None)
