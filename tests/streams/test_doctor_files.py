"""The doctor looks at rules that are tried in the shadow."""

from pathlib import Path

from regulator.settings import load_settings
from streams.doctor.files import look_at_configuration
from streams.doctor.symptom import Condition
from tests.replay.rule_files import rule_file


def test_a_rule_in_the_shadow_that_cannot_be_loaded_is_told_with_file_and_reason(tmp_path: Path) -> None:
    rule_file(tmp_path, "tried")
    (tmp_path / "broken.py").write_text("RULE = None\n")
    (tmp_path / "rules.toml").write_text('shadow = ["tried.py", "broken.py"]\n')

    _, symptoms = look_at_configuration(load_settings(tmp_path, {}))

    told = {(one.condition, one.seen) for one in symptoms if one.part == "rules in the shadow"}
    assert told == {
        (Condition.NOTE, "broken.py: defines no RULE that is a regulator.rules.rule.Rule"),
        (Condition.WELL, "tried"),
    }


def test_without_any_nothing_is_said_of_them(tmp_path: Path) -> None:
    _, symptoms = look_at_configuration(load_settings(tmp_path, {}))

    assert all(one.part != "rules in the shadow" for one in symptoms)
