"""From one footing to another: which orders may be judged otherwise."""

import inspect
import sys
from datetime import date

import msgspec
import pytest

from regulator.domain.instants import start_of
from regulator.domain.limits import Limits, Steps
from regulator.domain.orders import Stage
from regulator.judging.footing import BEGINNING, EVERYTHING, Footing, Touched, footing_of, touched_by
from regulator.judging.law import by_stage
from regulator.rules import holding, pair_mismatch, vehicle_retired, watching
from regulator.rules.catalogue import IN_FORCE
from regulator.rules.rule import Rule
from tests.builders.law import Sitting, a_source, sources

THEN, NOW = date(2020, 1, 1), date(2026, 1, 1)
RETIRED = frozenset({Stage.MATCH, Stage.DEPART})


def standing_on(
    *rules: Rule, areas: str = "", given: dict[str, Steps] | None = None, source: str = "city"
) -> Footing:
    law = msgspec.structs.replace(
        Sitting().law, rules=by_stage(rules or IN_FORCE), limits=Limits(given) if given else Limits()
    )
    return footing_of(law, sources(a_source(source)), areas=areas)


def years(*steps: tuple[date, float]) -> Footing:
    return standing_on(given={"retirement_years": steps})


def test_the_same_touches_nobody_and_comes_back_from_json_as_it_was() -> None:
    footing = standing_on(areas="drawn")

    assert touched_by(footing, standing_on(areas="drawn")) is None
    assert msgspec.json.decode(msgspec.json.encode(footing), type=Footing) == footing


@pytest.mark.parametrize(
    ("old", "new", "since"),
    [
        pytest.param([(THEN, 7)], [(THEN, 7), (NOW, 6)], NOW, id="a day is added"),
        pytest.param([(THEN, 7), (NOW, 6)], [(THEN, 7)], NOW, id="a day is taken away"),
        pytest.param([(THEN, 7)], [(NOW, 7)], THEN, id="a day is moved on"),
        pytest.param([(THEN, 7)], [(THEN, 6)], THEN, id="another value"),
        pytest.param([(THEN, 8)], [(NOW, 8)], None, id="what went without saying"),
    ],
)
def test_a_limit_reaches_orders_from_the_earliest_day_that_is_another(
    old: list[tuple[date, float]], new: list[tuple[date, float]], since: date | None
) -> None:
    touched = touched_by(years(*old), years(*new))

    assert touched == (None if since is None else Touched(start_of(since), RETIRED, limits=True))


def test_a_rule_that_does_not_say_which_limits_it_asks_is_reached_by_any() -> None:
    rule = msgspec.structs.replace(vehicle_retired.RULE, asks_limits=None)
    given: dict[str, Steps] = {"of_my_own": [(date(2026, 1, 1), 3)]}

    touched = touched_by(standing_on(rule), standing_on(rule, given=given))

    assert touched == Touched(start_of(date(2026, 1, 1)), RETIRED, limits=True)


def test_a_new_edition_of_a_rule_reaches_the_stages_at_which_it_is_asked() -> None:
    second = msgspec.structs.replace(pair_mismatch.RULE, edition=2)

    touched = touched_by(standing_on(pair_mismatch.RULE), standing_on(second))

    assert touched == Touched(BEGINNING, frozenset({Stage.DEPART, Stage.PAY}), limits=False)


def test_other_areas_reach_departures_and_other_sources_everything() -> None:
    departures = Touched(BEGINNING, frozenset({Stage.DEPART}), limits=False)

    assert touched_by(standing_on(areas="drawn"), standing_on(areas="otherwise")) == departures
    assert touched_by(standing_on(source="city"), standing_on(source="county")) == EVERYTHING


@pytest.mark.parametrize("rule", IN_FORCE, ids=lambda rule: str(rule.id))
def test_the_rules_in_force_say_what_they_ask(rule: Rule) -> None:
    asked = "".join(
        inspect.getsource(module) for module in (sys.modules[rule.judge.__module__], holding, watching)
    )

    assert rule.asks_limits is not None
    assert ("facts.limits" in asked) == bool(rule.asks_limits)
    assert asked.count("facts.limits.value(") == len(rule.asks_limits)
    assert ("facts.areas" in asked) == rule.asks_areas
