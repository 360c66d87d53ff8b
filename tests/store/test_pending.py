"""Undetermined findings are listed, and no others."""

import msgspec

from regulator.domain.instants import to_rfc3339
from regulator.store import Store
from regulator.store.keeping import keep
from regulator.store.pending import Undetermined, undetermined
from regulator.store.queue_events import read_order
from regulator.wire.orders import encode_order
from tests.builders.law import CAR, SUNNY, WANG, Sitting, a_report, a_statement, licensed, minutes, period


def kept(store: Store, sitting: Sitting) -> list[Undetermined]:
    states = [
        read_order(encode_order(order), limits=sitting.law.limits) for order in sitting.conclude().changed
    ]
    with store.writing() as connection:
        keep(connection, states, at=minutes(0))
    with store.reading() as connection:
        return list(undetermined(connection))


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
