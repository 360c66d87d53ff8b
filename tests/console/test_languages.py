"""Every phrase and term in both languages."""

from string import Formatter

import pytest

from regulator.console.explain_phrases import EXPLAIN_PHRASES, EXPLAIN_TERMS
from regulator.console.languages import SPEAKERS, Language, chosen
from regulator.console.phrases import PHRASES
from regulator.console.terms import TERMS
from regulator.domain.licences import LicenceKind, PeriodState, Reason
from regulator.domain.orders import Stage
from regulator.joins.journeys import Phase
from regulator.rules.catalogue import IN_FORCE

EVERY_PHRASE = {
    **PHRASES,
    **EXPLAIN_PHRASES,
    **{f"{group} {code}": both for group, terms in EXPLAIN_TERMS.items() for code, both in terms.items()},
}


@pytest.mark.parametrize("key", sorted(EVERY_PHRASE))
def test_a_phrase_says_the_same_in_both_languages(key: str) -> None:
    zh, en = EVERY_PHRASE[key]

    assert zh
    assert en
    assert _names(zh) == _names(en)


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("rule", [rule.id for rule in IN_FORCE]),
        ("reason", list(Reason)),
        ("stage", list(Stage)),
        ("phase", list(Phase)),
        ("kind", list(LicenceKind)),
        ("state", list(PeriodState)),
    ],
)
def test_every_code_of_the_system_has_its_term(group: str, codes: list[str]) -> None:
    assert set(codes) <= set(TERMS[group])


def test_rules_are_called_what_the_catalogue_calls_them() -> None:
    for rule in IN_FORCE:
        assert SPEAKERS[Language.ZH].term("rule", rule.id) == rule.title_zh


def test_a_code_of_a_newer_release_is_shown_as_it_is() -> None:
    assert SPEAKERS[Language.ZH].term("rule", "ghost_car") == "ghost_car"


@pytest.mark.parametrize(
    ("cookie", "language"), [("en", "en"), ("zh-CN", "zh-CN"), (None, "zh-CN"), ("fr", "zh-CN")]
)
def test_chinese_unless_english_was_chosen(cookie: str | None, language: str) -> None:
    assert chosen(cookie) == language


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
