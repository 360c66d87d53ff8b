"""The rules that an installation tries in the shadow, loaded so that a bad one hurts nobody."""

from regulator.config import Config
from regulator.domain.errors import Misconfigured
from regulator.domain.findings import RuleId
from regulator.judging.shadow_rules import ShadowRules
from regulator.law.rule_files import load_rules
from regulator.rules.catalogue import IN_FORCE
from regulator.rules.rule import Rule


def shadow_rules(config: Config) -> ShadowRules:
    """Load them; one that cannot be loaded, or has a name that is taken, is off from the beginning."""
    taken = {rule.id for rule in IN_FORCE}
    rules: list[Rule] = []
    off: dict[RuleId, Exception] = {}
    for spec in config.shadow:
        try:
            (rule,) = load_rules([spec], beside=config.folder)
            if rule.id in taken:
                raise Misconfigured(f"{spec}: a rule is called {rule.id} already: give it a name of its own")
        except Misconfigured as why:
            off[RuleId(spec)] = why
        else:
            taken.add(rule.id)
            rules.append(rule)
    shadow = ShadowRules(rules)
    shadow.failed.update(off)
    return shadow
