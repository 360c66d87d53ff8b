"""How far cars have been driven, as platforms reported it: what a rule can still ask of it.

Of a car's reports only those count that say more than every one before them in event time: whoever
asks whether a car had been driven so far by an instant finds the answer among these.
"""

from collections.abc import Sequence

from regulator.domain.plates import Plate
from regulator.domain.register import Mileage


class Mileages:
    """The reports of each car that count, by time and rising."""

    def __init__(self) -> None:
        self._of: dict[Plate, tuple[Mileage, ...]] = {}

    def add(self, mileage: Mileage) -> bool:
        """Take in a report; tell whether any answer may have changed."""
        present = self._of.get(mileage.vehicle, ())
        if any(one.at <= mileage.at and one.kilometres >= mileage.kilometres for one in present):
            return False
        rest = (one for one in present if not (one.at >= mileage.at and one.kilometres <= mileage.kilometres))
        self._of[mileage.vehicle] = tuple(sorted((*rest, mileage), key=_at))
        return True

    def most(self, vehicle: Plate) -> float:
        """Return how far a car was driven by any report; 0 where there is none."""
        reports = self._of.get(vehicle)
        return reports[-1].kilometres if reports else 0.0

    def of(self, vehicle: Plate) -> Sequence[Mileage]:
        """Return a car's reports that count, the earliest first."""
        return self._of.get(vehicle, ())


def _at(mileage: Mileage) -> int:
    return mileage.at
