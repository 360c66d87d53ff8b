"""``regulator register imports`` and ``take-back``: what was taken in, and how it is undone."""

from contextlib import closing
from pathlib import Path

import click
import msgspec

from regulator.clock import now
from regulator.commands.options import CONFIG
from regulator.commands.register.options import AS_JSON, progress
from regulator.domain.instants import to_rfc3339
from regulator.settings import load_settings
from regulator.store import open_store
from regulator.store.imports import Import, ImportStore
from regulator.store.taking_back import TakeBack


@click.command("imports")
@AS_JSON
@CONFIG
def imports_command(config_folder: Path | None, as_json: bool) -> None:
    """List the files that were taken into the register, the newest first."""
    with closing(open_store(load_settings(config_folder).database)) as store, store.reading() as connection:
        found = ImportStore(connection).all()
    for one in found:
        click.echo(msgspec.json.encode(one) if as_json else _line(one))
    click.echo(f"{len(found)} imports", err=True)


@click.command("take-back")
@click.argument("number", type=int)
@click.option("--leaving", type=int, help="So many newer statements stay as they are, exactly.")
@CONFIG
def take_back_command(number: int, leaving: int | None, config_folder: Path | None) -> None:
    """Restore what stood before import NUMBER; a take-back can be taken back too."""
    with closing(open_store(load_settings(config_folder).database)) as store:
        work = TakeBack(store, number, at=now())
        work.check(leaving=leaving)
        with progress("Restoring", work.count) as advance:
            for restored in work.run():
                advance(restored)
        click.echo(
            f"import {work.own_number}: {work.restored} statements are as before import {number}", err=True
        )
    click.echo("what its --complete-to vouched for stays vouched for", err=True)


def _line(one: Import) -> str:
    state = "broke off" if one.ended_at is None else f"{one.changed:,} changed"
    if one.taken_back_by is not None:
        state += f", taken back by {one.taken_back_by}"
    what = f"takes back {one.takes_back}" if one.takes_back is not None else f"{one.file}, {one.rows:,} rows"
    return f"{one.number:>6}  {to_rfc3339(one.began_at)[:19]}  {one.source}  {what}: {state}"
