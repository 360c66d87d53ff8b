"""The catalogue: what is in force, listed by hand."""

from pathlib import Path

import regulator.rules
from regulator.domain.orders import STAGES
from regulator.judging.law import by_stage
from regulator.rules.catalogue import IN_FORCE

NO_PROVISIONS = {"__init__", "catalogue", "holding", "rule", "watching"}


def test_every_provision_in_the_folder_is_in_force_once() -> None:
    folder = Path(str(regulator.rules.__file__)).parent
    provisions = {path.stem for path in folder.glob("*.py")} - NO_PROVISIONS

    assert sorted(rule.id for rule in IN_FORCE) == sorted(provisions)


def test_every_rule_has_a_title_in_both_languages_and_a_legal_basis() -> None:
    for rule in IN_FORCE:
        assert rule.title
        assert rule.title_zh
        assert rule.legal_basis
        assert all("第" in article for article in rule.legal_basis)


def test_rules_are_sorted_to_their_stages_in_the_order_of_the_catalogue() -> None:
    sorted_ = by_stage(IN_FORCE)

    assert set(sorted_) == set(STAGES)
    for stage, rules in sorted_.items():
        assert list(rules) == [rule for rule in IN_FORCE if stage in rule.stages]
