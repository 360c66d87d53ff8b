"""What verdicts rest on beside the facts: rules, their limits by date, areas, and how sources are read.

Two footings tell which orders may be judged otherwise by the one than by the other, so that what is
kept for ever can be brought from one to the other without judging all of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

import msgspec

from regulator.domain.instants import Instant
from regulator.domain.limits import DEFAULTS, Limits
from regulator.domain.orders import STAGES, Stage
from regulator.domain.register import Sources
from regulator.joins.orders import Order
from regulator.judging.law import Law
from regulator.rules.rule import Rule

BEGINNING = Instant(-(1 << 62))
"""Before everything that was ever reported."""

_Steps = Mapping[str, Sequence[tuple[Instant, float]]]


class RuleFooting(msgspec.Struct, frozen=True):
    """One rule: when it is asked, and what it asks beside the register."""

    edition: int
    stages: tuple[Stage, ...]
    areas: bool
    limits: dict[str, list[tuple[Instant, float]]]


class Footing(msgspec.Struct, frozen=True):
    """The rules in force by name, and digests of areas and sources."""

    rules: dict[str, RuleFooting]
    areas: str
    sources: str


class Touched(msgspec.Struct, frozen=True):
    """Which orders may be judged otherwise: those reported at one of the stages, and since an instant.

    ``limits``: nothing but limits has changed.
    """

    since: Instant
    stages: frozenset[Stage]
    limits: bool

    def reaches(self, order: Order) -> bool:
        """Tell whether an order may be judged otherwise."""
        reports = [filing.report for filing in order.reports]
        return any(one.stage in self.stages for one in reports) and any(
            one.at >= self.since for one in reports
        )

    def and_(self, other: "Touched") -> "Touched":
        """Return what reaches the orders that either reaches."""
        since = min(self.since, other.since)
        return Touched(since, self.stages | other.stages, self.limits and other.limits)


EVERYTHING = Touched(BEGINNING, frozenset(STAGES), limits=False)


def footing_of(law: Law, sources: Sources, *, areas: str) -> Footing:
    """Say what a law's verdicts rest on. ``areas``: the digest of its areas."""
    rules = {rule.id: rule for rules in law.rules.values() for rule in rules}
    declared = [
        (one.name, sorted(one.kinds), one.precedence, one.required, one.grace) for one in sources.values()
    ]
    return Footing(
        rules={str(name): _footing_of_rule(rule, law.limits) for name, rule in sorted(rules.items())},
        areas=areas,
        sources=sha256(repr(sorted(declared)).encode()).hexdigest(),
    )


def touched_by(old: Footing, new: Footing) -> Touched | None:
    """Tell which orders another footing reaches; None: not one."""
    reach: Touched | None = EVERYTHING if old.sources != new.sources else None
    for name in old.rules.keys() | new.rules.keys():
        for one in _touched(old.rules.get(name), new.rules.get(name), areas_differ=old.areas != new.areas):
            reach = one if reach is None else reach.and_(one)
    return reach


def _footing_of_rule(rule: Rule, limits: Limits) -> RuleFooting:
    asked = rule.asks_limits if rule.asks_limits is not None else limits.names
    return RuleFooting(
        edition=rule.edition,
        stages=tuple(sorted(rule.stages)),
        areas=rule.asks_areas,
        limits={name: list(_whole(name, limits)) for name in sorted(asked)},
    )


def _whole(name: str, limits: Limits) -> Iterator[tuple[Instant, float]]:
    """A limit's steps from the beginning on: what goes without saying may be another in the next release."""
    if name in DEFAULTS:
        yield BEGINNING, DEFAULTS[name]
    yield from limits.steps(name)


def _touched(old: RuleFooting | None, new: RuleFooting | None, *, areas_differ: bool) -> Iterator[Touched]:
    stages = frozenset(stage for one in (old, new) if one is not None for stage in one.stages)
    if old is None or new is None or _is_another(old, new) or (areas_differ and new.areas):
        yield Touched(BEGINNING, stages, limits=False)
    elif (since := _differ_since(old.limits, new.limits)) is not None:
        yield Touched(since, stages, limits=True)


def _is_another(old: RuleFooting, new: RuleFooting) -> bool:
    return (old.edition, old.stages, old.areas) != (new.edition, new.stages, new.areas)


def _differ_since(old: _Steps, new: _Steps) -> Instant | None:
    days = (_first_difference(old.get(name, ()), new.get(name, ())) for name in old.keys() | new.keys())
    return min((day for day in days if day is not None), default=None)


def _first_difference(
    old: Sequence[tuple[Instant, float]], new: Sequence[tuple[Instant, float]]
) -> Instant | None:
    starts = sorted({start for start, _ in (*old, *new)})
    return next((start for start in starts if _in_force(old, start) != _in_force(new, start)), None)


def _in_force(steps: Iterable[tuple[Instant, float]], at: Instant) -> float | None:
    return next((value for start, value in reversed(list(steps)) if start <= at), None)
