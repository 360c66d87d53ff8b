"""docs/adding-a-rule.md is run: its rule, its test, its recording, its limit."""

import importlib
import json
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from regulator.law.rule_files import load_rules
from streams.cli import main
from tests.golden.telling import FOLDER

PAGE = Path(__file__).parents[2] / "docs" / "adding-a-rule.md"
RULE, TEST = "depart_without_match", "test_depart_without_match"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The page's files where somebody who follows it would have put them."""
    for block in blocks("python"):
        name = block.split("\n", 1)[0].removeprefix("# ")
        (tmp_path / name).write_text(block, "utf-8")
    (tmp_path / "week.ndjson").write_text(blocks("ndjson")[0], "utf-8")
    shutil.copytree(FOLDER / "config", tmp_path / "config")
    (tmp_path / "config" / "limits.toml").write_text(blocks("toml")[0], "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("REGULATOR_HOME", str(tmp_path / "home"))
    yield tmp_path
    for name in (RULE, TEST, f"rule_file_{RULE}"):
        sys.modules.pop(name, None)


def test_the_rule_passes_the_test_that_the_page_gives_it(folder: Path) -> None:
    tests = importlib.import_module(TEST)

    names = [name for name in vars(tests) if name.startswith("test_")]
    assert len(names) == 3
    for name in names:
        getattr(tests, name)()


def test_the_rule_is_tried_on_the_recording_as_the_page_says(folder: Path) -> None:
    words = ["week.ndjson", "--rules", f"{RULE}.py", "--against", "--report", "report.json"]
    answer = CliRunner().invoke(main, ["replay", *words, "--config", "config"])

    assert answer.exit_code == 0, answer.output
    told = json.loads((folder / "report.json").read_text("utf-8"))
    new = [one for one in told["differences"]["examples"] if one["in_force"] is None]
    assert [(one["order"], one["rule"], one["tried"]["reason"]) for one in new] == [
        ("QT0001", RULE, "no_match")
    ]
    assert told["cards"]["total"] == {"in_force": 0, "tried": 1}
    assert "Departed without being dispatched · 未经派单发车 (a further rule)" in answer.output


def test_the_shadow_of_the_page_names_a_rule_that_loads(folder: Path) -> None:
    named = tomllib.loads(blocks("toml")[1])["shadow"]

    assert [rule.id for rule in load_rules(named, beside=folder)] == [RULE]
