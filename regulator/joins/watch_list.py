"""The watch list in memory: which episodes name a car or a driver."""

from collections.abc import Sequence

from regulator.domain.drivers import Driver
from regulator.domain.episodes import Episode, EpisodeNumber
from regulator.domain.licences import SourceName, Subject
from regulator.domain.plates import Plate
from regulator.domain.register import EpisodeStated, EpisodeWithdrawn

_Named = tuple[Episode, ...]


class WatchList:
    """Episodes by those whom they name. A city's list has thousands, so each is kept as it is."""

    def __init__(self) -> None:
        self._episodes: dict[tuple[SourceName, EpisodeNumber], Episode] = {}
        self._named: dict[str, _Named] = {}

    def __len__(self) -> int:
        return len(self._episodes)

    def follow(self, change: EpisodeStated | EpisodeWithdrawn) -> tuple[Subject, ...]:
        """Follow one change; return everybody whom it may touch."""
        if isinstance(change, EpisodeStated):
            episode = change.episode
            touched = (*episode.subjects, *self._remove(episode.source, episode.number), *change.former)
            self._add(episode)
        else:
            touched = (*self._remove(change.source, change.number), *change.former)
        return tuple(dict.fromkeys(touched))

    def names(self, vehicle: Plate, driver: Driver) -> bool:
        """Tell whether any episode names a car or a driver."""
        return vehicle in self._named or driver in self._named

    def naming(self, vehicle: Plate, driver: Driver) -> Sequence[Episode]:
        """Return the episodes that name a car or a driver, in the order of their keys."""
        if not self._named:
            return ()
        of_vehicle, of_driver = self._named.get(vehicle, ()), self._named.get(driver, ())
        if not of_vehicle or not of_driver:
            return of_vehicle or of_driver
        return sorted({one.key: one for one in (*of_vehicle, *of_driver)}.values(), key=_key)

    def watched_with(self, subject: Subject) -> tuple[Subject, ...]:
        """Return whom else the episodes of a subject name: its licences may close theirs."""
        others = (other for episode in self._named.get(subject, ()) for other in episode.subjects)
        return tuple(dict.fromkeys(other for other in others if other != subject))

    def _add(self, episode: Episode) -> None:
        self._episodes[episode.source, episode.number] = episode
        for subject in episode.subjects:
            self._named[subject] = tuple(sorted((*self._named.get(subject, ()), episode), key=_key))

    def _remove(self, source: SourceName, number: EpisodeNumber) -> tuple[Subject, ...]:
        """Take an episode out; return whom it named."""
        episode = self._episodes.pop((source, number), None)
        if episode is None:
            return ()
        for subject in episode.subjects:
            rest = tuple(one for one in self._named[subject] if one is not episode)
            if rest:
                self._named[subject] = rest
            else:
                del self._named[subject]
        return episode.subjects


def _key(episode: Episode) -> str:
    return episode.key
