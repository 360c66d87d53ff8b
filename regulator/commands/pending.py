"""``regulator pending``: what is undetermined, for what it waits, and how much of it there is."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import msgspec

from regulator.commands.options import CONFIG
from regulator.config import load_config
from regulator.explaining.waiting import AREA, END, REGISTER, START
from regulator.law import law_over
from regulator.secrets import load_secrets
from regulator.settings import load_settings
from regulator.store import open_store
from regulator.store.pending import Undetermined, undetermined

_PLATFORMS = {START: "the start is not known", END: "the end is not known"}


class Totals:
    """Counts what is listed, by rule and by cause."""

    def __init__(self) -> None:
        self.rules: Counter[str] = Counter()
        self.causes: Counter[str] = Counter()

    def add(self, one: Undetermined) -> None:
        """Count one; by every cause that it has."""
        self.rules[one.rule] += 1
        self.causes.update(set(_causes(one)))

    def lines(self) -> Iterator[str]:
        """Yield the totals, the greatest first."""
        yield f"{self.rules.total()} findings are undetermined"
        for title, counts in (("by rule", self.rules), ("by cause", self.causes)):
            if counts:
                yield f"{title}:"
            greatest = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
            yield from (f"  {number:>8}  {what}" for what, number in greatest)


@click.command("pending")
@click.option("--totals", "totals_only", is_flag=True, help="Without the list: the totals alone.")
@CONFIG
def pending_command(totals_only: bool, config_folder: Path | None) -> None:
    """List the findings that are undetermined, one JSON object a line, each with what it waits for.

    What follows, on standard error, says how many wait, by rule and by cause: which source is behind with
    which kind of licence, or what the platform has not reported.
    """
    settings = load_settings(config_folder)
    config = load_config(settings.config)
    totals = Totals()
    with closing(open_store(settings.database)) as store, store.reading() as connection:
        law = law_over(config, load_secrets(settings.home))
        for one in undetermined(connection, config.sources, law):
            totals.add(one)
            if not totals_only:
                click.echo(msgspec.json.encode(one))
    for line in totals.lines():
        click.echo(line, err=True)


def _causes(one: Undetermined) -> Iterator[str]:
    for wait in one.waits_for:
        if wait.cause == AREA:
            yield f"nobody drew area {wait.code}"
        elif wait.cause != REGISTER:
            yield _PLATFORMS.get(wait.cause, "the platform's reports")
        elif wait.behind:
            yield from (f"{source} is behind with {wait.kind}" for source in wait.behind)
        else:
            yield f"nobody is required to vouch for {wait.kind}, or it is about to be settled"
