"""Whether a record came in time: its event time against its arrival, by the limits of its day."""

from typing import Protocol

from regulator.domain.instants import DAY, HOUR, SECOND, Instant

_REMEMBERED_DAYS = 10_000
_SHANGHAI = 8 * HOUR


class LimitsByDate(Protocol):
    """Whatever says which threshold was in force at an instant."""

    def value(self, name: str, at: Instant) -> float:
        """Return the value in force."""
        ...


class Timeliness:
    """Remembers each day's limits; a limit changes at the start of a day only."""

    def __init__(self, limits: LimitsByDate) -> None:
        self._limits = limits
        self._days: dict[int, tuple[int, int]] = {}

    def is_untimely(self, at: Instant | None, arrival: Instant) -> bool:
        """Tell whether an event lies outside [arrival - before, arrival + after]; an unknown one does not."""
        if at is None:
            return False
        day = (at + _SHANGHAI) // DAY
        before, after = self._days.get(day) or self._look_up(day, at)
        return not arrival - before <= at <= arrival + after

    def _look_up(self, day: int, at: Instant) -> tuple[int, int]:
        before = round(self._limits.value("untimely_before_seconds", at) * SECOND)
        after = round(self._limits.value("untimely_after_seconds", at) * SECOND)
        if len(self._days) >= _REMEMBERED_DAYS:
            self._days.clear()
        self._days[day] = (before, after)
        return before, after
