"""``regulator register …``: what a clerk does with the licence register."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from regulator.clock import now
from regulator.config import Config, load_config
from regulator.domain.instants import Instant, from_rfc3339, to_rfc3339
from regulator.domain.licences import SourceName
from regulator.domain.register import Source
from regulator.secrets import load_secrets
from regulator.settings import load_settings
from regulator.store import open_store
from regulator.store.importing import import_statements, vouch
from regulator.store.register_file import RegisterFile, read_file

SOME_ROWS_ARE_BAD = 3
"""Exit code: the good rows are in, the bad ones are listed."""


class _Instant(click.ParamType):
    name = "instant"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Instant:
        """Read an RFC 3339 instant with offset."""
        try:
            return from_rfc3339(value)
        except ValueError:
            self.fail(f"{value!r} is no instant such as 2026-03-02T08:00:00+08:00", param, ctx)


@click.group("register")
def register_commands() -> None:
    """The licence register."""


@register_commands.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--source", "source_name", required=True, help="Who says so: a source of sources.toml.")
@click.option(
    "--complete-to", type=_Instant(), help="The file is complete up to here; else it vouches for nothing."
)
@click.option(
    "--config",
    "config_folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Configuration folder.",
)
def import_command(
    file: Path, source_name: str, complete_to: Instant | None, config_folder: Path | None
) -> None:
    """Take a CSV FILE into the register: one period a row, the rows of one certificate are its statement.

    Columns: kind, certificate, subject, sequence, from, to, state; may be there: area, first_registered,
    recorded_at, brand, model, colour, plate_colour. Bad rows are listed and stay out with their
    certificate's other rows; the exit code then is 3.
    """
    settings = load_settings(config_folder)
    source = _source(load_config(settings.config), source_name)
    arrival, secrets = now(), load_secrets(settings.home)
    if complete_to is not None and complete_to > arrival:
        raise click.BadParameter(f"{to_rfc3339(complete_to)} is yet to come", param_hint="--complete-to")
    changed = 0
    with closing(open_store(settings.database)) as store, _uncollected():
        with _progress("Reading", file.stat().st_size) as advance:
            key = secrets.pseudonym_key
            read = read_file(file, source=source, arrival=arrival, pseudonym_key=key, on_bytes=advance)
        with _progress("Writing", len(read.groups)) as advance:
            for batch in import_statements(store, read, path=file, secrets=secrets, at=arrival):
                changed += batch.changed
                advance(batch.statements)
        if complete_to is not None and not read.bad:
            vouch(store, source, complete_to=complete_to, path=file, at=arrival)
    _report(read, changed, vouching=complete_to is not None)


def _source(config: Config, name: str) -> Source:
    source = config.sources.get(SourceName(name))
    if source is None:
        known = ", ".join(sorted(config.sources)) or "none"
        raise click.BadParameter(f"{name!r} is not in sources.toml (there: {known})", param_hint="--source")
    return source


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the garbage collector a million values that hold no cycle: it took two fifths of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _progress(label: str, length: int) -> Iterator[Callable[[int], object]]:
    with click.progressbar(length=length, label=label, file=click.get_text_stream("stderr")) as bar:
        yield bar.update


def _report(read: RegisterFile, changed: int, *, vouching: bool) -> None:
    for wrong in read.bad:
        click.echo(f"row {wrong.row}, {wrong.column}: {wrong.value!r}; expected {wrong.expected}")
    if read.ignored_columns:
        click.echo(f"columns not used: {', '.join(read.ignored_columns)}", err=True)
    same = len(read.groups) - changed
    click.echo(f"{read.rows} rows: {changed} statements taken, {same} were known already", err=True)
    if not read.bad:
        return
    click.echo(
        f"{len(read.bad)} bad rows; {read.left_out} good ones of the same certificates stay out", err=True
    )
    if vouching:
        click.echo("--complete-to is not taken: what stayed out would count as not licensed", err=True)
    sys.exit(SOME_ROWS_ARE_BAD)
