"""Who asked about whom can be found again, also when they asked about thousands."""

from sqlalchemy import select

from regulator.domain.instants import Instant
from regulator.store.audit import AuditStore
from regulator.store.schema import audit_subjects
from tests.builders.queue import CAR, EIGHT

EVER = {"since": Instant(0), "until": Instant(1 << 62)}


def about(store, subject, **when):
    with store.reading() as connection:
        found = list(AuditStore(connection).about(subject, **EVER | when))
    return [(entry.at - EIGHT, entry.who) for entry in found]


def ask(store, hour, who, *subjects):
    with store.writing() as connection:
        audit, at = AuditStore(connection), Instant(EIGHT + hour)
        if len(subjects) == 1:
            audit.write(who, "query licences", subject=subjects[0], at=at)
        else:
            audit.write_many(who, "query licences", subjects=subjects, at=at)


def test_everybody_who_asked_about_a_car_is_found_alone_or_among_many(store):
    ask(store, 3, "three", "沪AD00001", CAR)
    ask(store, 1, "one", CAR)
    ask(store, 2, "two", "沪AD00001", "沪AD00002")
    ask(store, 4, "four", "沪AD00002")

    assert about(store, CAR) == [(1, "one"), (3, "three")]


def test_only_the_days_that_are_asked_for_are_looked_through(store):
    for hour in (1, 2, 3):
        ask(store, hour, str(hour), CAR, "沪AD00001")

    assert about(store, CAR, since=Instant(EIGHT + 2), until=Instant(EIGHT + 3)) == [(2, "2")]


def test_a_part_of_a_name_is_another_name(store):
    ask(store, 1, "one", "沪AD12345X", "X沪AD12345", '沪AD12345","')

    assert about(store, CAR) == []


def test_ten_thousand_subjects_take_little_room(store):
    plates = [f"沪A{chr(65 + number % 8)}{number * 7919 % 100_000:05d}" for number in range(10_000)]
    ask(store, 1, "platform", *plates)

    with store.reading() as connection:
        row = connection.execute(select(audit_subjects)).mappings().one()
    assert row["count"] == 10_000
    assert len(row["subjects"]) < 60_000
    assert about(store, plates[7_777]) == [(1, "platform")]
