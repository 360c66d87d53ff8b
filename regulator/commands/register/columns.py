"""Reads ``register-columns.toml``: how departments head their columns and what words they write."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from regulator.config.file import ConfigFile
from regulator.domain.episodes import EpisodeStep
from regulator.domain.licences import LicenceKind, PeriodState, SourceName
from regulator.settings import DEFAULT_CONFIG
from regulator.wire.register_dialect import COLUMNS, EXPIRED, PLAIN, Dialect, spelt_head, spelt_word

_Words = Mapping[str, tuple[str, ...]]
_Value = TypeVar("_Value")
_STATES = (*PeriodState, EXPIRED)


class _Ways(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one source has of its own."""

    columns: _Words = {}
    kinds: _Words = {}
    states: _Words = {}
    events: _Words = {}
    always: Mapping[str, str] = {}


class _Endless(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...] = ()


class _Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    columns: _Words = {}
    kinds: _Words = {}
    states: _Words = {}
    events: _Words = {}
    endless: _Endless = _Endless()
    source: Mapping[str, _Ways] = {}


def load_dialect(source: SourceName, folder: Path = DEFAULT_CONFIG) -> Dialect:
    """Return how a source writes its files; anything wrong raises Misconfigured with file and place."""
    file = ConfigFile(folder, "register-columns.toml")
    read = file.whole(_Columns)
    own = read.source.get(source, _Ways())
    checked = _Checked(file, f"source.{source}.")
    return Dialect(
        heads=_heads(checked, read.columns, own.columns),
        kinds={
            **PLAIN.kinds,
            **{
                word: LicenceKind(kind)
                for word, kind in checked.words("kinds", read.kinds, own.kinds, tuple(LicenceKind)).items()
            },
        },
        states={**PLAIN.states, **checked.words("states", read.states, own.states, _STATES)},
        events={
            **PLAIN.events,
            **{
                word: EpisodeStep(step)
                for word, step in checked.words("events", read.events, own.events, tuple(EpisodeStep)).items()
            },
        },
        endless=frozenset(map(spelt_word, read.endless.words)),
        always=checked.known("always", own.always, COLUMNS),
    )


class _Checked:
    """Sections of the file, whose names must be of ours."""

    def __init__(self, file: ConfigFile, own: str) -> None:
        self._file = file
        self._own = own

    def known(
        self, section: str, read: Mapping[str, _Value], allowed: Collection[str]
    ) -> Mapping[str, _Value]:
        """Return a section; a name that is none of the allowed raises Misconfigured."""
        for name in read:
            if name not in allowed:
                raise self._file.wrong(f"[{section}] {name} is none of {', '.join(sorted(allowed))}")
        return read

    def words(self, section: str, read: _Words, own: _Words, allowed: Collection[str]) -> Mapping[str, str]:
        """Return what each spelt word means; a source's own words go before everybody's."""
        found: dict[str, str] = {}
        for place, said in ((section, read), (f"{self._own}{section}", own)):
            here: dict[str, str] = {}
            for meaning, words in self.known(place, said, allowed).items():
                for word in map(spelt_word, words):
                    if here.setdefault(word, meaning) != meaning:
                        raise self._file.wrong(f"[{place}] {word} means both {here[word]} and {meaning}")
            found.update(here)
        return found


def _heads(checked: _Checked, read: _Words, own: _Words) -> Mapping[str, tuple[str, ...]]:
    """Our own name of a column always counts, after what the file says."""
    everybodys = checked.known("columns", read, COLUMNS)
    its_own = checked.known("columns of the source", own, COLUMNS)
    return {
        column: (*map(spelt_head, its_own.get(column, everybodys.get(column, ()))), *plain)
        for column, plain in PLAIN.heads.items()
    }
