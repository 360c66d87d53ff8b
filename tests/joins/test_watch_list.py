"""The watch list finds the episodes of a car or driver, whatever was said of them before."""

from hypothesis import given
from hypothesis import strategies as st

from regulator.domain.register import EpisodeStated, EpisodeWithdrawn, RegisterMessage
from regulator.joins.register_index import RegisterIndex
from regulator.joins.statements import StatementBook
from regulator.joins.watch_list import WatchList
from tests.builders.law import (
    CAR,
    LI,
    OTHER_CAR,
    PENALISED,
    REMOVED,
    WANG,
    a_statement,
    an_episode,
    an_episode_withdrawal,
    sources,
)

FIRST = an_episode((REMOVED, 0), number="1")
BOTH = an_episode((REMOVED, 0), driver=LI, number="2")


def test_a_newer_word_replaces_the_older_one_and_reaches_whom_either_names() -> None:
    watched = WatchList()
    watched.follow(EpisodeStated(episode=BOTH))

    moved = an_episode((PENALISED, 0), vehicle=OTHER_CAR, driver=LI, number="2", sequence=2)

    assert set(watched.follow(EpisodeStated(episode=moved, former=(CAR,)))) == {OTHER_CAR, LI, CAR}
    assert list(watched.naming(CAR, WANG)) == []
    assert list(watched.naming(OTHER_CAR, LI)) == [moved]


def test_an_episode_that_names_both_is_found_once() -> None:
    watched = WatchList()
    for episode in (BOTH, FIRST):
        watched.follow(EpisodeStated(episode=episode))

    assert list(watched.naming(CAR, LI)) == [FIRST, BOTH]
    assert list(watched.naming(CAR, WANG)) == [FIRST, BOTH]
    assert list(watched.naming(OTHER_CAR, LI)) == [BOTH]


def test_what_is_taken_back_names_nobody() -> None:
    watched = WatchList()
    watched.follow(EpisodeStated(episode=BOTH))

    gone = EpisodeWithdrawn(source=BOTH.source, number=BOTH.number, sequence=3, former=(OTHER_CAR,))

    assert set(watched.follow(gone)) == {CAR, LI, OTHER_CAR}
    assert (list(watched.naming(CAR, LI)), len(watched)) == ([], 0)


def test_the_licence_of_one_reaches_the_other_whom_the_episode_names() -> None:
    index = RegisterIndex(sources())
    index.apply(EpisodeStated(episode=BOTH))
    book = StatementBook()
    change = book.take(a_statement(subject=CAR))
    assert change is not None

    assert set(index.apply(change)) == {CAR, LI}


episodes = st.builds(
    lambda number, sequence, car, driver: an_episode(
        (REMOVED, sequence), number=number, sequence=sequence, vehicle=car, driver=driver
    ),
    st.sampled_from("12"),
    st.integers(1, 4),
    st.sampled_from([CAR, OTHER_CAR]),
    st.sampled_from([LI, WANG, ""]),
)
withdrawals = st.builds(an_episode_withdrawal, st.sampled_from("12"), st.integers(1, 4))


@given(st.lists(st.one_of(episodes, withdrawals), max_size=8))
def test_the_list_is_what_the_highest_sequences_say(said: list[RegisterMessage]) -> None:
    book, watched = StatementBook(), WatchList()
    standing: dict[str, RegisterMessage] = {}
    for message in said:
        change = book.take(message)
        number = message.number  # type: ignore[union-attr]  # only episodes are said
        if number not in standing or standing[number].sequence <= message.sequence:  # type: ignore[union-attr]
            standing[number] = message
        if isinstance(change, EpisodeStated | EpisodeWithdrawn):
            watched.follow(change)

    expected = [one for one in standing.values() if hasattr(one, "events")]
    for car in (CAR, OTHER_CAR):
        for driver in (LI, WANG):
            named = {one.key for one in expected if car == one.vehicle or driver == one.driver}  # type: ignore[union-attr]
            assert {one.key for one in watched.naming(car, driver)} == named
