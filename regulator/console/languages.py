"""The two languages of the pages: Chinese first, English by a switch."""

from collections.abc import Mapping
from enum import StrEnum

from regulator.console.explain_phrases import EXPLAIN_PHRASES, EXPLAIN_TERMS
from regulator.console.notice_phrases import NOTICE_PHRASES
from regulator.console.phrases import PHRASES
from regulator.console.quality.phrases import QUALITY_PHRASES, QUALITY_TERMS
from regulator.console.reconciliation_phrases import RECONCILIATION_PHRASES
from regulator.console.terms import TERMS

COOKIE = "language"


class Language(StrEnum):
    """A language of the pages, named as HTML names it."""

    ZH = "zh-CN"
    EN = "en"


def _column(terms: Mapping[str, tuple[str, str]], column: int) -> dict[str, str]:
    return {code: both[column] for code, both in terms.items()}


class Speaker:
    """Says phrases and terms of the trade in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        column = 0 if language is Language.ZH else 1
        phrases = {
            **PHRASES,
            **EXPLAIN_PHRASES,
            **NOTICE_PHRASES,
            **RECONCILIATION_PHRASES,
            **QUALITY_PHRASES,
        }
        self._phrases = {key: both[column] for key, both in phrases.items()}
        terms = {**TERMS, **EXPLAIN_TERMS, **QUALITY_TERMS}
        self._terms = {group: _column(terms, column) for group, terms in terms.items()}

    def __call__(self, key: str, **values: object) -> str:
        """Return a phrase with its values put in; an unknown key raises KeyError."""
        return self._phrases[key].format(**values) if values else self._phrases[key]

    def term(self, group: str, code: str | None) -> str:
        """Return a term of the trade; a code that this release does not know is shown as it is."""
        return self._terms[group].get(code or "", code or "")

    def clock_words(self) -> dict[str, str]:
        """Return what the page's own ticking clock needs to say."""
        return {key[len("tick_") :]: text for key, text in self._phrases.items() if key.startswith("tick_")}


SPEAKERS: Mapping[Language, Speaker] = {language: Speaker(language) for language in Language}


def chosen(cookie: str | None) -> Language:
    """Return the language that a cookie remembers; Chinese where it remembers none."""
    return Language.EN if cookie == Language.EN else Language.ZH
