"""What an operator may edit: the files of a configuration folder, read and checked (contract, section 7).

A file that the folder lacks is taken from the project's own ``config/``.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import msgspec

from regulator.domain.drivers import FILLERS
from regulator.domain.errors import Misconfigured
from regulator.domain.instants import SECOND
from regulator.domain.licences import LicenceKind, SourceName
from regulator.domain.register import Source, Sources
from regulator.limits import Limits
from regulator.settings import DEFAULT_CONFIG

_Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+$")]
_KINDS = frozenset({*LicenceKind, "episode"})


class Platform(msgspec.Struct, frozen=True, kw_only=True):
    """A feed and the companies it may speak for."""

    name: str = ""
    companies: frozenset[str]
    contact: str = ""
    partitions: int = 1


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


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """The configuration of an installation."""

    platforms: Mapping[str, Platform]
    sources: Sources
    limits: Limits
    driver_fillers: frozenset[str]
    areas: Path

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
    identities = _read(folder, "identities.toml", _Identities)
    areas = folder / "areas"
    return Config(
        platforms=_read(folder, "platforms.toml", dict[_Slug, Platform]),
        sources=_sources(_read(folder, "sources.toml", dict[_Slug, _Source])),
        limits=_limits(_read(folder, "limits.toml", dict[str, list[_Step]])),
        driver_fillers=frozenset(filler.upper() for filler in identities.driver_fillers),
        areas=areas if areas.is_dir() else DEFAULT_CONFIG / "areas",
    )


def _read(folder: Path, name: str, shape: Any) -> Any:
    path = folder / name
    if not path.exists():
        path = DEFAULT_CONFIG / name
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), shape)
    except OSError as why:
        raise Misconfigured(f"{path} cannot be read: {why.strerror}") from why
    except tomllib.TOMLDecodeError as why:
        raise Misconfigured(f"{path} is not TOML: {why}") from why
    except msgspec.ValidationError as why:
        raise Misconfigured(f"{path}: {why}") from why


def _sources(read: Mapping[str, _Source]) -> Sources:
    for name, source in read.items():
        if strange := source.kinds - _KINDS:
            raise Misconfigured(
                f"sources.toml: [{name}] kinds: {sorted(strange)} is none of {sorted(_KINDS)}"
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


def _limits(read: Mapping[str, list[_Step]]) -> Limits:
    """Limits that this release does not know are kept: a newer file must not stop an older worker."""
    return Limits({name: [(step.start, step.value) for step in steps] for name, steps in read.items()})
