"""What the commands of the register share: how they are asked, and how they show that they work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from regulator.config import Config
from regulator.domain.licences import SourceName
from regulator.domain.register import Source

YES = click.option("--yes", is_flag=True, help="Do not ask, on a terminal either.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")

Advance = Callable[[int], object]


def source_of(config: Config, name: str) -> Source:
    """Return a source of the configuration; another name is a mistake of whoever called."""
    source = config.sources.get(SourceName(name))
    if source is None:
        known = ", ".join(sorted(config.sources)) or "none"
        raise click.BadParameter(f"{name!r} is not in sources.toml (there: {known})", param_hint="--source")
    return source


@contextmanager
def progress(label: str, length: int) -> Iterator[Advance]:
    """Show a bar on a terminal; elsewhere its label alone."""
    with click.progressbar(length=length, label=label, file=click.get_text_stream("stderr")) as bar:
        yield bar.update


def is_asked(*, yes: bool) -> bool:
    """Tell whether a person sits there who can be asked."""
    return not yes and click.get_text_stream("stdin").isatty() and click.get_text_stream("stderr").isatty()
