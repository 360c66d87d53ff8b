"""The configuration of an installation: every file of its folder, read and checked."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from regulator.config.file import ConfigFile
from regulator.config.limits import load_limits
from regulator.config.lookups import LookupLimits
from regulator.config.platforms import PLATFORMS, Platform, read_platforms
from regulator.config.sources import SOURCES, SourceSection, read_sources
from regulator.domain.drivers import FILLERS
from regulator.domain.errors import Misconfigured
from regulator.domain.limits import Limits
from regulator.domain.register import Sources
from regulator.settings import DEFAULT_CONFIG


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
    """Rules that are tried beside those in force, each a file or a module (``regulator.law.rule_files``)."""
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
    platforms, sources = ConfigFile(folder, PLATFORMS), ConfigFile(folder, SOURCES)
    return Config(
        platforms=read_platforms(platforms),
        sources=read_sources(sources),
        limits=load_limits(folder),
        shadow=rules.shadow,
        folder=folder,
        driver_fillers=frozenset(filler.upper() for filler in identities.driver_fillers),
        lookups=ConfigFile(folder, "lookups.toml").whole(LookupLimits),
        areas=areas if areas.is_dir() else DEFAULT_CONFIG / "areas",
        not_understood=(*platforms.strange(Platform), *sources.strange(SourceSection)),
    )
