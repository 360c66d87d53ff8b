"""Limits (阈值): thresholds that change by date. The value in force at the event's time is used."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

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
    "silent_usual_gaps": 10,  # these four: when a feed is called silent or late (regulator/quality/rhythm.py)
    "silent_least_seconds": 300,
    "silent_before_learnt_seconds": 1800,
    "late_before_learnt_share": 0.2,
}

_GREATEST = 1e12
"""Beyond it a threshold is a slip of the keyboard, and arithmetic with it may fail."""
_DIVISORS = frozenset({"expected_speed_kmh"})


class _Table(NamedTuple):
    steps: Mapping[str, Sequence[tuple[Instant, float]]]
    starts: Mapping[str, Sequence[Instant]]
    days: Sequence[date]
    day_starts: Sequence[Instant]


class Limits:
    """Every threshold with the days from which its values are in force.

    Whoever is handed one keeps it, and may be renewed with it while others ask: an answer is of the
    old table or of the new one, never of half of each.
    """

    def __init__(self, steps: Mapping[str, Steps] | None = None) -> None:
        given = steps or {}
        ordered = {name: _ordered(name, values) for name, values in given.items()}
        days = sorted({day for values in given.values() for day, _ in values})
        self._table = _Table(
            steps=ordered,
            starts={name: [start for start, _ in values] for name, values in ordered.items()},
            days=days,
            day_starts=[start_of(day) for day in days],
        )

    def value(self, name: str, at: Instant) -> float:
        """Return the value in force; before the first day given, and for a limit not given, the default."""
        table = self._table
        index = bisect_right(table.starts[name], at) if name in table.starts else 0
        return table.steps[name][index - 1][1] if index else DEFAULTS[name]

    def least(self, name: str) -> float:
        """Return the least value that is ever in force."""
        return min([DEFAULTS[name], *(value for _, value in self._table.steps.get(name, ()))])

    @property
    def names(self) -> frozenset[str]:
        """Every limit that is given or has a default."""
        return frozenset({*DEFAULTS, *self._table.steps})

    def steps(self, name: str) -> Sequence[tuple[Instant, float]]:
        """Return the values given and since when each is in force, the earliest first."""
        return self._table.steps.get(name, ())

    def in_force_from(self, at: Instant) -> str:
        """Return the day from which the limits as of an instant are in force; blank for the defaults."""
        table = self._table
        index = bisect_right(table.day_starts, at)
        return table.days[index - 1].isoformat() if index else ""

    def renew(self, other: "Limits") -> None:
        """Answer from now on as another does."""
        self._table = other._table


def _ordered(name: str, steps: Steps) -> list[tuple[Instant, float]]:
    days = [day for day, _ in steps]
    if twice := sorted({day.isoformat() for day in days if days.count(day) > 1}):
        raise Misconfigured(f"{name}: two values from {', '.join(twice)}")
    for day, value in steps:
        if not 0 <= value <= _GREATEST or (value == 0 and name in _DIVISORS):
            least = "more than 0" if name in _DIVISORS else "0 or more"
            raise Misconfigured(
                f"{name}: {value} from {day.isoformat()} is no limit: {least}, {_GREATEST:g} at most"
            )
    return sorted((start_of(day), value) for day, value in steps)
