"""The newest word of a source stands, whole; nothing that was said is lost; each change is published once."""

import pytest
from sqlalchemy import select

from regulator.domain.licences import LicenceKind, Period, PeriodState, Reason, SourceName, Subject
from regulator.domain.register import Heartbeat, Stated, Vouched, Withdrawn
from regulator.store.outbox import OutboxStore
from regulator.store.register import RegisterStore
from regulator.store.register_view import RegisterView
from regulator.store.schema import statements
from regulator.wire.register import decode_change
from tests.builders.queue import CAR, EIGHT, minutes
from tests.builders.register import (
    APRIL,
    CITY,
    MARCH,
    PAPER,
    heard,
    source,
    statement,
    told,
    valid,
    withdrawal,
)

OTHER_CAR = Subject("沪AD54321")
SOURCES = {CITY: source()}


def take(store, *contents, at=EIGHT):
    with store.writing() as connection:
        return told(RegisterStore(connection).take([heard(content, at) for content in contents]))


def standing(store, subject=CAR, sources=SOURCES):
    with store.reading() as connection:
        return RegisterView(connection, sources).statements(LicenceKind.VEHICLE_PERMIT, Subject(subject))


def rows(store):
    with store.reading() as connection:
        return connection.execute(select(statements).order_by(statements.c.id)).mappings().all()


def published(store):
    with store.reading() as connection:
        return [decode_change(letter.value) for letter in OutboxStore(connection).first(10_000)]


def test_a_statement_comes_back_as_it_was_made(store):
    said = statement(7)

    changes = take(store, said)

    assert standing(store) == [said]
    assert changes == [Stated(statement=said)] == published(store)


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one by one"])
@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [
        pytest.param(1, 2, 2, id="a higher sequence replaces"),
        pytest.param(2, 2, 2, id="an equal one that comes later replaces"),
        pytest.param(2, 1, 1, id="a lower one does not"),
    ],
)
def test_sequences(store, together, first, second, stands):
    old = statement(first)
    new = statement(second, periods=(valid(MARCH, MARCH + 1),))
    batches = [(old, new)] if together else [(old,), (new,)]

    for batch in batches:
        take(store, *batch)

    assert standing(store) == [new if stands == 2 else old]
    assert len(rows(store)) == 2
    assert [row["superseded_at"] is None for row in rows(store)] == [stands != 2, stands == 2]


def test_the_same_again_changes_nothing(store):
    take(store, statement(1), statement(2), withdrawal(3), statement(4))
    before = rows(store)

    assert take(store, statement(1), statement(2), withdrawal(3), statement(4), at=minutes(9)) == []
    assert rows(store) == before


def test_a_shorter_statement_replaces_the_longer_one_entirely(store):
    suspended = valid(MARCH, APRIL)
    take(store, statement(1, periods=(valid(), suspended)), statement(2, periods=()))

    (said,) = standing(store)
    assert said.periods == ()


@pytest.mark.parametrize(
    ("withdrawn", "stands"),
    [
        pytest.param(6, True, id="with a lower sequence: no effect"),
        pytest.param(7, False, id="with an equal one: gone"),
        pytest.param(8, False, id="with a higher one: gone"),
    ],
)
def test_a_withdrawal(store, withdrawn, stands):
    changes = take(store, statement(7), withdrawal(withdrawn))

    assert bool(standing(store)) is stands
    gone = [change for change in changes if isinstance(change, Withdrawn)]
    assert [change.former for change in gone] == ([] if stands else [(CAR,)])


@pytest.mark.parametrize(("sequence", "stands"), [(6, False), (7, True), (8, True)])
def test_after_a_withdrawal_an_older_word_does_not_come_back(store, sequence, stands):
    take(store, withdrawal(7))

    changes = take(store, statement(sequence))

    assert bool(standing(store)) is stands
    assert bool(changes) is stands


def test_taking_back_what_was_never_said_is_kept_and_not_published(store):
    assert take(store, withdrawal(7)) == []
    assert len(rows(store)) == 1


def test_a_certificate_that_changes_hands_names_all_earlier_subjects(store):
    (_, moved) = take(store, statement(1), statement(2, subject=OTHER_CAR))
    (back,) = take(store, statement(3))
    (gone,) = take(store, withdrawal(4))

    assert moved.former == (CAR,)
    assert back.former == (OTHER_CAR,)
    assert set(gone.former) == {CAR, OTHER_CAR}
    assert standing(store) == [] == standing(store, OTHER_CAR)


def test_what_was_known_at_any_time_can_be_told_again(store):
    take(store, statement(1), at=minutes(1))
    take(store, statement(2, periods=()), at=minutes(2))

    known = [(row["sequence"], row["received_at"], row["superseded_at"]) for row in rows(store)]
    assert known == [(1, minutes(1), minutes(2)), (2, minutes(2), None)]


def test_of_heartbeats_the_greatest_counts(store):
    changes = take(
        store, *(Heartbeat(source=CITY, complete_to=minutes(minute)) for minute in (1, 3, 2, 3, 4))
    )

    assert changes == [Vouched(source=CITY, complete_to=minutes(minute)) for minute in (1, 3, 4)]
    with store.reading() as connection:
        assert RegisterStore(connection).heartbeats() == {CITY: minutes(4)}


def test_publication_keeps_the_order_in_which_sources_vouch(store):
    beat = Heartbeat(source=CITY, complete_to=minutes(1))

    take(store, statement(1), beat, statement(2, periods=()))

    kinds = [type(change) for change in published(store)]
    assert kinds == [Stated, Vouched, Stated]
    with store.reading() as connection:
        keys = [letter.key.decode() for letter in OutboxStore(connection).first(10)]
    assert keys == [
        f"licence|vehicle_permit|city|{PAPER}",
        "heartbeat|city",
        f"licence|vehicle_permit|city|{PAPER}",
    ]


def test_a_lost_topic_is_told_everything_before_anybody_vouches(store):
    beat = Heartbeat(source=CITY, complete_to=minutes(1))
    take(
        store,
        beat,
        statement(1),
        statement(2),
        statement(5, certificate="other"),
        withdrawal(6, certificate="other"),
    )

    with store.writing() as connection:
        count = RegisterStore(connection).requeue(at=minutes(5))

    assert count == 2
    assert published(store) == [Stated(statement=statement(2)), Vouched(source=CITY, complete_to=minutes(1))]


def test_the_view_answers_by_precedence_and_completeness(store):
    national = SourceName("national")
    sources = {CITY: source(precedence=2, grace=5), national: source("national", precedence=1)}
    revoked = (Period(MARCH, APRIL, PeriodState.REVOKED),)
    take(store, statement(1), statement(1, source=national, periods=revoked))
    take(store, Heartbeat(source=CITY, complete_to=minutes(1)))

    with store.reading() as connection:
        view = RegisterView(connection, sources)
        answer = view.in_force(LicenceKind.VEHICLE_PERMIT, Subject(CAR), MARCH)
        before = view.complete_to(LicenceKind.VEHICLE_PERMIT)
        count = view.licences()
    take(store, Heartbeat(source=national, complete_to=minutes(0)))
    with store.reading() as connection:
        after = RegisterView(connection, sources).complete_to(LicenceKind.VEHICLE_PERMIT)

    assert answer.reason is Reason.REVOKED
    assert (before, after) == (None, minutes(0))
    assert count == {LicenceKind.VEHICLE_PERMIT: 2}
