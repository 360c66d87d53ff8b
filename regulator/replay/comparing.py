"""Judges a log by the rules in force and by rules that are tried, side by side, and compares."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from regulator.config import Config
from regulator.domain.findings import Finding, FindingEvent, Status
from regulator.domain.instants import Instant, day_of, to_rfc3339
from regulator.domain.limits import Limits
from regulator.explaining.naming import Names
from regulator.law.rule_files import tried
from regulator.replay.comparison import (
    Cards,
    Comparison,
    Difference,
    Differences,
    Numbers,
    OnWhom,
    Outcome,
    RuleFindings,
    RuleTried,
    ShiftCards,
)
from regulator.replay.engine import Replay
from regulator.replay.recorded import Message
from regulator.replay.running import ReplayResult, result_of
from regulator.replay.workload import Workload
from regulator.rules.catalogue import IN_FORCE
from regulator.rules.rule import Rule
from regulator.secrets import Secrets

_EXAMPLES = 20
_REGISTER = "feed.register."
"""A register begins long before the days of which it is asked."""
_TOP = 10

_Id = tuple[str, str, str, str]


class _Side:
    """One set of rules at work on the log."""

    def __init__(
        self, config: Config, secrets: Secrets, rules: Sequence[Rule], happened: list[FindingEvent] | None
    ) -> None:
        self.workload = Workload()
        self._happened = happened
        self.engine = Replay(config, secrets, rules=rules, on_event=self._hear)

    def settle(self) -> None:
        self.findings = {_id(one): one for one in self.engine.findings()}

    def _hear(self, event: FindingEvent) -> None:
        self.workload.hear(event)
        if self._happened is not None:
            self._happened.append(event)


def compare(
    messages: Iterable[Message],
    more: Sequence[Rule],
    *,
    config: Config,
    secrets: Secrets,
    history: bool = False,
) -> tuple[ReplayResult, Comparison]:
    """Judge a log by both; return what the tried rules make of it, and the comparison."""
    happened: list[FindingEvent] = []
    present = _Side(config, secrets, IN_FORCE, None)
    other = _Side(config, secrets, tried(IN_FORCE, more), happened if history else None)
    first = last = None
    for message in messages:
        if not message.topic.startswith(_REGISTER):
            first, last = first or message.at, message.at
        present.engine.take(message)
        other.engine.take(message)
    present.settle()
    other.settle()
    names = Names({one.driver: one.last4 for one in other.findings.values() if one.driver})
    comparison = Comparison(
        first=None if first is None else to_rfc3339(first),
        last=None if last is None else to_rfc3339(last),
        rules=tuple(map(_tried, more)),
        findings=tuple(_by_rule(present.findings, other.findings)),
        cards=_cards(present.workload, other.workload, config.limits, _days(first, last)),
        differences=_differences(present.findings, other.findings, names),
        companies=tuple(_on_whom(present, other, "company")),
        cars=tuple(_on_whom(present, other, "vehicle"))[:_TOP],
    )
    return result_of(other.engine, happened), comparison


def _id(finding: Finding) -> _Id:
    return finding.company, finding.order or finding.login or "", finding.rule, finding.subject


def _days(first: Instant | None, last: Instant | None) -> int:
    return 0 if first is None or last is None else (day_of(last) - day_of(first)).days + 1


def _tried(rule: Rule) -> RuleTried:
    replaces = any(rule.id == other.id for other in IN_FORCE)
    return RuleTried(rule=rule.id, title=rule.title, title_zh=rule.title_zh, replaces=replaces)


def _by_rule(present: Mapping[_Id, Finding], other: Mapping[_Id, Finding]) -> Iterator[RuleFindings]:
    before = Counter((one.rule, one.status) for one in present.values())
    after = Counter((one.rule, one.status) for one in other.values())
    for rule in sorted({rule for rule, _ in (*before, *after)}):
        violation, undetermined = (
            Numbers(before[rule, status], after[rule, status])
            for status in (Status.VIOLATION, Status.UNDETERMINED)
        )
        yield RuleFindings(rule=rule, violation=violation, undetermined=undetermined)


def _cards(present: Workload, other: Workload, limits: Limits, days: int) -> Cards:
    before = {shift.begins: shift for shift in present.shifts(limits)}
    after = {shift.begins: shift for shift in other.shifts(limits)}
    shifts = []
    for begins in sorted(before.keys() | after.keys()):
        one, two = before.get(begins), after.get(begins)
        known = one or two
        capacity = known.capacity if known is not None else 0
        cards = Numbers(one.cards if one else 0, two.cards if two else 0)
        shifts.append(ShiftCards(begins=to_rfc3339(begins), cards=cards, capacity=capacity))
    return Cards(
        total=Numbers(present.cards, other.cards),
        days=days,
        a_day_in_force=round(present.cards / days, 1) if days else 0,
        a_day_tried=round(other.cards / days, 1) if days else 0,
        busiest_shift=Numbers(
            max((shift.cards for shift in before.values()), default=0),
            max((shift.cards for shift in after.values()), default=0),
        ),
        shifts_over_capacity=Numbers(
            sum(shift.is_over for shift in before.values()), sum(shift.is_over for shift in after.values())
        ),
        shifts=tuple(shifts),
    )


def _differences(present: Mapping[_Id, Finding], other: Mapping[_Id, Finding], names: Names) -> Differences:
    kinds: dict[str, list[Difference]] = {"only_tried": [], "only_in_force": [], "changed": []}
    same = 0
    for id_ in sorted(present.keys() | other.keys()):
        before, after = present.get(id_), other.get(id_)
        if _outcome(before) == _outcome(after):
            same += 1
            continue
        kind = "only_tried" if before is None else "only_in_force" if after is None else "changed"
        kinds[kind].append(_difference(id_, before, after, names))
    return Differences(
        only_tried=len(kinds["only_tried"]),
        only_in_force=len(kinds["only_in_force"]),
        changed=len(kinds["changed"]),
        same=same,
        examples=tuple(one for found in kinds.values() for one in found[:_EXAMPLES]),
    )


def _difference(id_: _Id, before: Finding | None, after: Finding | None, names: Names) -> Difference:
    company, _, rule, subject = id_
    either = after or before
    login = either.login if either is not None else None
    return Difference(
        company=company,
        order=either.order if either is not None else None,
        login=names.subject(login) if login else None,
        rule=rule,
        subject=names.subject(subject),
        in_force=_outcome(before),
        tried=_outcome(after),
    )


def _outcome(finding: Finding | None) -> Outcome | None:
    return None if finding is None else Outcome(finding.status, finding.reason)


def _on_whom(present: _Side, other: _Side, field: str) -> Iterator[OnWhom]:
    """Whose violations they are, the greatest number first; a car by a part of its plate."""
    before, after = _violations(present.findings, field), _violations(other.findings, field)
    for who in sorted(before.keys() | after.keys(), key=lambda one: (-after[one], one)):
        yield OnWhom(masked_plate(who) if field == "vehicle" else who, Numbers(before[who], after[who]))


def _violations(found: Mapping[_Id, Finding], field: str) -> Counter[str]:
    violations = (one for one in found.values() if one.status is Status.VIOLATION)
    return Counter(str(getattr(one, field)) for one in violations if getattr(one, field))


def masked_plate(plate: str) -> str:
    """Show enough of a plate to tell two apart in a list, and not whose it is.

    >>> masked_plate("沪AD12345")
    '沪A***45'
    """
    return f"{plate[:2]}***{plate[-2:]}"
