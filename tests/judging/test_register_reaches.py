"""What the register says later reaches what was judged before: settling, withdrawing, raising."""

import pytest

from regulator.domain.findings import EventKind, FindingEvent, Status
from regulator.domain.instants import SECOND
from regulator.domain.licences import LicenceKind
from regulator.domain.orders import Stage
from tests.builders.law import (
    CAR,
    CITY,
    LI,
    OTHER_CAR,
    REVOKED,
    SUNNY,
    Sitting,
    a_report,
    a_source,
    a_statement,
    a_withdrawal,
    licensed,
    minutes,
    period,
    sources,
)

PERMIT = f"vehicle_permit {CAR}"
MOMENT = 1 / 60_000_000


def told(events: list[FindingEvent]) -> list[tuple[EventKind, str]]:
    return [(event.kind, f"{event.finding.rule} {event.finding.subject}") for event in events]


def without_permit(*, vouched: float | None) -> Sitting:
    """Everybody but the car has a licence, and the order is judged."""
    company, _, driver = licensed()
    sitting = Sitting(company, driver, vouched=vouched)
    sitting.report(a_report())
    return sitting


def test_what_is_undetermined_is_filed_and_not_told() -> None:
    sitting = without_permit(vouched=-1)

    judged = sitting.conclude()

    assert judged.events == []
    assert len(judged.changed) == 1
    finding = sitting.findings()[PERMIT]
    assert (finding.status, finding.reason, finding.stages) == (Status.UNDETERMINED, "never", ())
    assert sitting.book.undetermined() == {"vehicle_permit": 1}


@pytest.mark.parametrize(
    ("to", "raised"),
    [(0, True), (MOMENT, True), (-MOMENT, False)],
    ids=["to the instant", "beyond", "to a moment before"],
)
def test_it_settles_when_the_heartbeat_arrives(to: float, raised: bool) -> None:
    sitting = without_permit(vouched=-1)
    sitting.conclude()

    sitting.vouch(to)
    events = sitting.events()

    assert told(events) == ([(EventKind.RAISED, PERMIT)] if raised else [])
    assert sitting.book.undetermined() == ({} if raised else {"vehicle_permit": 1})


def test_the_event_names_the_heartbeat_that_settled_it() -> None:
    sitting = without_permit(vouched=-1)
    sitting.conclude()

    sitting.vouch(3)
    [event] = sitting.events()

    assert event.because is not None
    assert (event.because.source, event.because.kind) == (CITY, "heartbeat")
    assert event.because.complete_to == event.raised_at == minutes(3)
    assert event.register_complete_to == minutes(3)


def test_it_settles_only_when_every_required_source_has_vouched() -> None:
    sitting = Sitting(vouched=None, declared=sources(a_source("city"), a_source("county")))
    sitting.report(a_report())
    sitting.conclude()

    sitting.vouch(1, source="city")
    assert sitting.events() == []
    sitting.vouch(-MOMENT, source="county")
    assert sitting.events() == []
    sitting.vouch(0, source="county")
    assert len(sitting.events()) == 3


def test_grace_settles_it_earlier() -> None:
    sitting = Sitting(vouched=None, declared=sources(a_source(grace=60 * SECOND)))
    sitting.report(a_report())
    sitting.conclude()

    sitting.vouch(-1)

    assert len(sitting.events()) == 3


def test_an_older_heartbeat_takes_nothing_back() -> None:
    sitting = without_permit(vouched=5)
    assert told(sitting.events()) == [(EventKind.RAISED, PERMIT)]

    sitting.vouch(-5)

    assert sitting.events() == []
    assert sitting.findings()[PERMIT].status is Status.VIOLATION


def test_a_licence_that_arrives_settles_it_silently() -> None:
    sitting = without_permit(vouched=-1)
    sitting.conclude()

    sitting.say(a_statement(period()))
    judged = sitting.conclude()

    assert judged.events == []
    assert len(judged.changed) == 1
    assert sitting.findings() == {}
    sitting.vouch(5)
    assert sitting.events() == []


