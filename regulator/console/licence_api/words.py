"""What the API says to people, in both languages: pairs of Chinese and English."""

from collections.abc import Mapping
from typing import NamedTuple

from regulator.console.languages import Language


class Words(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the text in one of them."""
        return self.en if language is Language.EN else self.zh

    @property
    def both(self) -> str:
        """Both on one line, for what has room for one text only."""
        return f"{self.zh} · {self.en}"


def preferred(headers: Mapping[str, str]) -> Language:
    """Return the language that a program asks for: English if it names it first, else Chinese."""
    return Language.EN if headers.get("accept-language", "").lower().startswith("en") else Language.ZH
