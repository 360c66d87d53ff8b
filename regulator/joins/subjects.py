"""Whose orders: keys of orders by every car and driver that they name."""

from collections.abc import Collection, Mapping

from regulator.domain.orders import Report

_NOBODY: Mapping[str, None] = {}


class Subjects:
    """Finds the orders that a word of the register may touch."""

    def __init__(self) -> None:
        self._keys: dict[str, dict[str, None]] = {}

    def orders_of(self, subject: str) -> Collection[str]:
        """Return the keys of the orders that name a car or driver, in the order in which they came."""
        return self._keys.get(subject, _NOBODY).keys()

    def add(self, key: str, report: Report) -> None:
        """Note whom an order names."""
        for subject in (report.vehicle, report.driver):
            if subject:
                keys = self._keys.get(subject)
                if keys is None:
                    self._keys[subject] = {key: None}
                else:
                    keys[key] = None

    def remove(self, key: str, report: Report) -> None:
        """Forget that an order names somebody."""
        for subject in (report.vehicle, report.driver):
            keys = self._keys.get(subject)
            if keys is not None:
                keys.pop(key, None)
                if not keys:
                    del self._keys[subject]
