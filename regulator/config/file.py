"""One file of a configuration folder; whatever is wrong with it is told with file and place.

A file that the folder lacks is taken from the project's own ``config/``.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from regulator.domain.errors import Misconfigured
from regulator.settings import DEFAULT_CONFIG

_SLUG = re.compile(r"[a-z0-9-]+")
_Section = TypeVar("_Section")


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