def test_each_stage_settles_when_its_own_time_is_reached() -> None:
    company, _, driver = licensed()
    sitting = Sitting(company, driver, vouched=-1)
    sitting.report(a_report(Stage.MATCH, 1))
    sitting.report(a_report(Stage.DEPART, 5))
    sitting.conclude()

    sitting.vouch(1)
    [raised] = sitting.events()
    sitting.vouch(5)
    [updated] = sitting.events()

    assert raised.finding.stages == (Stage.MATCH,)
    assert (updated.kind, updated.finding.stages) == (EventKind.UPDATED, (Stage.MATCH, Stage.DEPART))


def test_a_back_dated_licence_withdraws_the_finding_and_says_why() -> None:
    sitting = without_permit(vouched=10)
    [raised] = sitting.events()

    sitting.say(a_statement(period(0, 9), certificate="late", sequence=7), at=12)
    [withdrawn] = sitting.events()

    assert told([raised, withdrawn]) == [(EventKind.RAISED, PERMIT), (EventKind.WITHDRAWN, PERMIT)]
    assert withdrawn.finding.id == raised.finding.id
    assert withdrawn.finding.judgement != raised.finding.judgement
    assert withdrawn.raised_at == raised.raised_at
    assert withdrawn.caused_at == minutes(12)
    assert withdrawn.because is not None
    assert (withdrawn.because.certificate, withdrawn.because.sequence) == ("late", 7)
    assert withdrawn.finding.vehicle_permit is not None
    assert withdrawn.finding.vehicle_permit.answer == "held"
    assert sitting.findings() == {}


@pytest.mark.parametrize(
    ("start", "end"), [(MOMENT, 9), (-9, 0)], ids=["begins a moment too late", "ends at the instant"]
)
def test_a_late_licence_that_does_not_hold_the_instant_withdraws_nothing(start: float, end: float) -> None:
    sitting = without_permit(vouched=10)
    sitting.events()

    sitting.say(a_statement(period(start, end)))

    assert (EventKind.WITHDRAWN, PERMIT) not in told(sitting.events())
    assert sitting.findings()[PERMIT].status is Status.VIOLATION


def test_a_changed_reason_updates_the_finding() -> None:
    sitting = without_permit(vouched=10)
    sitting.events()

    sitting.say(a_statement(period(-9, -5)))
    [event] = sitting.events()

    assert (event.kind, event.finding.reason) == (EventKind.UPDATED, "expired")


def test_a_late_revocation_raises() -> None:
    sitting = Sitting(*licensed())
    sitting.report(a_report())
    assert sitting.events() == []

    sitting.say(a_statement(period(), period(-1, None, REVOKED), certificate="v", sequence=2), at=30)
    [event] = sitting.events()

    assert told([event]) == [(EventKind.RAISED, PERMIT)]
    assert event.finding.reason == "revoked"
    assert event.raised_at == minutes(30)
    assert event.because is not None
    assert event.because.kind == "vehicle_permit"


def test_a_withdrawn_statement_is_a_licence_that_never_was() -> None:
    sitting = Sitting(*licensed())
    sitting.report(a_report())
    sitting.conclude()

    sitting.say(a_withdrawal(2, certificate="v"))
    [event] = sitting.events()

    assert (event.kind, event.finding.reason) == (EventKind.RAISED, "never")


def test_a_certificate_that_passes_to_another_car_leaves_the_first_without() -> None:
    sitting = Sitting(*licensed())
    sitting.report(a_report(), "order-1")
    sitting.report(a_report(vehicle=OTHER_CAR), "order-2")
    assert told(sitting.events()) == [(EventKind.RAISED, f"vehicle_permit {OTHER_CAR}")]

    sitting.say(a_statement(period(), certificate="v", subject=OTHER_CAR, sequence=2))

    assert set(told(sitting.events())) == {
        (EventKind.RAISED, PERMIT),
        (EventKind.WITHDRAWN, f"vehicle_permit {OTHER_CAR}"),
    }


