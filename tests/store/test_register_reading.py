"""Many at once are answered as one by one."""

from random import Random

import pytest

from regulator.domain.instants import HOUR, Instant
from regulator.domain.licences import LicenceKind, Period, PeriodState, Reason, SourceName, Subject
from regulator.domain.register import Heartbeat
from regulator.store.register import RegisterStore
from regulator.store.register_reading import RegisterReading
from regulator.store.register_view import RegisterView
from tests.builders.queue import CAR, EIGHT
from tests.builders.register import APRIL, CITY, MARCH, heard, source, statement, valid, withdrawal

VEHICLE = LicenceKind.VEHICLE_PERMIT
SOURCES = {SourceName(name): source(name, precedence=rank) for rank, name in enumerate(("city", "county"))}


_STATES = list(PeriodState)


def take(store, *contents, at=EIGHT):
    with store.writing() as connection:
        RegisterStore(connection).take([heard(content, at) for content in contents])


def reading(store, *subjects, known_by=None):
    with store.reading() as connection:
        return RegisterReading(connection, SOURCES, subjects={VEHICLE: subjects}, known_by=known_by)


def some_statement(chance: Random):
    start = MARCH + chance.randrange(-9, 9) * HOUR
    periods = [
        Period(
            Instant(start), Instant(start + chance.randrange(1, 9) * HOUR), chance.choice(list(PeriodState))
        )
        for _ in range(chance.randrange(3))
    ]
    return statement(
        chance.randrange(5),
        source=SourceName(chance.choice(("city", "county", "unknown"))),
        certificate=f"paper {chance.randrange(4)}",
        subject=Subject(f"沪AD0000{chance.randrange(5)}"),
        periods=tuple(periods),
    )


@pytest.mark.parametrize("seed", range(5))
def test_it_answers_as_the_view_does(store, seed):
    chance = Random(seed)
    take(store, *(some_statement(chance) for _ in range(40)))
    subjects = [Subject(f"沪AD0000{number}") for number in range(6)]

    many = reading(store, *subjects)

    with store.reading() as connection:
        view = RegisterView(connection, SOURCES)
        for subject in subjects:
            for hour in range(-12, 20):
                at = Instant(MARCH + hour * HOUR)
                assert many.in_force(VEHICLE, subject, at) == view.in_force(VEHICLE, subject, at)


def test_what_came_later_was_not_known_before(store):
    take(store, statement(1), at=Instant(EIGHT))
    take(store, statement(2, periods=()), at=Instant(EIGHT + 1))
    take(store, withdrawal(3), at=Instant(EIGHT + 2))

    def known(by):
        return reading(store, CAR, known_by=by and Instant(by)).in_force(VEHICLE, CAR, MARCH).reason

    assert known(EIGHT - 1) is Reason.NEVER
    assert known(EIGHT) is None
    assert known(EIGHT + 1) is Reason.NEVER
    assert known(None) is Reason.NEVER


def test_it_knows_the_areas_of_what_is_valid(store):
    ended = valid(end=Instant(MARCH + 1))
    take(
        store,
        statement(certificate="a", area="310000"),
        statement(certificate="b", area="320000"),
        statement(certificate="c", area=""),
        statement(certificate="d", area="330000", periods=(ended,)),
    )

    one = reading(store, CAR)

    assert one.areas(VEHICLE, CAR, Instant(MARCH + HOUR)) == ["310000", "320000"]
    assert one.areas(VEHICLE, CAR, APRIL) == []


def test_it_says_how_far_the_register_is_complete(store):
    assert reading(store, CAR).complete_to(VEHICLE) is None

    beats = [Heartbeat(source=name, complete_to=Instant(EIGHT - rank)) for rank, name in enumerate(SOURCES)]
    take(store, *beats)

    assert reading(store, CAR).complete_to(VEHICLE) == EIGHT - 1
    assert reading(store, CAR, known_by=Instant(EIGHT - 1)).complete_to(VEHICLE) is None
    assert reading(store, CAR).heartbeats[CITY] == EIGHT
