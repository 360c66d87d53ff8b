"""``regulator replay``: recorded logs judged, and rules compared over them."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click
import msgspec

from regulator.commands.options import CONFIG
from regulator.config import load_config
from regulator.law.rule_files import load_rules, tried
from regulator.replay import ReplayResult, history_line, replay
from regulator.replay.comparing import compare
from regulator.replay.comparison import Comparison
from regulator.replay.comparison_text import as_text
from regulator.replay.recorded import Message, read_log
from regulator.rules.catalogue import IN_FORCE
from regulator.secrets import load_secrets
from regulator.settings import load_settings

OUT = click.File("wb", lazy=False)
"""Opened before anything is judged: nothing found is an empty file, and a place that takes none is told."""


@click.command("replay")
@click.argument("logs", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@CONFIG
@click.option("--findings", type=OUT, help="Where findings at rest are written.")
@click.option("--history", is_flag=True, help="Write every event after the findings, in order of arrival.")
@click.option("--stats", type=OUT, help="Where counts of records and findings are written.")
@click.option(
    "--rules",
    "rule_specs",
    default="",
    help="Rules to try: FILE.py or module, comma-separated; one named as a rule in force replaces it.",
)
@click.option("--against", is_flag=True, help="Judge by the rules in force too, and tell what would change.")
@click.option("--report", type=OUT, help="Where that comparison is written as JSON.")
def replay_command(
    logs: tuple[Path, ...],
    config_folder: Path | None,
    findings: IO[bytes] | None,
    history: bool,
    stats: IO[bytes] | None,
    rule_specs: str,
    against: bool,
    report: IO[bytes] | None,
) -> None:
    """Judge recorded LOGs (NDJSON, .gz allowed) without Kafka, by the same code as live."""
    compared = against or report is not None
    if findings is None and not compared:
        raise click.UsageError("--findings says where findings are written; with --against it may be absent")
    settings = load_settings(config_folder)
    config, secrets = load_config(settings.config), load_secrets(settings.home)
    more = load_rules(rule_specs.split(","))
    messages = _with_progress(logs)
    if compared:
        result, comparison = compare(messages, more, config=config, secrets=secrets, history=history)
        _tell(comparison, report)
    else:
        rules = tried(IN_FORCE, more)
        result = replay(messages, config=config, secrets=secrets, history=history, rules=rules)
    _write(result, findings, stats)
    for topic, number in sorted(result.unknown_topics.items()):
        click.echo(
            f"{number} messages of {topic} were passed over: no platform or source is called so", err=True
        )
    for reason, number in sorted(result.register_refused.items()):
        click.echo(f"{number} register messages were refused: {reason}", err=True)


def _with_progress(logs: tuple[Path, ...]) -> Iterator[Message]:
    for log in logs:
        with click.progressbar(
            read_log(log), label=log.name, file=click.get_text_stream("stderr")
        ) as messages:
            yield from messages


def _tell(comparison: Comparison, report: IO[bytes] | None) -> None:
    if report is not None:
        report.write(msgspec.json.format(msgspec.json.encode(comparison), indent=2) + b"\n")
    for line in as_text(comparison):
        click.echo(line, err=report is not None and report.name == "-")


def _write(result: ReplayResult, findings: IO[bytes] | None, stats: IO[bytes] | None) -> None:
    if findings is not None:
        for row in result.findings:
            findings.write(msgspec.json.encode(row) + b"\n")
        for event in result.history:
            findings.write(history_line(event) + b"\n")
    if stats is not None:
        stats.write(msgspec.json.format(msgspec.json.encode(result.stats), indent=2) + b"\n")
