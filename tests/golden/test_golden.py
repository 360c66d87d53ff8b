"""Whole stories give exactly what their files say. ``make golden`` shows a difference as a diff."""

import json
import shutil
from pathlib import Path

import pytest

from tests.golden.__main__ import differences
from tests.golden.telling import EVENTS, FOLDER, expected, stories, told
from tests.oracle import product

BOOK = Path(__file__).parents[2] / "docs" / "examples.md"

every_story = pytest.mark.parametrize("story", stories(), ids=lambda story: story.name)


@every_story
def test_the_story_comes_to_exactly_what_its_files_say(story: Path) -> None:
    assert told(story) == expected(story)


@every_story
def test_the_story_is_told_and_in_the_book(story: Path) -> None:
    text = (story / "story.md").read_text("utf-8")

    title = text.splitlines()[0]
    assert title.startswith("# ")
    assert "## 应得" in text
    assert f"[{title[2:]}](../tests/golden/stories/{story.name}/story.md)" in BOOK.read_text("utf-8")


def test_there_are_stories() -> None:
    assert len(stories()) >= 14


def test_a_difference_is_shown_and_nothing_is_overwritten(tmp_path: Path) -> None:
    story = Path(shutil.copytree(stories()[0], tmp_path / "changed"))
    changed = "别的\n" + (story / EVENTS).read_text("utf-8")
    (story / EVENTS).write_text(changed, "utf-8")

    shown = differences(story)

    assert "-别的\n" in shown
    assert (story / EVENTS).read_text("utf-8") == changed
    assert differences(stories()[0]) == []


@every_story
def test_the_independent_judge_comes_to_the_same_findings(story: Path) -> None:
    own = story / "config"
    lines = (story / "log.ndjson").read_text("utf-8").splitlines()

    judged = product.ours(lines, own if own.is_dir() else FOLDER / "config").findings

    said = [json.loads(line) for line in expected(story).findings.splitlines()]
    assert [{name: row[name] for name in said[0]} for row in judged] == said
