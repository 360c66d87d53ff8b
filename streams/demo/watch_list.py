"""The city's watch list: cars that were penalised and removed, of those that no permit covers today.

Made up: no source of the demonstration says who was penalised. Some of these cars take orders again.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from regulator.domain.episodes import EpisodeStep
from regulator.domain.instants import start_of, to_rfc3339
from streams.demo.chance import chance, whole
from streams.demo.identities import plate
from streams.demo.roll import UNPERMITTED, Roll, plate_of

WATCH_LIST = "watch-list"
"""The source that states it."""

_SHARE = 0.25
_AREA = "310000"
_LEAST_DAYS, _DAYS = 3, 60


class Step(msgspec.Struct, frozen=True):
    """One step of an episode as it is written to a topic."""

    event: EpisodeStep
    at: str


class Episode(msgspec.Struct, frozen=True, kw_only=True, tag="episode"):
    """An episode as it is written to a topic."""

    episode: str
    sequence: int
    vehicle: str
    authority: str
    document: str
    events: tuple[Step, ...]


def episodes(roll: Roll, edition: date) -> Iterator[Episode]:
    """Yield the watch list of a month: the same all month, its number the sequence."""
    cars = [plate_of(number) for number in roll.lapsed] + [plate(number) for number in UNPERMITTED]
    for number, car in enumerate(cars):
        if chance("watched", car) < _SHARE:
            yield _episode(number, car, edition)


def _episode(number: int, car: str, edition: date) -> Episode:
    removed = edition - timedelta(days=_LEAST_DAYS + whole(_DAYS, "removed", car))
    penalised = removed - timedelta(days=1 + whole(14, "penalised", car))
    return Episode(
        episode=f"演示{edition.year}-{number + 1:05d}",
        sequence=edition.year * 100 + edition.month,
        vehicle=car,
        authority=_AREA,
        document=f"演示执法〔{penalised.year}〕{number + 1} 号",
        events=tuple(
            Step(step, to_rfc3339(start_of(day)))
            for step, day in ((EpisodeStep.PENALISED, penalised), (EpisodeStep.REMOVED, removed))
        ),
    )
