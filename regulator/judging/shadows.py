"""What rules in the shadow find in the orders of one partition: counted, and told to nobody.

It is kept here and nowhere else: not filed with an order, not on the queue. A rule that fails is
switched off for every partition of the process; orders and other rules are not touched.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from regulator.domain.findings import EventKind, FindingId, RuleId, Status
from regulator.joins.orders import Order
from regulator.judging.conclusions import NOTHING, Conclusion, Waiting, judge
from regulator.judging.judged import ShadowEvent
from regulator.judging.law import Law, by_stage
from regulator.rules.rule import Rule


class Standing(msgspec.Struct, frozen=True, gc=False):
    """A finding that would stand."""

    rule: RuleId
    judgement: str


Found = Mapping[FindingId, Standing]


class Shadows:
    """Asks the rules in the shadow, and remembers what would stand."""

    def __init__(self, law: Law, *, feed: str, partition: int) -> None:
        self._law = law
        self._feed = feed
        self._partition = partition
        self._found: dict[str, Found] = {}
        self._laws: dict[RuleId, Law] = {}

    def __bool__(self) -> bool:
        return bool(self._law.shadow.on)

    def judge(self, order: Order) -> tuple[list[ShadowEvent], list[Waiting]]:
        """Judge an order; return what the queue would be told, and what is waited for."""
        waiting: list[Waiting] = []
        found: dict[FindingId, Standing] = {}
        for rule in list(self._law.shadow.on.values()):
            conclusion = self._conclude(order, rule)
            waiting += conclusion.waiting
            found |= {
                one.id: Standing(one.rule, one.judgement)
                for one in conclusion.findings
                if one.status is Status.VIOLATION
            }
        before = self._found.pop(order.key, {})
        if found:
            self._found[order.key] = found
        return list(self._events(before, found)), waiting

    @property
    def failed(self) -> Mapping[RuleId, Exception]:
        """The rules that failed and are switched off."""
        return self._law.shadow.failed

    def forget(self, keys: Iterable[str]) -> None:
        """Let go of orders."""
        for key in keys:
            self._found.pop(key, None)

    def standing(self) -> Counter[str]:
        """Return how many findings would stand, by rule."""
        on = self._law.shadow.on
        return Counter(one.rule for found in self._found.values() for one in found.values() if one.rule in on)

    def _conclude(self, order: Order, rule: Rule) -> Conclusion:
        law = self._laws.get(rule.id)
        if law is None:
            law = self._laws[rule.id] = msgspec.structs.replace(self._law, rules=by_stage([rule]))
        try:
            return judge(order, law, feed=self._feed, partition=self._partition)
        except Exception as failure:  # whatever its author slipped on is nobody else's trouble
            self._law.shadow.switch_off(rule.id, failure)
            return NOTHING

    def _events(self, before: Found, after: Found) -> Iterator[ShadowEvent]:
        for id_, one in after.items():
            known = before.get(id_)
            if known is None:
                yield ShadowEvent(one.rule, EventKind.RAISED)
            elif known.judgement != one.judgement:
                yield ShadowEvent(one.rule, EventKind.UPDATED)
        on = self._law.shadow.on
        for id_, one in before.items():
            if id_ not in after and one.rule in on:
                yield ShadowEvent(one.rule, EventKind.WITHDRAWN)
