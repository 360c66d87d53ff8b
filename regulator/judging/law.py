"""What is in force where judging is done."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from regulator.domain.limits import Limits
from regulator.domain.orders import STAGES, Stage
from regulator.domain.places import Areas, Place
from regulator.domain.register import Register
from regulator.joins.offences import Offences
from regulator.judging.shadow_rules import ShadowRules
from regulator.rules.rule import Rule


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """The register, the rules that ask it, their limits and areas, and this installation's finding key.

    ``district`` names the district (six digits) that holds a place, for officers' routing.
    ``offences`` counts how often those on the watch list were found at it again. ``shadow`` are rules
    that are tried, and bind nobody.
    """

    register: Register
    rules: Mapping[Stage, Sequence[Rule]]
    limits: Limits
    areas: Areas
    finding_key: bytes
    district: Callable[[Place], str | None]
    offences: Offences = msgspec.field(default_factory=Offences)
    shadow: ShadowRules = msgspec.field(default_factory=ShadowRules)

    @property
    def rule_ids(self) -> list[str]:
        """Every rule's name, in catalogue order."""
        return list(dict.fromkeys(str(rule.id) for rules in self.rules.values() for rule in rules))


def by_stage(rules: Sequence[Rule]) -> Mapping[Stage, Sequence[Rule]]:
    """Sort rules by the stages at which they judge, in catalogue order."""
    return {stage: tuple(rule for rule in rules if stage in rule.stages) for stage in STAGES}
