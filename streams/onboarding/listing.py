"""A platform's entry in platforms.toml: added at the end, never changed, so that comments stay."""

import json
import os
import re
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from regulator.config import Platform
from regulator.domain.errors import Misconfigured

_COMPANY = re.compile(r"[0-9A-Za-z]{1,32}")


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the operator says about a platform; what is not said is left to the file or the default."""

    name: str | None = None
    companies: tuple[str, ...] = ()
    contact: str | None = None
    partitions: int | None = None
    bytes_a_second: int | None = None
    sandbox: bool | None = None
    dialect: str | None = None

    def said(self) -> dict[str, object]:
        """Return what was said, as the file has it."""
        given: dict[str, object] = msgspec.to_builtins(self)
        return given

    def text(self, slug: str) -> str:
        """Write it as TOML (whose strings, numbers and lists are JSON's)."""
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in self.said().items()]
        return "\n".join([f"[{slug}]", *lines]) + "\n"

    def platform(self) -> Platform:
        """Return the platform that it describes."""
        return msgspec.convert(self.said(), Platform)

    def check(self) -> None:
        """Raise Misconfigured for what no platform can have."""
        if not self.companies:
            raise Misconfigured("which companies may it speak for? Say --company CompanyId, once for each")
        strange = [one for one in self.companies if _COMPANY.fullmatch(one) is None]
        if strange:
            raise Misconfigured(f"{', '.join(strange)}: a CompanyId has letters and digits, 32 at most")
        for text in (self.name, self.contact):
            if text is not None and not text.isprintable():
                raise Misconfigured(f"{text!r}: a name or contact is one line of text")


class Listing:
    """The file platforms.toml of a configuration folder."""

    def __init__(self, folder: Path, slug: str) -> None:
        self.path = folder / "platforms.toml"
        self._slug = slug

    @property
    def exists(self) -> bool:
        """Whether the folder has a file of its own, or takes the project's."""
        return self.path.exists()

    def contradicts(self, entry: Entry, listed: Platform) -> list[str]:
        """Name what the file says otherwise than the operator."""
        read = {**msgspec.to_builtins(listed), "companies": set(listed.companies)}
        said = {**entry.said(), **({"companies": set(entry.companies)} if entry.companies else {})}
        return [key for key, value in said.items() if read[key] != value]

    def append(self, entry: Entry) -> None:
        """Add the entry. The file is whole at every moment."""
        path = self.path.resolve()
        before = path.read_text("utf-8") if self.exists else ""
        after = before + ("\n" if before and not before.endswith("\n") else "")
        after += ("\n" if before else "") + entry.text(self._slug)
        if tomllib.loads(after) != {**tomllib.loads(before), self._slug: _listed(entry)}:
            raise Misconfigured(f"{path}: the entry [{self._slug}] cannot be added; write it by hand")
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.write_text(after, "utf-8")
        if self.exists:
            shutil.copymode(path, draft)
        draft.replace(path)


def _listed(entry: Entry) -> dict[str, object]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in entry.said().items()}


def spoken_for(platforms: Mapping[str, Platform], slug: str, entry: Entry) -> None:
    """Raise Misconfigured where another platform already speaks for one of the companies."""
    if entry.sandbox:
        return
    for other, platform in platforms.items():
        shared = set(entry.companies) & platform.companies
        if shared and other != slug and not platform.sandbox:
            raise Misconfigured(
                f"{', '.join(sorted(shared))}: [{other}] speaks for it already: only one feed may"
            )
