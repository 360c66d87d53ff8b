"""Episodes of the watch list are kept, replaced, taken back and published as licences are."""

import pytest

from regulator.domain.drivers import NO_DRIVER
from regulator.domain.episodes import EpisodeNumber
from regulator.domain.licences import SourceName, Subject
from regulator.domain.plates import NOBODY, Plate
from regulator.domain.register import EpisodeStated, EpisodeWithdrawn, Heartbeat, Vouched
from regulator.store.outbox import OutboxStore
from regulator.store.register import RegisterStore
from regulator.store.register_view import RegisterView
from regulator.wire.register import decode_change
from tests.builders.queue import CAR, EIGHT, WANG, minutes
from tests.builders.register import CITY, LI, episode, heard, no_episode, source, statement, told

OTHER_CAR = Plate("沪AD54321")
SOURCES = {CITY: source()}


def take(store, *contents, at=EIGHT):
    with store.writing() as connection:
        return told(RegisterStore(connection).take([heard(content, at) for content in contents]))


def naming(store, vehicle=CAR, driver=NO_DRIVER, **asked):
    with store.reading() as connection:
        return list(RegisterView(connection, SOURCES, **asked).episodes(vehicle, driver))


def published(store):
    with store.reading() as connection:
        letters = OutboxStore(connection).first(100)
    return [(letter.key.decode(), decode_change(letter.value)) for letter in letters]


def test_an_episode_comes_back_as_it_was_made_and_is_published(store):
    said = episode(2)

    changes = take(store, said)

    assert naming(store) == [said] == naming(store, NOBODY, LI)
    assert changes == [EpisodeStated(episode=said)]
    assert published(store) == [("episode|city|2026-0312", changes[0])]


@pytest.mark.parametrize(("second", "replaces"), [(3, True), (2, True), (1, False)])
def test_the_higher_or_equal_sequence_replaces(store, second, replaces):
    old, new = episode(2), episode(second, events=())

    changes = take(store, old, new)

    assert naming(store) == [new if replaces else old]
    assert len(changes) == 1 + replaces


def test_the_same_again_changes_nothing(store):
    take(store, episode(1), no_episode(2), episode(3))

    assert take(store, episode(1), no_episode(2), episode(3), at=minutes(1)) == []


def test_an_episode_that_names_others_names_those_before(store):
    (_, moved) = take(store, episode(1), episode(2, vehicle=OTHER_CAR, driver=WANG))

    assert moved == EpisodeStated(
        episode=episode(2, vehicle=OTHER_CAR, driver=WANG), former=(Subject(CAR), Subject(LI))
    )
    assert naming(store, CAR, LI) == []
    assert naming(store, OTHER_CAR) == [episode(2, vehicle=OTHER_CAR, driver=WANG)]


def test_an_episode_taken_back_is_gone_and_everybody_whom_it_named_is_told(store):
    take(store, episode(1), episode(2, vehicle=OTHER_CAR))

    (gone,) = take(store, no_episode(2))

    assert isinstance(gone, EpisodeWithdrawn)
    assert set(gone.former) == {CAR, OTHER_CAR, LI}
    assert naming(store, OTHER_CAR, LI) == []
    assert take(store, episode(1)) == []


def test_a_number_belongs_to_its_source(store):
    district = SourceName("district")
    take(store, episode(1), episode(1, source=district, events=()))

    with store.reading() as connection:
        view = RegisterView(connection, {CITY: source(), district: source("district")})
        assert [one.key for one in view.episodes(CAR, LI)] == ["city/2026-0312", "district/2026-0312"]
    assert naming(store) == [episode(1)]


def test_who_names_nobody_is_in_no_episode(store):
    take(store, episode(1, vehicle=NOBODY), episode(1, number=EpisodeNumber("7"), driver=NO_DRIVER))

    assert naming(store, NOBODY, NO_DRIVER) == []
    assert [one.number for one in naming(store, CAR, LI)] == ["2026-0312", "7"]


def test_episodes_and_licences_are_taken_in_their_order(store):
    beat = Heartbeat(source=CITY, complete_to=minutes(1))

    changes = take(store, episode(1), beat, statement(1), episode(2, events=()))

    assert [type(change).__name__ for change in changes] == [
        "EpisodeStated",
        "Vouched",
        "Stated",
        "EpisodeStated",
    ]


def test_a_lost_topic_is_told_episodes_before_anybody_vouches(store):
    take(store, Heartbeat(source=CITY, complete_to=minutes(1)), episode(1), episode(2))
    take(store, episode(1, number=EpisodeNumber("9")), no_episode(2, number=EpisodeNumber("9")))

    with store.writing() as connection:
        count = RegisterStore(connection).requeue(at=minutes(5))

    assert count == 2
    assert [change for _, change in published(store)] == [
        EpisodeStated(episode=episode(2)),
        Vouched(source=CITY, complete_to=minutes(1)),
    ]
