"""``regulator reconcile``."""

import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from regulator.clock import now
from regulator.commands.options import CONFIG
from regulator.config import load_config
from regulator.domain.instants import day_of, to_rfc3339
from regulator.secrets import load_secrets
from regulator.settings import load_settings
from regulator.store.reconciliation import Difference, Stands


@click.command("reconcile")
@CONFIG
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Of the orders' newest records, in Shanghai; default: yesterday.",
)
def reconcile_command(config_folder: Path | None, day: datetime | None) -> None:
    """Compare what SQL says stands with a replay of the feeds; exit with 3 if anything differs."""
    from streams.reconciling.reconciling import reconcile
    from streams.running import as_running

    settings = as_running(load_settings(config_folder))
    wanted = day.date() if day is not None else day_of(now()) - timedelta(days=1)
    config, secrets = load_config(settings.config), load_secrets(settings.home)
    done = reconcile(settings, config, secrets, day=wanted, clock=now)
    for one in done.differences:
        click.echo(_line(one))
    click.echo(_summary(wanted, done.tally.orders, done.tally.findings), err=True)
    if done.tally.not_comparable:
        click.echo(
            f"{done.tally.not_comparable} orders are not comparable: their feed is kept no longer", err=True
        )
    if done.left:
        click.echo(
            f"{done.left} past orders are still to be judged again, for limits or rules have changed: "
            "until then they may differ",
            err=True,
        )
    click.echo(f"{done.tally.differences} differences", err=True)
    sys.exit(3 if done.tally.differences else 0)


def _summary(day: date, orders: int, findings: int) -> str:
    return f"{day}: {findings} findings on {orders} orders compared"


def _line(one: Difference) -> str:
    either = one.either
    about = f"{one.order_key} {either.rule} {either.subject} ({one.finding})"
    return f"{about}: replay says {_said(one.replayed)}, SQL says {_said(one.stored)}"


def _said(stands: Stands | None) -> str:
    if stands is None:
        return "nothing"
    disputed = ", disputed" if stands.disputed else ""
    return f"{stands.reason or 'violation'} at {'/'.join(stands.stages)} {to_rfc3339(stands.at)}{disputed}"
