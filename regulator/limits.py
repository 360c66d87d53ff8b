"""Limits (阈值): thresholds that change by date. The value in force at the event's time is used."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date

from regulator.domain.errors import Misconfigured
from regulator.domain.instants import Instant, start_of

Steps = Sequence[tuple[date, float]]

DEFAULTS: Mapping[str, float] = {
    "untimely_before_seconds": 600,  # contract, section 2
    "untimely_after_seconds": 60,
    "retirement_years": 8,  # 暂行办法 art. 39
    "retirement_kilometres": 600_000,
    "expected_speed_kmh": 24,  # an estimate for officers' eyes; no verdict rests on it
    "expected_detour": 1.35,
    "cards_a_shift": 200,  # what the officers of one shift can handle; prices a rule before it is in force
}


class Limits:
    """Every threshold with the days from which its values are in force."""

    def __init__(self, steps: Mapping[str, Steps] | None = None) -> None:
        self._steps = {name: _ordered(name, values) for name, values in (steps or {}).items()}
        self._starts = {name: [start for start, _ in values] for name, values in self._steps.items()}
        days = sorted({day for values in (steps or {}).values() for day, _ in values})
        self._days = days
        self._day_starts = [start_of(day) for day in days]

    def value(self, name: str, at: Instant) -> float:
        """Return the value in force; before the first day given, and for a limit not given, the default."""
        index = bisect_right(self._starts[name], at) if name in self._starts else 0
        return self._steps[name][index - 1][1] if index else DEFAULTS[name]

    def least(self, name: str) -> float:
        """Return the least value that is ever in force."""
        return min([DEFAULTS[name], *(value for _, value in self._steps.get(name, ()))])

    def in_force_from(self, at: Instant) -> str:
        """Return the day from which the limits as of an instant are in force; blank for the defaults."""
        index = bisect_right(self._day_starts, at)
        return self._days[index - 1].isoformat() if index else ""


def _ordered(name: str, steps: Steps) -> list[tuple[Instant, float]]:
    days = [day for day, _ in steps]
    if twice := sorted({day.isoformat() for day in days if days.count(day) > 1}):
        raise Misconfigured(f"{name}: two values from {', '.join(twice)}")
    return sorted((start_of(day), value) for day, value in steps)
