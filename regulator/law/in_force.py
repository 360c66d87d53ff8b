"""The law in force in an installation: its rules, limits and areas, over a register."""

from collections.abc import Callable, Sequence

import msgspec

from regulator.config import Config
from regulator.config.areas import load_areas
from regulator.domain.register import Register
from regulator.judging.law import Law, by_stage
from regulator.judging.shadow_rules import ShadowRules
from regulator.rules.catalogue import IN_FORCE
from regulator.rules.rule import Rule
from regulator.secrets import Secrets

LawOver = Callable[[Register], Law]
"""The same law over any register."""


def law_in_force(
    config: Config,
    secrets: Secrets,
    register: Register,
    *,
    rules: Sequence[Rule] = IN_FORCE,
    shadow: ShadowRules | None = None,
) -> Law:
    """Put together what judging needs; live judge and replay ask the same. ``shadow``: the judge's alone."""
    law = law_over(config, secrets, rules=rules)(register)
    return law if shadow is None else msgspec.structs.replace(law, shadow=shadow)


def law_over(config: Config, secrets: Secrets, *, rules: Sequence[Rule] = IN_FORCE) -> LawOver:
    """Put it together once, for registers that come and go."""
    areas = load_areas(config.areas)
    staged = by_stage(rules)

    def over(register: Register) -> Law:
        return Law(
            register=register,
            rules=staged,
            limits=config.limits,
            finding_key=secrets.finding_key,
            areas=areas,
            district=areas.district,
        )

    return over
