"""Sources of the register: what each may state, and how long its silence is waited for (``sources.toml``)."""

import msgspec

from regulator.config.file import ConfigFile
from regulator.domain.instants import SECOND
from regulator.domain.licences import LicenceKind, SourceName
from regulator.domain.register import Source, Sources

SOURCES = "sources.toml"
_LONGEST_GRACE = 366 * 86_400
_KINDS = frozenset({*map(str, LicenceKind), "episode"})


class SourceSection(msgspec.Struct, frozen=True):
    """What the file says of one source; ``grace_seconds``: contract, section 4."""

    kinds: frozenset[str]
    precedence: int = 1
    required: bool = False
    grace_seconds: float = 0


def read_sources(file: ConfigFile) -> Sources:
    """Return the sources by name; anything wrong raises Misconfigured with file, place and reason."""
    read = file.by_slug(SourceSection)
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
