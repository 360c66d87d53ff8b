"""Platforms: feeds, and the companies that each may speak for (``platforms.toml``)."""

import msgspec

from regulator.config.file import ConfigFile
from regulator.domain.feed import Dialect

PLATFORMS = "platforms.toml"
OURS = frozenset({"register", "captures"})
"""No platforms' slugs: `feed.register.…` and `feed.captures.…` are departments' and cameras' topics."""


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


def read_platforms(file: ConfigFile) -> dict[str, Platform]:
    """Return the platform of each slug; anything wrong raises Misconfigured with file, place and reason."""
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
