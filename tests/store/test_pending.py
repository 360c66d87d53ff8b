"""Undetermined findings are listed, and no others."""

import msgspec

from regulator.commands.pending import Totals
from regulator.domain.instants import to_rfc3339
from regulator.domain.licences import LicenceKind, Statement
from regulator.domain.orders import Ending, Stage
from regulator.domain.register import Heartbeat, Register
from regulator.explaining.told.reports import WaitsFor
from regulator.judging.law import Law
from regulator.store import Store
from regulator.store.keeping import keep
from regulator.store.pending import Undetermined, undetermined
from regulator.store.queue_events import read_order
from regulator.store.register import Heard, RegisterStore
from regulator.wire.orders import encode_order
from tests.builders.law import (
    ABROAD,
    CAR,
    CITY,
    SUNNY,
    WANG,
    Sitting,
    a_report,
    a_statement,
    licensed,
    minutes,
    period,
    sources,
)


def kept(store: Store, sitting: Sitting, *stated: Statement) -> list[Undetermined]:
    def over(register: Register) -> Law:
        return msgspec.structs.replace(sitting.law, register=register)

    states = [
        read_order(encode_order(order), limits=sitting.law.limits) for order in sitting.conclude().changed
    ]
    with store.writing() as connection:
        keep(connection, states, at=minutes(0))
        heard = (*stated, Heartbeat(source=CITY, complete_to=minutes(-3)))
        RegisterStore(connection).take(
            [Heard(content=one, received_at=minutes(0), origin="here") for one in heard]
        )
    with store.reading() as connection:
        return list(undetermined(connection, sources(), over))


def test_what_waits_for_the_register_is_listed_until_it_is_settled(store: Store) -> None:
    company, _, driver = licensed()
    sitting = Sitting(company, driver, vouched=-1)
    sitting.report(a_report())
    sitting.report(a_report(at=-5, driver=WANG), "order-2")

    listed = kept(store, sitting)
    sitting.say(a_statement(period(), certificate="v"))

    assert [(one.order, one.rule, one.subject, one.reason) for one in listed] == [
        ("order-1", "vehicle_permit", CAR, "never")
    ]
    assert (listed[0].company, listed[0].stage, listed[0].at) == (SUNNY, "match", to_rfc3339(minutes(0)))
    assert msgspec.json.decode(msgspec.json.encode(listed[0]))["login"] is None
    assert kept(store, sitting) == []


def test_it_says_which_source_is_behind_with_which_licence_and_up_to_when(store: Store) -> None:
    company, _, driver = licensed()
    sitting = Sitting(company, driver, vouched=-3)
    sitting.report(a_report())
    sitting.report(a_report(Stage.DEPART, at=8))

    (listed,) = kept(store, sitting)

    until = to_rfc3339(minutes(8))  # both reports wait: the finding is settled with the later
    assert listed.waits_for == (
        WaitsFor(cause="register", kind=LicenceKind.VEHICLE_PERMIT, until=until, behind=("city",)),
    )


def test_a_trip_whose_end_cannot_be_placed_waits_for_its_end(store: Store) -> None:
    sitting = Sitting(*licensed())
    sitting.report(a_report(Stage.DEPART, place=ABROAD))
    sitting.report(Ending(at=minutes(20)))

    listed = kept(store, sitting, *licensed())

    assert [(one.rule, one.waits_for) for one in listed] == [("out_of_area", (WaitsFor(cause="end"),))]


def test_totals_are_told_by_rule_and_by_cause(store: Store) -> None:
    sitting = Sitting(*licensed(), vouched=-3)
    sitting.report(a_report(driver=WANG))
    sitting.report(a_report(Stage.DEPART, place=ABROAD), "order-2")
    sitting.report(Ending(at=minutes(20)), "order-2")

    totals = Totals()
    for one in kept(store, sitting, *licensed()):
        totals.add(one)

    assert list(totals.lines()) == [
        "2 findings are undetermined",
        "by rule:",
        "         1  driver_certificate",
        "         1  out_of_area",
        "by cause:",
        "         1  city is behind with driver_certificate",
        "         1  the end is not known",
    ]
