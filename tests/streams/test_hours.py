"""A run is cut where an hour ends, and nowhere else."""

import msgspec

from regulator.domain.instants import HOUR, MINUTE
from streams.faust import Run, TopicPartition
from streams.hours import arrived_at, hourly
from tests.builders.law import NOON


class Sent(msgspec.Struct):
    offset: int
    timestamp: int
    key: bytes | None = None
    value: bytes | None = None


def run(*minutes: float) -> Run:
    records = [Sent(number, round(NOON + at * MINUTE) // 1000) for number, at in enumerate(minutes)]
    return Run(TopicPartition("feed.sunny.orders", 0), 7, records)


def test_within_an_hour_it_stays_whole() -> None:
    whole = run(0, 30, 59.9)

    assert list(hourly(whole)) == [whole]


def test_across_hours_it_is_cut_and_nothing_is_lost() -> None:
    parts = list(hourly(run(-1, -0.5, 0, 59, 60, 200)))

    assert [(part.first, part.last, part.generation) for part in parts] == [
        (0, 1, 7),
        (2, 3, 7),
        (4, 4, 7),
        (5, 5, 7),
    ]
    assert arrived_at(parts[2]) == NOON + HOUR
