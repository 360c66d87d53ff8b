"""``regulator platform …``: what an operator types to let a platform in, and to put it out."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regulator.commands.options import CONFIG
from regulator.domain.feed import Dialect
from regulator.settings import Settings, load_settings
from streams.onboarding.identity import checked, groups_of, user_of
from streams.onboarding.listing import Entry
from streams.onboarding.plan import Plan

if TYPE_CHECKING:
    from streams.onboarding.plans import Onboarding

SLUG = click.argument("slug")
YES = click.option("--yes", is_flag=True, help="Do it. Without this, only what would be done is told.")


@click.group("platform")
def platform_commands() -> None:
    """Let platforms in: topics, password, permissions, quota. Tells first; does it with --yes."""


@platform_commands.command("add")
@SLUG
@CONFIG
@YES
@click.option("--company", "companies", multiple=True, help="A CompanyId it may speak for; once for each.")
@click.option("--name", help="As officers read it.")
@click.option("--contact", help="Whom to call.")
@click.option("--partitions", type=click.IntRange(1), help="Of its feeds; cannot be changed later.")
@click.option("--bytes-a-second", type=click.IntRange(1024), help="Its quota; more is slowed down.")
@click.option("--dialect", type=click.Choice([*map(str, Dialect)]), help="How it writes its messages.")
@click.option("--sandbox", is_flag=True, default=None, help="Judged and answered, never shown to officers.")
def add_command(slug: str, config_folder: Path | None, yes: bool, **said: Any) -> None:
    """Let a platform in, or complete what is missing. Prints its password once."""
    _run(slug, config_folder, lambda onboarding: onboarding.add(Entry(**said)), yes=yes)


@platform_commands.command("rotate")
@SLUG
@CONFIG
@YES
def rotate_command(slug: str, config_folder: Path | None, yes: bool) -> None:
    """Make a new password. The old one opens no connection any more; an open one lives an hour at most."""
    _run(slug, config_folder, lambda onboarding: onboarding.rotate(), yes=yes)


@platform_commands.command("suspend")
@SLUG
@CONFIG
@YES
def suspend_command(slug: str, config_folder: Path | None, yes: bool) -> None:
    """Bar a platform at once, open connections too. Password, quota and data stay."""
    _run(slug, config_folder, lambda onboarding: onboarding.suspend(), yes=yes)


@platform_commands.command("resume")
@SLUG
@CONFIG
@YES
def resume_command(slug: str, config_folder: Path | None, yes: bool) -> None:
    """End a suspension."""
    _run(slug, config_folder, lambda onboarding: onboarding.resume(), yes=yes)


@platform_commands.command("remove")
@SLUG
@CONFIG
@YES
def remove_command(slug: str, config_folder: Path | None, yes: bool) -> None:
    """Take back password, permissions and quota. Topics and data stay until their time is over."""
    _run(slug, config_folder, lambda onboarding: onboarding.remove(), yes=yes)


def _run(slug: str, config_folder: Path | None, plan: "Callable[[Onboarding], Plan]", *, yes: bool) -> None:
    from streams.onboarding.session import onboarding
    from streams.running import as_running

    settings = as_running(load_settings(config_folder))
    with onboarding(checked(slug), settings, say=_aside) as one:
        _tell_or_do(slug, settings, plan(one), yes=yes)


def _tell_or_do(slug: str, settings: Settings, plan: Plan, *, yes: bool) -> None:
    for said in plan.already:
        click.echo(f"· {said}")
    if not plan.steps:
        click.echo("There is nothing to do.")
    elif not yes:
        for step in plan.steps:
            click.echo(f"→ {step.said}")
        click.echo("This is the plan; nothing was done. Do it with --yes.")
    else:
        for done, password in plan.carry_out():
            click.echo(f"✓ {done}")
            if password is not None:
                _show_once(slug, settings, password)
        for last in plan.afterwards:
            click.echo(last)


def _show_once(slug: str, settings: Settings, password: str) -> None:
    from streams.broker.command import platform_address

    click.echo(
        f"""
    bootstrap  {platform_address(settings) or "as your Kafka publishes it"}
    mechanism  SCRAM-SHA-512
    user       {user_of(slug)}
    password   {password}
    groups     {groups_of(slug)}…

  The password is shown this once and kept nowhere: hand it over by a safe way.
"""
    )


def _aside(line: str) -> None:
    click.echo(line, err=True)
