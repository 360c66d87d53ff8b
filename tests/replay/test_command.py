"""`regulator replay` as a user asks for it: what it writes, and what it cannot read or write."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streams.cli import main
from tests.golden.telling import FOLDER

LINE = '{"topic":"feed.sunny.orders","at":"2026-03-02T08:00:00+08:00","value":{}}\n'


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REGULATOR_HOME", str(tmp_path))
    monkeypatch.setenv("REGULATOR_PSEUDONYM_KEY", "heldout-oracle")
    written = tmp_path / "log.ndjson"
    written.write_text(LINE)
    return written


def replay(log: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["replay", str(log), "--config", str(FOLDER / "config"), *words])


def test_nothing_found_is_an_empty_file_whatever_stood_there(log: Path, tmp_path: Path) -> None:
    fresh, used = tmp_path / "fresh", tmp_path / "used"
    used.write_text("yesterday's\n")

    answers = [replay(log, "--findings", str(out)) for out in (fresh, used)]

    assert [answer.exit_code for answer in answers] == [0, 0], answers[0].output
    assert [out.read_bytes() for out in (fresh, used)] == [b"", b""]


@pytest.mark.parametrize("option", ["--findings", "--stats", "--report"])
def test_a_place_that_takes_nothing_is_told(log: Path, tmp_path: Path, option: str) -> None:
    answer = replay(log, option, str(tmp_path / "nowhere" / "f"))

    assert answer.exit_code == 2
    assert "nowhere" in answer.output


def test_a_file_that_is_cut_short_is_told_by_name(log: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.ndjson.gz"
    cut.write_bytes(b"xx")

    answer = replay(cut, "--findings", str(tmp_path / "findings"))

    assert answer.exit_code == 1
    assert "cut.ndjson.gz, after line 0" in answer.output
