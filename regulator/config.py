"""What an operator may edit: the files of a configuration folder, read and checked (contract, section 7).

A file that the folder lacks is taken from the project's own ``config/``.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from regulator.domain.drivers import FILLERS
from regulator.domain.errors import Misconfigured
from regulator.domain.feed import Dialect
from regulator.domain.instants import SECOND
from regulator.domain.licences import LicenceKind, SourceName
from regulator.domain.register import Source, Sources
from regulator.limits import Limits
from regulator.lookup_limits import LookupLimits
from regulator.settings import DEFAULT_CONFIG

LIMITS = "limits.toml"
PLATFORMS = "platforms.toml"
OURS = frozenset({"register", "captures"})
"""No platforms' slugs: `feed.register.…` and `feed.captures.…` are departments' and cameras' topics."""
_SLUG = re.compile(r"[a-z0-9-]+")
_LONGEST_GRACE = 366 * 86_400
_KINDS = frozenset({*map(str, LicenceKind), "episode"})
_Section = TypeVar("_Section")


class Platform(msgspec.Struct, frozen=True, kw_only=True):
    """A feed and the companies it may speak for."""

    name: str = ""
    companies: frozenset[str]
    contact: object = ""
    partitions: int = 1
    bytes_a_second: int = 4 * 1024 * 1024
    """What the broker lets it push; it slows the producer down beyond that. Set by `regulator platform`."""
    sandbox: bool = False
    """Judged and answered, and never shown to officers."""
    dialect: str = Dialect.MINISTRY
    """How it writes its messages (``regulator.wire.dialects``)."""


class _Source(msgspec.Struct, frozen=True):
    kinds: frozenset[str]
    precedence: int = 1
    required: bool = False
    grace_seconds: float = 0


class _Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from"}):
    start: date
    value: float


