"""Rules in the shadow: judged beside those in force, counted, told to nobody; a bad one hurts nobody."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from regulator.config import load_config
from regulator.domain.findings import EventKind, RuleId
from regulator.domain.licences import LicenceKind
from regulator.domain.orders import Stage
from regulator.joins.keeping import Keeping
from regulator.judging.judged import Judged
from regulator.judging.law import Law
from regulator.judging.shadow_rules import ShadowRules
from regulator.law.shadow import shadow_rules
from regulator.rules.holding import judge_holding
from regulator.rules.rule import Facts, Outcome, Rule, Verdict, the_vehicle
from tests.builders.law import CAR, Sitting, a_report, a_statement, licensed, period
from tests.replay.rule_files import FAILING, rule_file

_FOUND = Verdict(Outcome.VIOLATION, "tried")


def permitted(facts: Facts, subject: str) -> Verdict:
    """Judge as the rule in force does: what it finds follows the register."""
    return judge_holding(LicenceKind.VEHICLE_PERMIT, subject, facts)


def failing(facts: Facts, subject: str) -> Verdict:
    """Fail on one car, and find every other."""
    if subject == CAR:
        raise ZeroDivisionError("a slip of the rule's author")
    return _FOUND


def a_rule(name: str, judge: object) -> Rule:
    return Rule(
        id=RuleId(name),
        title=name,
        title_zh=name,
        stages=frozenset({Stage.MATCH}),
        legal_basis=(),
        subjects=the_vehicle,
        judge=judge,  # type: ignore[arg-type]
    )


class Shadowed(Sitting):
    """A sitting with rules in the shadow."""

    def __init__(self, tried: Sequence[Rule], *stated: object, **facts: object) -> None:
        self._tried = ShadowRules(tried)
        super().__init__(*stated, **facts)  # type: ignore[arg-type]

    def reopen(self) -> None:
        self.law: Law = msgspec.structs.replace(self.law, shadow=self._tried)
        super().reopen()


def kinds(judged: Judged) -> list[tuple[str, EventKind]]:
    return [(event.rule, event.kind) for event in judged.shadow]


def test_what_it_finds_is_counted_and_is_neither_on_the_queue_nor_filed() -> None:
    company, _, driver = licensed()
    sitting = Shadowed([a_rule("tried", permitted)], company, driver)
    sitting.report(a_report())

    judged = sitting.conclude()

    assert kinds(judged) == [("tried", EventKind.RAISED)]
    assert [event.finding.rule for event in judged.events] == ["vehicle_permit"]
    (order,) = judged.changed
    assert [filed.rule for filed in order.filed.values()] == ["vehicle_permit"]
    assert sitting.book.shadows.standing() == {"tried": 1}


def test_it_follows_the_register_and_takes_back_what_it_found() -> None:
    company, _, driver = licensed()
    sitting = Shadowed([a_rule("tried", permitted)], company, driver)
    sitting.report(a_report())
    sitting.conclude()
    sitting.say(a_statement(period(), certificate="v"))

    assert kinds(sitting.conclude()) == [("tried", EventKind.WITHDRAWN)]
    assert sitting.book.shadows.standing() == {}


def test_it_waits_for_the_register_as_a_rule_in_force_does() -> None:
    company, _, driver = licensed()
    sitting = Shadowed([a_rule("tried", permitted)], company, driver, vouched=-5)
    sitting.report(a_report())
    assert kinds(sitting.conclude()) == []

    sitting.vouch(5)

    assert kinds(sitting.conclude()) == [("tried", EventKind.RAISED)]


def test_judging_again_to_the_same_effect_counts_nothing() -> None:
    sitting = Shadowed([a_rule("tried", permitted)])
    sitting.report(a_report())
    sitting.conclude()
    sitting.report(a_report(Stage.DEPART, at=5))

    assert kinds(sitting.conclude()) == []


def test_one_that_fails_is_switched_off_and_neighbours_are_not_touched() -> None:
    sitting = Shadowed([a_rule("bad", failing), a_rule("tried", permitted)])
    sitting.report(a_report())

    judged = sitting.conclude()

    assert judged.defective == {}
    assert {event.finding.rule for event in judged.events} >= {"vehicle_permit"}
    assert kinds(judged) == [("tried", EventKind.RAISED)]
    assert list(sitting.book.shadows.failed) == ["bad"]

    sitting.report(a_report(vehicle="沪BK23456"), "order-2")

    assert [rule for rule, _ in kinds(sitting.conclude())] == ["tried"]


def test_an_order_that_is_let_go_of_no_longer_stands() -> None:
    sitting = Shadowed([a_rule("tried", permitted)])
    sitting.report(a_report())
    sitting.conclude()

    complete_to = sitting.law.register.complete_to(LicenceKind.VEHICLE_PERMIT)
    assert complete_to is not None
    sitting.book.forget(Keeping(arrived_before=complete_to))

    assert sitting.book.shadows.standing() == {}


@pytest.mark.parametrize(
    ("shadow", "off"),
    [
        ('["tried.py"]', []),
        ('["tried.py", "missing.py"]', ["missing.py"]),
        ('["tried.py", "vehicle_permit.py"]', ["vehicle_permit.py"]),
        ('["tried.py", "tried.py"]', ["tried.py"]),
    ],
)
def test_a_file_that_is_no_good_is_off_from_the_beginning_and_the_others_are_on(
    tmp_path: Path, shadow: str, off: list[str]
) -> None:
    rule_file(tmp_path, "tried")
    rule_file(tmp_path, "vehicle_permit", FAILING)
    (tmp_path / "rules.toml").write_text(f"shadow = {shadow}\n")

    loaded = shadow_rules(load_config(tmp_path))

    assert list(loaded.on) == ["tried"]
    assert list(loaded.failed) == off


def test_without_the_file_nothing_is_tried() -> None:
    assert not shadow_rules(load_config()).on
