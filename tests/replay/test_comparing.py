"""`regulator replay --rules FILE --against`: what a rule would do before it is in force, and its price."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from regulator.domain.errors import Misconfigured
from regulator.domain.instants import from_rfc3339, to_rfc3339
from regulator.domain.limits import Limits
from regulator.law.rule_files import load_rules, tried
from regulator.replay.comparing import masked_plate
from regulator.replay.workload import Workload, shift_of
from regulator.rules.catalogue import IN_FORCE
from streams.cli import main
from tests.builders.law import OTHER_CAR, WANG, Sitting, a_report
from tests.golden.telling import FOLDER, STORIES
from tests.replay.rule_files import rule_file

LOG = STORIES / "05_back_dated_licence_withdraws" / "log.ndjson"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGULATOR_HOME", str(tmp_path))
    monkeypatch.setenv("REGULATOR_PSEUDONYM_KEY", "heldout-oracle")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(
        main, ["replay", str(LOG), "--config", str(FOLDER / "config"), *map(str, words)]
    )


def compared(tmp_path: Path, *rules: Path) -> dict[str, object]:
    report = tmp_path / "report.json"
    answer = run("--rules", ",".join(map(str, rules)), "--report", report)
    assert answer.exit_code == 0, answer.output
    told = json.loads(report.read_text("utf-8"))
    assert isinstance(told, dict)
    return told


def test_a_further_rule_is_told_with_what_it_would_find_and_on_whom(tmp_path: Path) -> None:
    told = compared(tmp_path, rule_file(tmp_path, "any_match"))

    assert told["findings"] == [
        {
            "rule": "any_match",
            "violation": {"in_force": 0, "tried": 1},
            "undetermined": {"in_force": 0, "tried": 0},
        }
    ]
    assert told["companies"] == [{"who": "3101YPZC0001", "violations": {"in_force": 0, "tried": 1}}]
    assert told["cars"] == [{"who": "沪A***45", "violations": {"in_force": 0, "tried": 1}}]


def test_a_bell_that_was_taken_back_later_has_cost_a_card_all_the_same(tmp_path: Path) -> None:
    never = rule_file(tmp_path, "vehicle_permit", "return COMPLIANT")

    told = compared(tmp_path, never)

    cards = told["cards"]
    assert isinstance(cards, dict)
    assert cards["total"] == {"in_force": 1, "tried": 0}
    assert cards["days"] == 1


def test_a_rule_of_the_same_name_takes_the_place_of_the_one_in_force(tmp_path: Path) -> None:
    (rule,) = load_rules([str(rule_file(tmp_path, "vehicle_permit"))])

    rules = tried(IN_FORCE, [rule])

    assert [one.id for one in rules] == [one.id for one in IN_FORCE]
    assert rule in rules


def test_the_findings_are_those_of_the_tried_rules(tmp_path: Path) -> None:
    answer = run("--rules", rule_file(tmp_path, "any_match"), "--findings", tmp_path / "found.ndjson")

    assert answer.exit_code == 0, answer.output
    assert [json.loads(line)["rule"] for line in (tmp_path / "found.ndjson").read_text().splitlines()] == [
        "any_match"
    ]


def test_without_the_option_nothing_is_otherwise(tmp_path: Path) -> None:
    run("--findings", tmp_path / "found.ndjson", "--history")

    told = [json.loads(line) for line in (tmp_path / "found.ndjson").read_text().splitlines()]
    assert [(one["event"], one["rule"]) for one in told] == [
        ("raised", "vehicle_permit"),
        ("withdrawn", "vehicle_permit"),
    ]


def test_where_findings_go_must_be_said_unless_rules_are_compared() -> None:
    assert run().exit_code == 2
    assert run("--against").exit_code == 0


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("RULE = 1", "defines no RULE"),
        ("import nothing_that_is_there", "ModuleNotFoundError"),
        ("def broken(:", "SyntaxError"),
    ],
)
def test_a_file_that_is_no_rule_is_refused_with_its_name_and_why(
    tmp_path: Path, text: str, wrong: str
) -> None:
    (tmp_path / "mine.py").write_text(text)

    with pytest.raises(Misconfigured, match=rf"mine\.py.*{wrong}"):
        load_rules(["mine.py"], beside=tmp_path)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    one = rule_file(tmp_path, "any_match")

    with pytest.raises(Misconfigured, match="two rules are called any_match"):
        load_rules([str(one), str(one)])


def test_a_rule_may_come_from_a_module_and_have_another_name() -> None:
    assert [rule.id for rule in load_rules(["regulator.rules.re_offence:RULE"])] == ["re_offence"]


@pytest.mark.parametrize(
    ("at", "begins"),
    [
        ("2026-03-02T08:00:00+08:00", "2026-03-02T08:00:00+08:00"),
        ("2026-03-02T19:59:59+08:00", "2026-03-02T08:00:00+08:00"),
        ("2026-03-02T20:00:00+08:00", "2026-03-02T20:00:00+08:00"),
        ("2026-03-02T07:59:59+08:00", "2026-03-01T20:00:00+08:00"),
        ("2026-03-02T00:00:00+08:00", "2026-03-01T20:00:00+08:00"),
    ],
)
def test_shifts_begin_at_eight_and_at_twenty(at: str, begins: str) -> None:
    assert to_rfc3339(shift_of(from_rfc3339(at))) == begins


def test_one_pair_is_one_card_a_shift_however_often_it_offends() -> None:
    sitting, workload = Sitting(), Workload()
    for number, who in enumerate(({}, {}, {"driver": WANG}, {"vehicle": OTHER_CAR})):
        sitting.report(a_report(at=number, **who), f"order-{number}", arrival=number)
    sitting.report(a_report(at=600), "order-9", arrival=600)
    for event in sitting.events():
        workload.hear(event)

    capacity = Limits({"cards_a_shift": [(date(2026, 1, 1), 2)]})
    assert [(shift.cards, shift.is_over) for shift in workload.shifts(capacity)] == [(3, True), (1, False)]


def test_a_plate_in_a_list_is_not_whole() -> None:
    assert masked_plate("沪AD12345") == "沪A***45"
