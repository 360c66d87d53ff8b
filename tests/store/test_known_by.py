"""What was known when can be told again, and SQL answers what the judges' index answers."""

import random
from datetime import date

import pytest

from regulator.domain.instants import MINUTE, Instant
from regulator.domain.licences import Certificate, LicenceKind, Period, PeriodState, SourceName, Subject
from regulator.domain.orders import CompanyId
from regulator.domain.plates import Plate
from regulator.domain.register import Heartbeat, Mileage, Sources
from regulator.joins.register_index import RegisterIndex
from regulator.store.mileages import MileageStore, Reported
from regulator.store.register import RegisterStore
from regulator.store.register_view import RegisterView
from tests.builders.queue import CAR, LI, WANG, minutes
from tests.builders.register import CITY, episode, heard, no_episode, source, statement, told, withdrawal

OTHER_CAR = Plate("沪AD54321")
NATION = SourceName("nation")
SOURCES: Sources = {CITY: source(precedence=2, grace=5), NATION: source("nation", precedence=1)}
PERMIT = LicenceKind.VEHICLE_PERMIT
INSTANTS = [minutes(minute) for minute in range(-1, 8)]


class World:
    """Says one thing after another, as departments and platforms do."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def word(self):
        one = self._chance.choice
        about = {"source": one([CITY, NATION])}
        sequence = self._chance.randrange(6)
        match self._chance.randrange(6):
            case 0 | 1 | 2:
                return statement(
                    sequence,
                    **about,
                    certificate=Certificate(one(["A", "B"])),
                    subject=Subject(one([CAR, OTHER_CAR])),
                    periods=tuple(self._period() for _ in range(self._chance.randrange(3))),
                    area=one(["", "310000"]),
                    first_registered=one([None, date(2018, 1, 1), date(2019, 1, 1)]),
                )
            case 3:
                return withdrawal(sequence, **about, certificate=Certificate(one(["A", "B"])))
            case 4:
                return episode(sequence, **about, vehicle=one([CAR, Plate("")]), driver=one([LI, WANG]))
            case _:
                return one(
                    [
                        no_episode(sequence, **about),
                        Heartbeat(**about, complete_to=minutes(self._chance.randrange(9))),
                    ]
                )

    def mileage(self):
        minute, far = self._chance.randrange(5), self._chance.randrange(5)
        return Mileage(vehicle=CAR, at=minutes(minute), kilometres=100_000.5 * far)

    def _period(self):
        start = self._chance.randrange(5)
        end = self._chance.choice([None, minutes(start + self._chance.randrange(4))])
        return Period(minutes(start), end, self._chance.choice(list(PeriodState)))


def answers(register):
    """Everything that can be asked of a register."""
    found = {"complete": register.complete_to(PERMIT)}
    for car in (CAR, OTHER_CAR):
        found[car] = (
            [register.in_force(PERMIT, Subject(car), at) for at in INSTANTS],
            [register.holds(PERMIT, Subject(car), at) for at in INSTANTS],
            [sorted(register.areas(car, at)) for at in INSTANTS],
            register.first_registered(car),
            [list(register.episodes(car, driver)) for driver in ("", LI, WANG)],
            [furthest(register, car, at) for at in INSTANTS],
        )
    return found


def furthest(register, car, at):
    return max((one.kilometres for one in register.mileages(car) if one.at <= at), default=None)


@pytest.mark.parametrize("seed", range(12))
def test_what_was_known_at_any_time_is_answered_again(store, seed):
    world, index = World(seed), RegisterIndex(SOURCES)
    known = {}

    for minute in range(12):
        at = minutes(100 + minute)
        with store.writing() as connection:
            words = [heard(world.word(), at) for _ in range(4)]
            changes = told(RegisterStore(connection).take(words))
            report = Reported(mileage=world.mileage(), company=CompanyId("3101"), received_at=at)
            changes += MileageStore(connection).add([report])
        for change in changes:
            index.apply(change)
        with store.reading() as connection:
            known[at] = answers(RegisterView(connection, SOURCES))
        assert known[at] == answers(index)

    with store.reading() as connection:
        for at, answer in known.items():
            assert answers(RegisterView(connection, SOURCES, known_by=at)) == answer
            assert answers(RegisterView(connection, SOURCES, known_by=Instant(at + MINUTE - 1))) == answer
        before = answers(RegisterView(connection, SOURCES, known_by=minutes(99)))
    assert before == answers(RegisterIndex(SOURCES))


def test_the_turns_are_those_of_the_statements_that_count(store):
    with store.writing() as connection:
        said = statement(1, periods=(Period(minutes(1), minutes(3), PeriodState.VALID),))
        over = statement(1, source=NATION, periods=(Period(minutes(2), None, PeriodState.REVOKED),))
        RegisterStore(connection).take([heard(said, minutes(5)), heard(over, minutes(6))])

    with store.reading() as connection:
        view = RegisterView(connection, SOURCES)
        before = RegisterView(connection, SOURCES, known_by=minutes(5))
        assert view.turns(PERMIT, Subject(CAR)) == [minutes(2)]
        assert before.turns(PERMIT, Subject(CAR)) == [minutes(1), minutes(3)]


def test_two_ways_in_with_two_clocks_leave_no_gap_and_no_overlap(store):
    with store.writing() as connection:
        RegisterStore(connection).take([heard(statement(1), minutes(5))])
        RegisterStore(connection).take([heard(statement(2, periods=()), minutes(3))])

    with store.reading() as connection:
        for minute, stood in ((4, []), (5, [2]), (6, [2])):
            view = RegisterView(connection, SOURCES, known_by=minutes(minute))
            assert [said.sequence for said in view.statements(PERMIT, Subject(CAR))] == stood


def test_a_report_that_says_no_more_is_kept_and_not_published(store):
    def reported(minute: int, kilometres: float) -> Reported:
        mileage = Mileage(vehicle=CAR, at=minutes(minute), kilometres=kilometres)
        return Reported(mileage=mileage, company=CompanyId("3101"), received_at=minutes(9))

    with store.writing() as connection:
        news = MileageStore(connection).add([reported(2, 100.0), reported(3, 90.0), reported(1, 120.0)])
        again = MileageStore(connection).add([reported(2, 100.0)])
        kept = MileageStore(connection).of(CAR)

    assert [one.kilometres for one in news] == [100.0, 120.0]
    assert again == []
    assert [one.kilometres for one in kept] == [120.0, 100.0, 90.0]
