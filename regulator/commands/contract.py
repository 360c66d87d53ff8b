"""``regulator contract``: what a platform's engineer asks before anything is sent."""

import sys
from collections import Counter
from pathlib import Path

import click
import msgspec
from msgspec.structs import replace

from regulator.clock import now
from regulator.commands.options import CONFIG
from regulator.config import Config, Platform, load_config
from regulator.contract.checking import Checker, Complaint
from regulator.contract.documents import write_documents
from regulator.contract.samples import read_samples
from regulator.domain.errors import Misconfigured
from regulator.domain.feed import Dialect
from regulator.settings import load_settings


@click.group("contract")
def contract_commands() -> None:
    """The contract with platforms: documents, and a check of one's own messages."""


@contract_commands.command("check")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--company", "companies", multiple=True, help="A CompanyId that is yours; may be repeated.")
@click.option("--platform", help="Your slug; CompanyIds and dialect are taken from the configuration.")
@click.option("--dialect", type=click.Choice([*map(str, Dialect)]), help="How your messages are written.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object for each thing to mend.")
@CONFIG
def check_command(
    files: tuple[Path, ...],
    companies: tuple[str, ...],
    platform: str | None,
    dialect: str | None,
    as_json: bool,
    config_folder: Path | None,
) -> None:
    """Judge your own messages as they would be received: per record, field and reason what to mend.

    A FILE holds one message (JSON or protobuf), or with .ndjson or .jsonl one a line; lines of a
    recorded log are understood too. The exit code is 1 if anything is to be mended.
    """
    config = load_config(load_settings(config_folder).config)
    checker = Checker(
        _sender(config, platform, companies=frozenset(companies), dialect=dialect),
        fillers=config.driver_fillers,
        limits=config.limits,
    )
    counts: Counter[str] = Counter()
    for path in files:
        for checked in checker.check(read_samples(path), now=now()):
            counts["refused" if checked.refused else "flawed" if checked.complaints else "clean"] += 1
            for complaint in checked.complaints:
                click.echo(msgspec.json.encode(complaint) if as_json else _line(complaint))
    click.echo(
        f"{counts.total()} 条记录 records: {counts['clean']} 无误 clean, {counts['flawed']} 有瑕疵 flawed,"
        f" {counts['refused']} 拒收 refused",
        err=True,
    )
    sys.exit(1 if counts["flawed"] or counts["refused"] else 0)


@contract_commands.command("documents")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def documents_command(folder: Path) -> None:
    """Write JSON Schema, AsyncAPI, .proto and field tables into FOLDER."""
    for path in write_documents(folder):
        click.echo(str(path))


def _sender(
    config: Config, platform: str | None, *, companies: frozenset[str], dialect: str | None
) -> Platform:
    """Return whoever the messages are taken to be from; with neither slug nor company, anybody known."""
    listed = Platform(companies=config.companies) if platform is None else _listed(config, platform)
    return replace(listed, companies=companies or listed.companies, dialect=dialect or listed.dialect)


def _listed(config: Config, platform: str) -> Platform:
    if platform not in config.platforms:
        known = ", ".join(config.platforms)
        raise Misconfigured(f"no platform is called {platform}; the configuration knows {known}")
    return config.platforms[platform]


def _line(complaint: Complaint) -> str:
    place = f"{complaint.file}:{complaint.line}[{complaint.index}] {complaint.type or '?'}"
    order = f" {complaint.order}" if complaint.order else ""
    field = f" {complaint.field}" if complaint.field else ""
    return f"{place}{order}{field}: {complaint.reason}: {complaint.advice}"
