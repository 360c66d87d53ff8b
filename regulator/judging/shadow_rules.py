"""The rules that are tried in the shadow, and those of them that failed; one for all of a process."""

from collections.abc import Sequence

from regulator.domain.findings import RuleId
from regulator.rules.rule import Rule


class ShadowRules:
    """Rules that are on until they fail."""

    def __init__(self, rules: Sequence[Rule] = ()) -> None:
        self.on: dict[RuleId, Rule] = {rule.id: rule for rule in rules}
        self.failed: dict[RuleId, Exception] = {}

    def switch_off(self, rule: RuleId, failure: Exception) -> None:
        """Ask a rule nothing more."""
        if self.on.pop(rule, None) is not None:
            self.failed[rule] = failure
