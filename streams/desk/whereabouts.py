"""Where every car was last, in memory; SQL is told about those that officers look for, once a second."""

from regulator.domain.coordinates import wgs84
from regulator.domain.instants import Instant
from regulator.domain.plates import Plate
from regulator.store.database import Store
from regulator.store.places import CarPosition, PositionStore
from regulator.wire.tracks import Track, decode_tracks
from streams.desk.gathered import Gathered, Message

_KEPT_MICROSECONDS = 3600 * 1_000_000


class Whereabouts:
    """The latest position of each car. Used by one thread."""

    def __init__(self) -> None:
        self._latest: dict[Plate, Track] = {}
        self._written: dict[Plate, Instant] = {}

    def read(self, message: Message, _: Gathered) -> None:
        """Take the positions of a run; an older one than is known changes nothing."""
        assert message.value is not None  # noqa: S101 - tombstones are left out before
        latest = self._latest
        for track in decode_tracks(message.value):
            known = latest.get(track.vehicle)
            if known is None or known.at < track.at:
                latest[track.vehicle] = track

    def flush(self, store: Store, *, now: Instant) -> int:
        """Write what is new about cars with an open card; return how many. Raises Unavailable."""
        with store.reading() as connection:
            wanted = PositionStore(connection).wanted()
        fresh = [
            self._latest[vehicle]
            for vehicle in wanted
            if vehicle in self._latest and self._written.get(vehicle) != self._latest[vehicle].at
        ]
        if fresh:
            with store.writing() as connection:
                PositionStore(connection).write(car for car in map(_position, fresh) if car is not None)
        self._written.update((car.vehicle, car.at) for car in fresh)
        self._forget(Instant(now - _KEPT_MICROSECONDS))
        return len(fresh)

    def _forget(self, before: Instant) -> None:
        """Let go of cars that were not heard of for an hour, when there are many."""
        if len(self._latest) > 2 * (len(self._written) + 100_000):
            self._latest = {plate: car for plate, car in self._latest.items() if car.at >= before}


def _position(track: Track) -> CarPosition | None:
    """Convert only what is written: cars by the thousand move and nobody looks for them."""
    place = wgs84(track.place)
    if place is None:
        return None
    return CarPosition(
        vehicle=track.vehicle,
        place=place,
        at=track.at,
        company=track.company,
        speed=track.speed,
        direction=track.direction,
        status=track.status,
    )
