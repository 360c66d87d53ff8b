"""`regulator explain ORDER --log LOG`: an account from a recorded log, as a user asks for it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streams.cli import main
from tests.golden.telling import FOLDER, STORIES

LOG = STORIES / "05_back_dated_licence_withdraws" / "log.ndjson"
CAR = "沪AD12345"


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("REGULATOR_HOME", str(tmp_path))
    monkeypatch.setenv("REGULATOR_PSEUDONYM_KEY", "heldout-oracle")
    return CliRunner()


def explain(ask: CliRunner, *words: str) -> Result:
    return ask.invoke(main, ["explain", *words, "--log", str(LOG), "--config", str(FOLDER / "config")])


def test_an_order_is_told_with_its_events_and_what_would_have_changed_it(ask: CliRunner) -> None:
    answer = explain(ask, "QT0001", "--lang", "en")

    assert answer.exit_code == 0
    assert "raised (heartbeat transport)" in answer.output
    assert "withdrawn (vehicle_permit transport)" in answer.output
    assert "had the Vehicle permit of 沪AD12345 been revoked" in answer.output
    assert "arrived 2026-03-02 08:15:31" in answer.output


def test_chinese_unless_english_is_asked_for(ask: CliRunner) -> None:
    assert "什么会改变结论" in explain(ask, "QT0001").output


def test_as_known_before_the_licence_came_the_finding_stood(ask: CliRunner) -> None:
    answer = explain(ask, "QT0001", "--json", "--known-by", "2026-03-02T09:00:00+08:00")

    told = json.loads(answer.output)
    (finding,) = told["findings"]
    assert (finding["rule"], finding["status"], finding["queue"]) == ("vehicle_permit", "violation", "raised")
    assert {one["code"] for one in told["would_change"]} >= {"licence_held", "register_behind"}


def test_a_car_is_told_by_its_orders_and_its_licences_at_an_instant(ask: CliRunner) -> None:
    told = json.loads(explain(ask, CAR, "--json", "--at", "2026-02-20T12:00:00+08:00").output)

    assert [(one["kind"], one["answer"], one["reason"]) for one in told["answers"]] == [
        ("vehicle_permit", "not_held", "not_yet"),
        ("driver_certificate", "held", None),
    ]
    assert [one["order"] for one in told["cases"]] == ["QT0001"]


def test_what_nobody_has_heard_of_is_said_so_and_the_exit_code_is_1(ask: CliRunner) -> None:
    answer = explain(ask, "no-such-order", "--lang", "en")

    assert answer.exit_code == 1
    assert "Nothing is held of an order, login or car “no-such-order”." in answer.output


def test_an_order_that_was_refused_says_where_and_why(ask: CliRunner) -> None:
    log = STORIES / "14_refused_neighbour" / "log.ndjson"

    answer = ask.invoke(
        main, ["explain", "YL0009", "--json", "--log", str(log), "--config", str(FOLDER / "config")]
    )

    assert answer.exit_code == 1
    assert {(one["reason"], one["index"]) for one in json.loads(answer.output)["refused"]} == {("foreign", 2)}
