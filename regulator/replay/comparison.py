"""What trying rules would do, told for whoever decides: findings, cards, on whom, and what changes."""

import msgspec

from regulator.domain.findings import Status


class RuleTried(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that is tried. ``replaces``: a rule in force has its name."""

    rule: str
    title: str
    title_zh: str
    replaces: bool


class Numbers(msgspec.Struct, frozen=True):
    """A number by the rules in force, and by those that are tried."""

    in_force: int
    tried: int


class RuleFindings(msgspec.Struct, frozen=True, kw_only=True):
    """The findings at rest of one rule."""

    rule: str
    violation: Numbers
    undetermined: Numbers


class ShiftCards(msgspec.Struct, frozen=True, kw_only=True):
    """The cards of one shift of twelve hours, and what it can handle (limit ``cards_a_shift``)."""

    begins: str
    cards: Numbers
    capacity: int


class Cards(msgspec.Struct, frozen=True, kw_only=True):
    """Officers' work. A day is a calendar day of the log, also one without any card."""

    total: Numbers
    days: int
    a_day_in_force: float
    a_day_tried: float
    busiest_shift: Numbers
    shifts_over_capacity: Numbers
    shifts: tuple[ShiftCards, ...]


class Outcome(msgspec.Struct, frozen=True):
    """A finding's status and reason."""

    status: Status
    reason: str | None


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One finding that is not the same; None: there is none."""

    company: str
    order: str | None
    login: str | None
    rule: str
    subject: str
    in_force: Outcome | None
    tried: Outcome | None


class Differences(msgspec.Struct, frozen=True, kw_only=True):
    """How many findings only the tried rules make, only those in force, both differently, both alike.

    ``examples``: the first of each.
    """

    only_tried: int
    only_in_force: int
    changed: int
    same: int
    examples: tuple[Difference, ...]


class OnWhom(msgspec.Struct, frozen=True):
    """A company, or a masked car, and its violations."""

    who: str
    violations: Numbers


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The whole account. ``first`` and ``last``: of what platforms reported, by arrival."""

    first: str | None
    last: str | None
    rules: tuple[RuleTried, ...]
    findings: tuple[RuleFindings, ...]
    cards: Cards
    differences: Differences
    companies: tuple[OnWhom, ...]
    cars: tuple[OnWhom, ...]
