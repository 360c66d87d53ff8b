"""The ``regulator`` command."""

import sys
from pathlib import Path
from threading import Event
from typing import IO

import click

from regulator.cli import COMMANDS
from regulator.commands.options import CONFIG
from regulator.config import load_config
from regulator.domain.errors import RegulatorError
from regulator.logs import configure_logs
from regulator.secrets import load_secrets
from regulator.settings import load_settings
from streams.onboarding.commands import platform_commands
from streams.reconciling.command import reconcile_command


class Commands(click.Group):
    """A group whose own errors are shown to a person, not as a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; an error of ours ends it with 1 and its text."""
        try:
            return super().invoke(ctx)
        except RegulatorError as why:
            raise click.ClickException(str(why)) from why


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def main() -> None:
    """Real-time regulation of ride-hailing: 双证比对 on every order, an alert within a second."""


for _command in (*COMMANDS, reconcile_command, platform_commands):
    main.add_command(_command)


@main.command("run")
@CONFIG
@click.option("--no-demo", is_flag=True, help="Without the demonstration city.")
def run_command(config_folder: Path | None, no_demo: bool) -> None:
    """Run everything on this machine: broker, desk with console, judge, track, demonstration."""
    from streams.running import run_everything

    run_everything(load_settings(config_folder), with_demonstration=not no_demo)


@main.command("broker")
@CONFIG
def broker_command(config_folder: Path | None) -> None:
    """Run a single-node Apache Kafka in the foreground."""
    from streams.broker.command import run_broker

    sys.exit(run_broker(load_settings(config_folder)))


@main.command("judge")
@CONFIG
def judge_command(config_folder: Path | None) -> None:
    """Judge orders (a Faust worker; start more of them to share the feed)."""
    from streams.faust import run_worker
    from streams.judge.app import build_judge

    configure_logs("judge")
    settings = load_settings(config_folder)
    run_worker(build_judge(settings, load_config(settings.config), load_secrets(settings.home)))


@main.command("track")
@CONFIG
def track_command(config_folder: Path | None) -> None:
    """Track positions (a Faust worker; start more of them to share the feed)."""
    from streams.faust import run_worker
    from streams.track.app import build_track

    configure_logs("track")
    settings = load_settings(config_folder)
    run_worker(build_track(settings, load_config(settings.config), load_secrets(settings.home)))


@main.command("desk")
@CONFIG
def desk_command(config_folder: Path | None) -> None:
    """Bring topics to SQL and SQL to topics, and serve the officers' console."""
    from streams.desk.app import run_desk

    configure_logs("desk")
    settings = load_settings(config_folder)
    sys.exit(run_desk(settings, load_config(settings.config), load_secrets(settings.home)))


@main.command("ministry-bridge")
@CONFIG
@click.option("--slug", default="ministry", show_default=True, help="Of the feed that is written.")
@click.option("--topics", help="Comma-separated; default: every topic of the dispatch.")
def bridge_command(config_folder: Path | None, slug: str, topics: str | None) -> None:
    """Forward the ministry's dispatch to a feed (REGULATOR_MINISTRY_URL, _USER, _PASSWORD)."""
    from regulator.secrets import ministry_password
    from regulator.wire.dispatch import TOPICS
    from streams.bridge.app import run_bridge
    from streams.running import as_running

    configure_logs("bridge")
    settings = as_running(load_settings(config_folder))
    chosen = topics.split(",") if topics else TOPICS
    config = load_config(settings.config)
    sys.exit(run_bridge(settings, config, password=ministry_password(), slug=slug, topics=chosen))


@main.command("demo")
@CONFIG
def demo_command(config_folder: Path | None) -> None:
    """Play the demonstration city into the feeds, live, until told to stop."""
    import signal

    from streams.demo.run import run

    configure_logs("demo")
    stop = Event()

    def end(*_: object) -> None:
        """End wherever it is: whatever it was about to do is done again after the next start."""
        stop.set()
        sys.exit()

    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, end)
    run(load_settings(config_folder).kafka, stop=stop)


@main.command("record")
@CONFIG
@click.option("--topics", help="Comma-separated; default: every platform's and every source's feed.")
@click.option("--out", type=click.File("wb"), default="-", help="Default: standard output.")
def record_command(config_folder: Path | None, topics: str | None, out: IO[bytes]) -> None:
    """Write what topics hold as a log for `regulator replay`."""
    from streams.recording import record
    from streams.running import as_running
    from streams.topics import feeds

    settings = as_running(load_settings(config_folder))
    wanted = topics.split(",") if topics else list(feeds(load_config(settings.config)))
    click.echo(f"{record(settings.kafka, wanted, out)} messages recorded", err=True)


@main.command("doctor")
@CONFIG
def doctor_command(config_folder: Path | None) -> None:
    """Say what is wrong and what to do about it; exit with 1 if something is."""
    from streams.doctor.examination import examine
    from streams.doctor.symptom import Condition

    signs = {Condition.WELL: "✓", Condition.NOTE: "·", Condition.WRONG: "✗"}
    ill = False
    for symptom in examine(load_settings(config_folder)):
        ill = ill or symptom.condition is Condition.WRONG
        click.echo(f"{signs[symptom.condition]} {symptom.part}: {symptom.seen}")
        if symptom.remedy:
            click.echo(f"    → {symptom.remedy}")
    sys.exit(1 if ill else 0)


if __name__ == "__main__":
    main()
