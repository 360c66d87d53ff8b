"""Whose car, whose driver: what a company itself reported."""

from itertools import permutations

import msgspec
import pytest

from regulator.domain.instants import DAY, Instant
from regulator.domain.orders import CompanyId
from regulator.store.enforcement import apply_judgements
from regulator.store.reported import Member, Reported, ReportedStore
from tests.builders.queue import CAR, EIGHT, SUNNY, order_state
from tests.builders.register import LI

OTHER = CompanyId("3101YPZC0002")
LONG_AGO = Instant(0)


def reports(store, *companies, subjects=(CAR,), kind=Member.VEHICLE, since=LONG_AGO):
    with store.reading() as connection:
        return ReportedStore(connection).reports(set(companies), kind, subjects, since=since)


def add(store, *records):
    with store.writing() as connection:
        ReportedStore(connection).add(records)


def record(hour=0, **facts):
    told = {"company": SUNNY, "kind": Member.VEHICLE, "subject": CAR, "at": Instant(EIGHT + hour)}
    return Reported(**told | facts)


def test_a_base_record_makes_a_car_its_companys_own_and_nobody_elses(store):
    add(store, record())

    assert reports(store, SUNNY, subjects=[CAR, "沪AD99999"]) == {CAR}
    assert reports(store, OTHER, SUNNY) == {CAR}
    assert reports(store, OTHER) == set()
    assert reports(store) == set()


def test_a_car_is_no_driver(store):
    add(store, record())

    assert reports(store, SUNNY, kind=Member.DRIVER) == set()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_newest_record_says_who_is_withdrawn_whatever_came_last(store, order):
    told = [record(0), record(1, withdrawn=True), record(2)]

    add(store, *(told[index] for index in order[:2]))
    add(store, *(told[index] for index in order[2:]))

    assert reports(store, SUNNY) == {CAR}


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_who_is_withdrawn_is_theirs_no_more(store, order):
    told = [record(0), record(1, withdrawn=True)]

    for index in order:
        add(store, told[index])

    assert reports(store, SUNNY) == set()


def test_of_two_records_of_one_instant_the_later_counts(store):
    add(store, record(), record(withdrawn=True))

    assert reports(store, SUNNY) == set()


def test_an_order_makes_its_car_and_driver_its_companys_own(store):
    with store.writing() as connection:
        apply_judgements(connection, [], [msgspec.structs.replace(order_state(), driver=LI)], at=EIGHT)

    assert reports(store, SUNNY, subjects=[CAR, "沪AD99999"]) == {CAR}
    assert reports(store, SUNNY, subjects=[LI], kind=Member.DRIVER) == {LI}
    assert reports(store, OTHER, subjects=[LI], kind=Member.DRIVER) == set()


def test_an_order_counts_for_a_while_only(store):
    state = order_state()
    with store.writing() as connection:
        apply_judgements(connection, [], [state], at=EIGHT)

    assert reports(store, SUNNY, since=state.updated_at) == {CAR}
    assert reports(store, SUNNY, since=Instant(state.updated_at + 1)) == set()


def test_a_car_that_is_withdrawn_and_still_drives_is_theirs(store):
    with store.writing() as connection:
        apply_judgements(connection, [], [order_state()], at=EIGHT)
    add(store, record(DAY, withdrawn=True))

    assert reports(store, SUNNY) == {CAR}


def test_a_whole_fleet_is_asked_at_once(store):
    fleet = [f"沪AD{number:05d}" for number in range(2_500)]
    add(store, *(record(subject=one) for one in fleet[::2]))

    assert reports(store, SUNNY, subjects=fleet) == set(fleet[::2])
