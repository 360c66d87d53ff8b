"""Cars by the thousand are kept in memory; SQL hears of those that officers look for."""

import pytest

from regulator.domain.feed import Position
from regulator.domain.places import Datum, RawPlace
from regulator.store import open_store
from regulator.store.enforcement import apply_judgements
from regulator.store.places import PositionStore
from regulator.wire.tracks import encode_tracks
from streams.desk.gathered import Gathered
from streams.desk.lag import lag_by_topic
from streams.desk.whereabouts import Whereabouts
from tests.builders.queue import CAR, EIGHT, LI, SUNNY, minutes, raised
from tests.streams.desk.test_readers import Sent


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'regulator.db'}")
    with opened.writing() as connection:
        apply_judgements(connection, [raised()], [], at=EIGHT)
    yield opened
    opened.close()


def moved(minute, vehicle=CAR, datum=Datum.WGS_84):
    place = RawPlace(121_000_000 + minute, 31_000_000, datum)
    position = Position(at=minutes(minute), vehicle=vehicle, driver=LI, place=place, speed=30)
    return Sent("tracks", encode_tracks([(SUNNY, position)]))


def written(store):
    with store.reading() as connection:
        return {car.vehicle: car.at for car in PositionStore(connection).of_open_cards()}


def test_the_latest_of_each_wanted_car_is_written_once(store):
    cars = Whereabouts()
    for message in (moved(1), moved(3), moved(2), moved(9, "沪AD99999")):
        cars.read(message, Gathered())

    assert [cars.flush(store, now=minutes(4)), cars.flush(store, now=minutes(4))] == [1, 0]
    assert written(store) == {CAR: minutes(3)}


def test_a_car_whose_card_opens_later_is_written_from_memory(store):
    cars = Whereabouts()
    cars.read(moved(9, "沪AD99999"), Gathered())
    cars.flush(store, now=minutes(9))

    with store.writing() as connection:
        apply_judgements(connection, [raised("f2", vehicle="沪AD99999")], [], at=EIGHT)
    cars.flush(store, now=minutes(9))

    assert written(store) == {"沪AD99999": minutes(9)}


def test_a_place_of_an_unknown_datum_is_not_shown(store):
    cars = Whereabouts()
    cars.read(moved(1, datum=Datum.OTHER), Gathered())

    cars.flush(store, now=minutes(1))

    assert written(store) == {}


def test_lag_is_counted_by_topic_and_never_negative():
    ends = {("a", 0): 10, ("a", 1): 5, ("b", 0): 3}

    assert lag_by_topic(ends, {("a", 0): 4, ("b", 0): 7}) == {"a": 11, "b": 0}
