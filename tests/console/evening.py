"""A Friday evening in Shanghai: many rides, and where their cars are."""

from collections.abc import Sequence
from random import Random

from regulator.domain.instants import MINUTE, SECOND, Instant
from regulator.domain.orders import Stage
from regulator.domain.places import Place
from regulator.domain.plates import Plate
from regulator.joins.journeys import Phase
from tests.console.places import COMPANIES, DESTINATIONS
from tests.console.rides import Ride


def evening(
    now: Instant, *, count: int = 60, seed: int = 7
) -> tuple[list[Ride], list[tuple[str, Place, Instant]]]:
    """Return many rides as a Friday evening has them, and where their cars are."""
    chance = Random(seed)
    rides, cars = [], []
    for number in range(count):
        one = _some_ride(chance, number, now)
        rides.append(one)
        age = chance.choice((3, 6, 9, 14, 22, 41, 95, 300)) * SECOND
        if one.vehicle:
            place = Place(chance.gauss(121.462, 0.05), chance.gauss(31.222, 0.035))
            cars.append((one.vehicle, place, Instant(now - age)))
    return rides, cars


_CASES: Sequence[tuple[tuple[str, str | None], ...]] = (
    (("vehicle_permit", "expired"),),
    (("driver_certificate", "never"),),
    (("vehicle_permit", "never"), ("driver_certificate", "never")),
    (("driver_certificate", "revoked"),),
    (("vehicle_permit", "suspended"),),
    (("driver_certificate", "expired"),),
    (("vehicle_permit", "cancelled"),),
    (("vehicle_permit", "never"),),
    (("not_identifiable", "driver"),),
    (("platform_permit", "never"), ("vehicle_permit", "not_yet")),
)


def _some_ride(chance: Random, number: int, now: Instant) -> Ride:
    letters = "ABDEFGHJKLMN"
    if chance.random() < 0.6:
        vehicle = f"沪A{chance.choice('DF')}{chance.randrange(10**5):05d}"
    else:
        tail = f"{chance.randrange(100, 999)}{chance.choice(letters)}{chance.randrange(10)}"
        vehicle = f"沪{chance.choice(letters)}{tail}"
    phase = chance.choices(
        (Phase.ON_TRIP, Phase.MATCHED, Phase.LOGGED_IN, Phase.ENDED), (0.5, 0.15, 0.08, 0.27)
    )[0]
    stage = {Phase.LOGGED_IN: Stage.LOGIN, Phase.MATCHED: Stage.MATCH}.get(phase, Stage.DEPART)
    rules = chance.choice(_CASES)
    at = Instant(now - chance.randrange(1, 25) * MINUTE - chance.randrange(60) * SECOND)
    unnamed = rules[0][0] == "not_identifiable"
    return Ride(
        vehicle=Plate(vehicle),
        number="" if unnamed else f"3199{chance.randrange(10**13):013d}{chance.choice('0123456789X')}",
        order=None if phase is Phase.LOGGED_IN else f"{chance.choice(('QH', 'YQ', 'XD'))}2603{number:06d}",
        at=at,
        company=chance.choice(list(COMPANIES)),
        phase=phase,
        stage=stage,
        rules=rules,
        arrival=None if phase is Phase.LOGGED_IN else Instant(at + chance.randrange(20, 55) * MINUTE),
        destination=None if phase is Phase.LOGGED_IN else chance.choice(DESTINATIONS),
        place=Place(chance.gauss(121.462, 0.05), chance.gauss(31.222, 0.035)),
    )
