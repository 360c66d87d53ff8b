"""Whether a record came in time: its event time against its arrival, by the limits of its day."""

from typing import Protocol

import msgspec

from regulator.domain.instants import DAY, HOUR, SECOND, Instant

_REMEMBERED_DAYS = 10_000
_SHANGHAI = 8 * HOUR


class LimitsByDate(Protocol):
    """Whatever says which threshold was in force at an instant."""

    def value(self, name: str, at: Instant) -> float:
        """Return the value in force."""
        ...


class Window(msgspec.Struct, frozen=True, gc=False):
    """An arrival, and from when to when events are timely beyond doubt: within one day, by its limits."""

    arrival: Instant
    first: int
    last: int


class Timeliness:
    """Remembers each day's limits; a limit changes at the start of a day only."""

    def __init__(self, limits: LimitsByDate) -> None:
        self._limits = limits
        self._days: dict[int, tuple[int, int]] = {}
        self._today = (0, -1, 0, 0)
        """The day of the last arrival, from its midnight to the next, and its limits."""

    def window(self, arrival: Instant) -> Window:
        """Return what is timely beyond doubt; nothing where the limits cannot be looked up."""
        dawn, dusk, before, after = self._today
        if not dawn <= arrival <= dusk:
            try:
                dawn, dusk, before, after = self._today = self._day_of(arrival)
            except Exception:  # our own failure: it is noted with each record that it concerns
                return Window(arrival, 1, 0)
        first, last = arrival - before, arrival + after
        return Window(arrival, first if first > dawn else dawn, last if last < dusk else dusk)

    def _day_of(self, arrival: Instant) -> tuple[int, int, int, int]:
        day = (arrival + _SHANGHAI) // DAY
        midnight = day * DAY - _SHANGHAI
        return midnight, midnight + DAY - 1, *(self._days.get(day) or self._look_up(day, arrival))

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