class _Identities(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    driver_fillers: frozenset[str] = FILLERS


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    shadow: tuple[str, ...] = ()


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """The configuration of an installation."""

    platforms: Mapping[str, Platform]
    sources: Sources
    limits: Limits
    driver_fillers: frozenset[str]
    areas: Path
    lookups: LookupLimits = LookupLimits()
    shadow: tuple[str, ...] = ()
    """Rules that are tried beside those in force, each a file or a module (``regulator.rule_files``)."""
    folder: Path = DEFAULT_CONFIG
    not_understood: tuple[str, ...] = ()
    """Keys that this release does not know: a newer file's, or misspelt. The doctor lists them."""

    @property
    def companies(self) -> frozenset[str]:
        """Every company that some platform may speak for."""
        return frozenset(company for platform in self.platforms.values() for company in platform.companies)


def load_config(folder: Path = DEFAULT_CONFIG) -> Config:
    """Read a configuration folder; anything wrong raises Misconfigured with file, place and reason."""
    if not folder.is_dir():
        raise Misconfigured(
            f"{folder} is not a folder: --config names a folder with platforms.toml and others"
        )
    identities = ConfigFile(folder, "identities.toml").whole(_Identities)
    rules = ConfigFile(folder, "rules.toml").whole(_Rules)
    areas = folder / "areas"
    platforms, sources = ConfigFile(folder, PLATFORMS), ConfigFile(folder, "sources.toml")
    return Config(
        platforms=_platforms(platforms),
        sources=_sources(sources),
        limits=load_limits(folder),
        shadow=rules.shadow,
        folder=folder,
        driver_fillers=frozenset(filler.upper() for filler in identities.driver_fillers),
        lookups=ConfigFile(folder, "lookups.toml").whole(LookupLimits),
        areas=areas if areas.is_dir() else DEFAULT_CONFIG / "areas",
        not_understood=(*platforms.strange(Platform), *sources.strange(_Source)),
    )


def load_limits(folder: Path) -> Limits:
    """Read a folder's limits; anything wrong raises Misconfigured with file, line and reason."""
    return _limits(ConfigFile(folder, LIMITS))


def config_path(folder: Path, name: str) -> Path:
    """Return a file of the folder, or the project's own where the folder lacks it."""
    path = folder / name
    return path if path.exists() else DEFAULT_CONFIG / name


class ConfigFile:
    """A TOML file of the folder, or the project's own; whatever is wrong names the file and the place."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = config_path(folder, name)
        try:
            self._text = self.path.read_text("utf-8")
            self._read = tomllib.loads(self._text)
        except OSError as why:
            raise Misconfigured(f"{self.path} cannot be read: {why.strerror}") from why
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
            raise Misconfigured(f"{self.path} is not TOML: {why}") from why

    def whole(self, shape: type[_Section]) -> _Section:
        """Read the file as one value."""
        return self._convert(self._read, shape, "")

    def sections(self, shape: type[_Section]) -> dict[str, _Section]:
        """Read every entry of the file as a value of its own."""
        return {name: self._convert(read, shape, self.place(name)) for name, read in self._read.items()}

    def by_slug(self, shape: type[_Section]) -> dict[str, _Section]:
        """Read every table of the file; its name will be part of topics' names."""
        for name in self._read:
            if _SLUG.fullmatch(name) is None:
                raise self.wrong(f"[{name}]: a name has small letters, digits and hyphens only")
        return self.sections(shape)

    def strange(self, shape: type[msgspec.Struct]) -> list[str]:
        """Name the keys that no value of a shape has."""
        known = set(shape.__struct_fields__)
        return [
            f"{self.path.name}: [{name}] {key}"
            for name, section in self._read.items()
            for key in section
            if key not in known
        ]

    def place(self, name: str) -> str:
        """Say where an entry begins, for whoever reads what is wrong with it."""
        begins = re.compile(rf"""\s*\[?\s*["']?{re.escape(name)}\b""")
        lines = enumerate(self._text.splitlines(), start=1)
        line = next((number for number, text in lines if begins.match(text)), None)
        return f"{name}: " if line is None else f"line {line}: {name}: "

    def wrong(self, what: str) -> Misconfigured:
        """Return the error that names this file."""
        return Misconfigured(f"{self.path}: {what}")

    def _convert(self, read: Any, shape: type[_Section], place: str) -> _Section:
        try:
            return msgspec.convert(read, shape)
        except msgspec.ValidationError as why:
            raise self.wrong(f"{place}{why}") from why


def _platforms(file: ConfigFile) -> dict[str, Platform]:
    read = file.by_slug(Platform)
    known = frozenset(map(str, Dialect))
    for slug, platform in read.items():
        if slug in OURS:
            raise file.wrong(f"{file.place(slug)}no platform's name: feed.{slug}.… are not platforms' topics")
        if platform.dialect not in known:
            raise file.wrong(
                f"{file.place(slug)}dialect: {platform.dialect!r} is none of {', '.join(Dialect)}"
            )
    return read


def _sources(file: ConfigFile) -> Sources:
    read = file.by_slug(_Source)
    for name, source in read.items():
        if strange := source.kinds - _KINDS:
            raise file.wrong(
                f"{name}: kinds: {', '.join(sorted(strange))} is none of {', '.join(sorted(_KINDS))}"
            )
        if not 0 <= source.grace_seconds <= _LONGEST_GRACE:
            raise file.wrong(
                f"{file.place(name)}grace_seconds: {source.grace_seconds} is none: "
                f"0 or more, {_LONGEST_GRACE} at most"
            )
    return {
        SourceName(name): Source(
            name=SourceName(name),
            kinds=source.kinds,
            precedence=source.precedence,
            required=source.required,
            grace=round(source.grace_seconds * SECOND),
        )
        for name, source in read.items()
    }


def _limits(file: ConfigFile) -> Limits:
    """Limits that this release does not know are kept: a newer file must not stop an older worker."""
    steps = file.sections(list[_Step])
    try:
        return Limits({name: [(step.start, step.value) for step in values] for name, values in steps.items()})
    except Misconfigured as why:
        name, _, reason = str(why).partition(": ")
        raise file.wrong(f"{file.place(name)}{reason}") from why
