"""``regulator register conflicts``: where sources contradict each other."""

from contextlib import closing
from pathlib import Path

import click
import msgspec

from regulator.clock import now
from regulator.commands.options import CONFIG
from regulator.commands.register.options import AS_JSON
from regulator.commands.register.spelling import spell_told
from regulator.config import load_config
from regulator.domain.licences import Statement
from regulator.settings import load_settings
from regulator.store import open_store
from regulator.store.conflicts import Conflict, Difference, conflicts


@click.command("conflicts")
@AS_JSON
@CONFIG
def conflicts_command(config_folder: Path | None, as_json: bool) -> None:
    """List what sources disagree about: one certificate told in two ways, one subject in two states.

    Of one certificate the source of lower precedence number counts; of one subject, that it is valid.
    """
    settings = load_settings(config_folder)
    sources = load_config(settings.config).sources
    count = 0
    with closing(open_store(settings.database)) as store, store.reading() as connection:
        for one in conflicts(connection, sources, at=now()):
            click.echo(msgspec.json.encode(one) if as_json else _text(one))
            count += 1
    click.echo(f"{count} conflicts", err=True)


def _text(one: Conflict) -> str:
    if one.difference is Difference.CONTENT:
        what = f"{one.kind} {one.first.certificate}: {', '.join(one.columns)} differ"
    else:
        what = f"{one.kind} of {one.first.subject}: valid by one, not by the other"
    return "\n".join((what, *(f"    {_said(said)}" for said in (one.first, one.second))))


def _said(said: Statement) -> str:
    details = [said.certificate, said.subject, said.area, str(said.first_registered or "")]
    return f"{said.source}: {', '.join(filter(None, details))}: {spell_told(said.periods)}"
