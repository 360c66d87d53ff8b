"""A comparison of rules as text, for a terminal."""

from collections.abc import Iterator

from regulator.replay.comparison import Comparison, Difference, Numbers, Outcome


def as_text(one: Comparison) -> Iterator[str]:
    """Yield its lines."""
    yield f"Log: {one.first or 'empty'} to {one.last or 'empty'} ({one.cards.days} calendar days)"
    for rule in one.rules:
        place = "in place of the rule in force" if rule.replaces else "a further rule"
        yield f"Tried: {rule.rule} · {rule.title} · {rule.title_zh} ({place})"
    yield ""
    yield f"{'Findings at rest':<34}{'in force':>10}{'tried':>10}"
    for found in one.findings:
        yield _row(found.rule, found.violation)
        if found.undetermined.in_force or found.undetermined.tried:
            yield _row(f"  {found.rule}, undetermined", found.undetermined)
    yield ""
    yield from _cards(one)
    yield ""
    yield from _differences(one)
    for title, whom in (("Companies, violations", one.companies), ("Cars, violations", one.cars)):
        yield ""
        yield f"{title:<34}{'in force':>10}{'tried':>10}"
        yield from (_row(who.who, who.violations) for who in whom)


def _row(what: str, numbers: Numbers) -> str:
    return f"{what:<34}{numbers.in_force:>10}{numbers.tried:>10}"


def _cards(one: Comparison) -> Iterator[str]:
    """What it costs in officers' work: one card of a car and driver a shift."""
    cards = one.cards
    yield f"{'Officers work, cards':<34}{'in force':>10}{'tried':>10}"
    yield _row("in all", cards.total)
    yield f"{'a day':<34}{cards.a_day_in_force:>10}{cards.a_day_tried:>10}"
    yield _row("busiest shift of 12 hours", cards.busiest_shift)
    yield _row("shifts beyond their capacity", cards.shifts_over_capacity)
    for shift in cards.shifts:
        if max(shift.cards.in_force, shift.cards.tried) > shift.capacity:
            yield _row(f"  {shift.begins[:16]} (of {shift.capacity})", shift.cards)


def _differences(one: Comparison) -> Iterator[str]:
    found = one.differences
    yield (
        f"{found.only_tried} findings would be new, {found.only_in_force} would be gone,"
        f" {found.changed} would be others, {found.same} stay"
    )
    yield from (f"  {_difference(example)}" for example in found.examples)


def _difference(one: Difference) -> str:
    case = one.order or one.login or ""
    change = f"{_outcome(one.in_force)} → {_outcome(one.tried)}"
    return f"{one.company} {case} {one.rule} {one.subject}: {change}"


def _outcome(one: Outcome | None) -> str:
    return "none" if one is None else " ".join(filter(None, (one.status, one.reason)))
