"""``regulator audit``: who asked about a car, a driver or a company."""

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import click
import msgspec

from regulator.clock import now
from regulator.commands.options import CONFIG
from regulator.domain.drivers import driver_number, pseudonym
from regulator.domain.instants import DAY, Instant, start_of, to_rfc3339
from regulator.domain.plates import is_plate, plate
from regulator.secrets import load_secrets
from regulator.settings import Settings, load_settings, operator
from regulator.store import open_store
from regulator.store.audit import AuditStore

_SINCE = date(2016, 11, 1)


@click.command("audit")
@click.argument("subject", required=False)
@click.option(
    "--number", is_flag=True, help="Ask for a driving-licence number, which no command line should hold."
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="First day; default: all that is kept.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day; default: today.")
@CONFIG
def audit_command(
    subject: str | None,
    number: bool,
    since: datetime | None,
    until: datetime | None,
    config_folder: Path | None,
) -> None:
    """List who asked about SUBJECT, alone or among many: one JSON object a line, the oldest first.

    SUBJECT is a plate, a driver's pseudonym or a CompanyId. This question is recorded too.
    """
    settings = load_settings(config_folder)
    if number == (subject is not None):
        raise click.UsageError("give either SUBJECT or --number")
    asked, at = _spelt(subject or "", settings, number=number), now()
    first = start_of(since.date() if since else _SINCE)
    end = Instant(start_of(until.date()) + DAY) if until else at
    count = 0
    with closing(open_store(settings.database)) as store:
        with store.reading() as connection:
            for entry in AuditStore(connection).about(asked, since=first, until=end):
                told = {"at": to_rfc3339(entry.at), "who": entry.who, "what": entry.what}
                click.echo(msgspec.json.encode(told))
                count += 1
        with store.writing() as connection:
            AuditStore(connection).write(operator(), "read audit", subject=asked, at=at)
    click.echo(f"{count} entries name {asked}", err=True)


def _spelt(subject: str, settings: Settings, *, number: bool) -> str:
    if number:
        typed = driver_number(click.prompt("Driving-licence number", hide_input=True, err=True))
        return pseudonym(typed, load_secrets(settings.home).pseudonym_key)
    vehicle = plate(subject)
    return vehicle if is_plate(vehicle) else subject.strip()
