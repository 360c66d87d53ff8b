"""How commands are asked: the options that several of them take, spelt once."""

from pathlib import Path

import click

from regulator.domain.instants import Instant, from_rfc3339

CONFIG = click.option(
    "--config",
    "config_folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Configuration folder; what it lacks is taken from the project's own.",
)


class InstantParameter(click.ParamType):
    """An RFC 3339 instant with offset."""

    name = "instant"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Instant:
        """Read an instant."""
        try:
            return from_rfc3339(value)
        except ValueError:
            self.fail(f"{value!r} is no instant such as 2026-03-02T08:00:00+08:00", param, ctx)