def test_the_platforms_permit_reaches_all_its_orders() -> None:
    sitting = Sitting(*licensed()[1:])
    for order in ("order-1", "order-2"):
        sitting.report(a_report(), order)
    assert len(sitting.events()) == 2

    sitting.say(a_statement(period(), kind=LicenceKind.PLATFORM_PERMIT, subject=SUNNY))

    assert told(sitting.events()) == [(EventKind.WITHDRAWN, f"platform_permit {SUNNY}")] * 2


def test_a_driver_is_reached_by_pseudonym() -> None:
    sitting = Sitting(*licensed()[:2])
    sitting.report(a_report(Stage.LOGIN), None)
    sitting.events()

    sitting.say(a_statement(period(), kind=LicenceKind.DRIVER_CERTIFICATE, subject=LI))

    assert told(sitting.events()) == [(EventKind.WITHDRAWN, f"driver_certificate {LI}")]


def test_a_finding_can_be_raised_again_after_it_was_withdrawn() -> None:
    sitting = without_permit(vouched=10)
    [raised] = sitting.events()
    sitting.say(a_statement(period(), sequence=1))
    sitting.events()

    sitting.say(a_withdrawal(2), at=40)
    [again] = sitting.events()

    assert (again.kind, again.finding.id) == (EventKind.RAISED, raised.finding.id)
    assert again.finding.judgement == raised.finding.judgement
    assert again.raised_at == minutes(40)


def test_what_becomes_undetermined_is_withdrawn_and_settles_again() -> None:
    sitting = without_permit(vouched=-1)
    sitting.say(a_statement(period(), period(-1, 1, REVOKED)))
    assert told(sitting.events()) == [(EventKind.RAISED, PERMIT)]

    sitting.say(a_withdrawal(2))
    assert told(sitting.events()) == [(EventKind.WITHDRAWN, PERMIT)]
    assert sitting.findings()[PERMIT].status is Status.UNDETERMINED

    sitting.vouch(0)
    assert told(sitting.events()) == [(EventKind.RAISED, PERMIT)]


def test_orders_of_other_cars_are_not_judged_again() -> None:
    sitting = without_permit(vouched=10)
    sitting.conclude()

    sitting.say(a_statement(period(), subject=OTHER_CAR))

    assert sitting.conclude().changed == []


def test_of_changes_that_reach_an_order_together_each_finding_names_its_own() -> None:
    sitting = Sitting(*licensed()[:1])
    sitting.report(a_report())
    sitting.events()

    sitting.say(a_statement(period(), certificate="car's"))
    sitting.say(a_statement(period(), kind=LicenceKind.DRIVER_CERTIFICATE, subject=LI, certificate="Li's"))
    causes = {event.finding.rule: event.because for event in sitting.events()}

    assert {rule: because and because.certificate for rule, because in causes.items()} == {
        "vehicle_permit": "car's",
        "driver_certificate": "Li's",
    }


def test_a_violation_by_statement_that_is_taken_back_waits_for_the_register_again() -> None:
    company, _, driver = licensed()
    revoked = a_statement(period(-1, None, REVOKED), certificate="v")
    sitting = Sitting(company, driver, revoked, vouched=-1)
    sitting.report(a_report())
    assert told(sitting.events()) == [(EventKind.RAISED, PERMIT)]

    sitting.say(a_withdrawal(2, certificate="v"))
    assert told(sitting.events()) == [(EventKind.WITHDRAWN, PERMIT)]
    assert sitting.book.undetermined() == {"vehicle_permit": 1}

    sitting.vouch(1)
    assert told(sitting.events()) == [(EventKind.RAISED, PERMIT)]
    assert sitting.book.undetermined() == {}
