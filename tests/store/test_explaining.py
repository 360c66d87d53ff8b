"""The account of a verdict from SQL: what the queue was told, what was known when, and who asked."""

import msgspec
import pytest
from sqlalchemy import select

from regulator.domain.instants import to_digits
from regulator.domain.licences import LicenceKind, Statement
from regulator.domain.register import Heartbeat
from regulator.explaining.explained import CaseExplained, PlateExplained, Unknown
from regulator.joins.register_index import RegisterIndex
from regulator.judging.law import Law
from regulator.store import Store
from regulator.store.enforcement import apply_judgements
from regulator.store.explaining import Ambiguous, Office, Question, explain
from regulator.store.queue_events import read_event, read_order
from regulator.store.register import Heard, RegisterStore
from regulator.store.schema import audit
from regulator.wire.orders import encode_order
from regulator.wire.violations import encode_violation
from tests.builders.law import (
    CAR,
    CITY,
    LI,
    MOON,
    SUNNY,
    Sitting,
    a_report,
    a_statement,
    licensed,
    minutes,
    period,
    sources,
)

NOW = minutes(60)


def office(sitting: Sitting) -> Office:
    def over(register: RegisterIndex) -> Law:
        return msgspec.structs.replace(sitting.law, register=register)

    feeds = {SUNNY: "feed.sunny.orders", MOON: "feed.moon.orders"}
    return Office(law=over, sources=sources(), feeds=feeds)  # type: ignore[arg-type] # any register will do


def keep(store: Store, sitting: Sitting, *stated: Statement, at: float = 0) -> None:
    """Bring what was judged and stated to SQL, as the desk does."""
    judged = sitting.conclude()
    events = [
        read_event(encode_violation(event), arrived_at=event.caused_at, origin="queue/0/1")
        for event in judged.events
    ]
    states = [
        read_order(encode_order(one), limits=sitting.law.limits, feed="feed.sunny.orders", partition=3)
        for one in judged.changed
    ]
    heard = [Heard(content=one, received_at=minutes(at), origin="feed.register.city/0/7") for one in stated]
    beat = Heartbeat(source=CITY, complete_to=minutes(1000))
    with store.writing() as connection:
        apply_judgements(connection, events, states, at=minutes(at))
        RegisterStore(connection).take(heard)
        RegisterStore(connection).take([Heard(content=beat, received_at=minutes(at), origin="beat")])


@pytest.fixture
def sitting(store: Store) -> Sitting:
    company, _, driver = licensed()
    sitting = Sitting(company, driver)
    sitting.report(a_report())
    keep(store, sitting, company, driver)
    return sitting


def ask(store: Store, sitting: Sitting, asked: str, **facts: object) -> CaseExplained:
    question = Question(asked=asked, **facts)  # type: ignore[arg-type]
    explained = explain(store, question, office(sitting), who="王建国 310104", now=NOW)
    assert isinstance(explained, CaseExplained)
    return explained


def test_a_finding_is_told_with_what_the_queue_heard_and_where_its_report_is(
    store: Store, sitting: Sitting
) -> None:
    explained = ask(store, sitting, "order-1")

    (finding,) = explained.findings
    assert (finding.rule, finding.status, finding.queue) == ("vehicle_permit", "violation", "raised")
    assert [event.event for event in finding.events] == ["raised"]
    origin = explained.reports[0].origin
    assert (origin.topic, origin.partition, origin.offset) == ("feed.sunny.orders", 3, 0)


def test_as_known_before_a_licence_came_it_was_not_held(store: Store, sitting: Sitting) -> None:
    permit = a_statement(period(), certificate="v")
    sitting.say(permit, at=30)
    keep(store, sitting, permit, at=30)

    then, now_ = ask(store, sitting, "order-1", known_by=minutes(20)), ask(store, sitting, "order-1")

    assert [one.status for one in then.findings] == ["violation"]
    assert [(one.status, one.queue) for one in now_.findings] == [(None, "withdrawn")]
    (licence,) = (one for one in now_.register.licences if one.kind is LicenceKind.VEHICLE_PERMIT)
    assert licence.statements[0].known_at == "2026-03-02T12:30:00+08:00"


def test_a_car_is_told_by_its_latest_orders(store: Store, sitting: Sitting) -> None:
    question = Question(asked="沪a·d12345", at=minutes(0))
    explained = explain(store, question, office(sitting), who="somebody", now=NOW)

    assert isinstance(explained, PlateExplained)
    assert [(one.kind, one.answer) for one in explained.answers] == [
        ("vehicle_permit", "not_held"),
        ("driver_certificate", "held"),
    ]
    assert [one.order for one in explained.cases] == ["order-1"]
    assert [one.rule for one in explained.cases[0].findings] == ["vehicle_permit"]


def test_a_login_is_found_by_car_and_time_however_its_driver_is_hidden(
    store: Store, sitting: Sitting
) -> None:
    sitting.report(a_report(at=-3), None)
    keep(store, sitting)

    explained = ask(store, sitting, f"{CAR}|…002X|{to_digits(minutes(-3))}")

    assert explained.login == f"{CAR}|…002X|{to_digits(minutes(-3))}"


def test_a_number_that_two_companies_use_asks_for_the_company(store: Store, sitting: Sitting) -> None:
    sitting.report(a_report(), company=MOON)
    keep(store, sitting)

    with pytest.raises(Ambiguous, match=f"{SUNNY}, {MOON}"):
        ask(store, sitting, "order-1")
    assert ask(store, sitting, "order-1", company=MOON).company == MOON


def test_every_question_is_on_record_without_a_drivers_pseudonym(store: Store, sitting: Sitting) -> None:
    explained = explain(store, Question(asked=f"{CAR}|{LI}|0"), office(sitting), who="王建国 310104", now=NOW)

    assert isinstance(explained, Unknown)
    with store.reading() as connection:
        entries = connection.execute(select(audit.c.at, audit.c.who, audit.c.what, audit.c.subject)).all()
    assert entries == [(NOW, "王建国 310104", "explain", f"{CAR}|…????|0")]
