"""``regulator register import``: a file is read, compared, shown, and only then taken."""

import gc
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from regulator.clock import now
from regulator.commands.options import CONFIG, InstantParameter
from regulator.commands.register.columns import load_dialect
from regulator.commands.register.file_import import FileImport, Wishes
from regulator.commands.register.options import YES, source_of
from regulator.config import load_config
from regulator.domain.drivers import spelt_fillers
from regulator.domain.instants import Instant, to_rfc3339
from regulator.secrets import load_secrets
from regulator.settings import load_settings
from regulator.store import open_store
from regulator.store.register_file import Terms
from regulator.store.stage import Stage

SOME_ROWS_ARE_BAD = 3
"""Exit code: the good rows are in, the bad ones are listed."""


@click.command("import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--source", "source_name", required=True, help="Who says so: a source of sources.toml.")
@click.option("--sheet", help="Which sheet of a workbook that has several.")
@click.option(
    "--complete-to", type=InstantParameter(), help="Complete up to here; else the file vouches for nothing."
)
@click.option("--whole", is_flag=True, help="The file is all that the source holds: end what it lacks.")
@click.option("--ending", type=int, help="So many licences end, exactly: needed beyond 1 % of the source's.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--show", "examples", default=10, show_default=True, help="How many of each kind are named.")
@YES
@CONFIG
def import_command(
    path: Path,
    source_name: str,
    sheet: str | None,
    complete_to: Instant | None,
    whole: bool,
    ending: int | None,
    dry_run: bool,
    examples: int,
    yes: bool,
    config_folder: Path | None,
) -> None:
    """Take a CSV or Excel (.xlsx) FILE into the register.

    Licences: one period a row, the rows of one certificate are its statement. Columns: kind,
    certificate, subject, from, to, state; sequence, area, first_registered, recorded_at, brand, model,
    colour, plate_colour. Watch list: episode, vehicle, driver and event, at (or penalised, removed,
    lifted); sequence, authority, document. Heads and words in Chinese: register-columns.toml.

    Bad rows are listed and stay out with the other rows of their certificate; the exit code then is 3.
    """
    settings = load_settings(config_folder)
    config = load_config(settings.config)
    source = source_of(config, source_name)
    arrival, secrets = now(), load_secrets(settings.home)
    if complete_to is not None and complete_to > arrival:
        raise click.BadParameter(f"{to_rfc3339(complete_to)} is yet to come", param_hint="--complete-to")
    terms = Terms(
        source=source,
        dialect=load_dialect(source.name, settings.config),
        arrival=arrival,
        pseudonym_key=secrets.pseudonym_key,
        fillers=spelt_fillers(config.driver_fillers),
    )
    wishes = Wishes(
        complete_to=complete_to, whole=whole, ending=ending, dry_run=dry_run, yes=yes, examples=examples
    )
    with closing(open_store(settings.database)) as store, Stage() as stage, uncollected():
        work = FileImport(store, stage, path=path, terms=terms, wishes=wishes, secrets=secrets)
        work.read(sheet)
        work.compare()
        work.take()
        bad = stage.count_wrong()
    if bad:
        sys.exit(SOME_ROWS_ARE_BAD)


@contextmanager
def uncollected() -> Iterator[None]:
    """Spare the garbage collector a million values that hold no cycle: it took two fifths of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
