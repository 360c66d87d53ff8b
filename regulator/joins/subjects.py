"""Whose orders: keys of orders by every car and driver that they name."""

from collections.abc import Sequence

from regulator.domain.orders import Report


class Subjects:
    """Finds the orders that a word of the register may touch."""

    def __init__(self) -> None:
        self._keys: dict[str, list[str]] = {}

    def orders_of(self, subject: str) -> Sequence[str]:
        """Return the keys of the orders that name a car or driver."""
        return self._keys.get(subject, ())

    def add(self, key: str, report: Report) -> None:
        """Note whom an order names."""
        for subject in (report.vehicle, report.driver):
            if subject:
                keys = self._keys.get(subject)
                if keys is None:
                    self._keys[subject] = [key]
                elif key not in keys:
                    keys.append(key)

    def remove(self, key: str, report: Report) -> None:
        """Forget that an order names somebody."""
        for subject in (report.vehicle, report.driver):
            keys = self._keys.get(subject, [])
            if key in keys:
                keys.remove(key)
            if not keys:
                self._keys.pop(subject, None)
