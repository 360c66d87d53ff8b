"""Tallies add up by day and hour to what was sent, however often a run is delivered."""

from datetime import date

import pytest
from sqlalchemy import select

from regulator.domain.instants import HOUR, MINUTE, Instant, from_rfc3339
from regulator.quality.tally import Count, Tally
from regulator.store import Store
from regulator.store.quality import QualityStore
from regulator.store.schema import quality_runs

TOPIC = "feed.sunny.orders"
DAY = date(2026, 3, 2)
NOON = from_rfc3339("2026-03-02T12:00:00+08:00")


def tally(
    first: int, last: int, *, at: Instant = NOON, untimely: int = 0, partition: int = 0, topic: str = TOPIC
) -> Tally:
    """One record a message, all handled."""
    number = last - first + 1
    counts = [Count("3101", "operatePay", "handled", "", number)]
    if untimely:
        counts.append(Count("3101", "operatePay", "untimely", "DestTime", untimely))
    return Tally(
        topic=topic,
        partition=partition,
        first=first,
        last=last,
        arrived_at=at,
        messages=number,
        counts=tuple(counts),
    )


def take(store: Store, *tallies: Tally, at: Instant = NOON) -> None:
    with store.writing() as connection:
        QualityStore(connection).take(tallies, at=at)


def counted(store: Store, first: date = DAY, last: date = DAY) -> dict[tuple[str, str], int]:
    with store.reading() as connection:
        return {(one.what, one.field): one.number for one in QualityStore(connection).days(first, last)}


def test_runs_add_up_to_what_was_sent(store: Store) -> None:
    take(store, tally(0, 9, untimely=2), tally(10, 14), tally(0, 4, partition=1))
    take(store, tally(15, 19, untimely=1))

    assert counted(store) == {("handled", ""): 25, ("untimely", "DestTime"): 3}


@pytest.mark.parametrize("together", [True, False])
def test_a_run_that_is_delivered_again_counts_once_however_it_is_cut(store: Store, together: bool) -> None:
    first = [tally(0, 9, untimely=5), tally(10, 19, untimely=5)]
    again = [tally(0, 4, untimely=1), tally(5, 24, untimely=2)]
    for batch in [[*first, *again]] if together else [first, again]:
        take(store, *batch)

    assert counted(store) == {("handled", ""): 25, ("untimely", "DestTime"): 3}


def test_the_same_again_changes_nothing(store: Store) -> None:
    for _ in range(3):
        take(store, tally(0, 9, untimely=2), tally(10, 19))

    assert counted(store) == {("handled", ""): 20, ("untimely", "DestTime"): 2}


def test_a_run_that_was_in_hand_when_a_judge_ended_counts_once_days_later(store: Store) -> None:
    take(store, tally(0, 9), tally(10, 19))
    take(store, tally(20, 29), at=Instant(NOON + MINUTE))
    days_later = Instant(NOON + 72 * HOUR)

    take(store, tally(20, 49, at=days_later), at=days_later)

    assert counted(store) == {("handled", ""): 20}
    assert counted(store, date(2026, 3, 5), date(2026, 3, 5)) == {("handled", ""): 30}


def test_old_runs_are_forgotten_and_not_the_newest(store: Store) -> None:
    take(store, tally(0, 9), tally(10, 19))
    take(store, tally(20, 29), at=Instant(NOON + HOUR))

    with store.reading() as connection:
        assert connection.execute(select(quality_runs.c.first)).scalars().all() == [20]


def test_a_day_is_shanghais(store: Store) -> None:
    take(store, tally(0, 0, at=from_rfc3339("2026-03-02T23:59:59+08:00")))
    take(store, tally(1, 2, at=from_rfc3339("2026-03-03T00:00:00+08:00")))

    assert counted(store) == {("handled", ""): 1}
    assert counted(store, date(2026, 3, 3), date(2026, 3, 3)) == {("handled", ""): 2}


def test_an_hour_knows_its_messages_and_its_last(store: Store) -> None:
    take(store, tally(0, 9, at=Instant(NOON + 5 * MINUTE), untimely=2))
    take(store, tally(10, 11, at=Instant(NOON + 3 * MINUTE)), tally(0, 0, at=Instant(NOON + HOUR)))
    take(store, tally(0, 0, topic="feed.moon.positions"))

    with store.reading() as connection:
        hours = QualityStore(connection).hours(NOON, Instant(NOON + HOUR))

    assert {(one.topic, one.messages, one.records, one.untimely, one.newest_at) for one in hours} == {
        (TOPIC, 2, 2, 0, Instant(NOON + 5 * MINUTE)),
        ("feed.moon.positions", 1, 1, 0, NOON),
    }
