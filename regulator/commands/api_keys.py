"""``regulator api-key …``: who may ask the licence query API, and about whom."""

from contextlib import closing
from datetime import date
from pathlib import Path

import click

from regulator.clock import now
from regulator.commands.options import CONFIG
from regulator.config import load_config
from regulator.domain.instants import DAY, Instant, day_of, start_of, to_rfc3339
from regulator.settings import load_settings, operator
from regulator.store import Store, open_store
from regulator.store.api_keys import ApiKey, ApiKeyStore

_YEAR = 365 * DAY
_LONGEST_NAME = 80


@click.group("api-key")
def api_key_commands() -> None:
    """Keys of the licence query API."""


@api_key_commands.command("add")
@click.argument("name")
@click.option("--platform", help="A platform of platforms.toml: the key asks about its own fleet only.")
@click.option("--authority", is_flag=True, help="The key asks about everybody.")
@click.option(
    "--expires",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The last day on which it works; default: a year from now.",
)
@CONFIG
def add_command(
    name: str, platform: str | None, authority: bool, expires: object, config_folder: Path | None
) -> None:
    """Make a key and print it, once. NAME says who will hold it."""
    settings = load_settings(config_folder)
    if authority == (platform is not None):
        raise click.UsageError("give either --platform SLUG or --authority")
    known = load_config(settings.config).platforms
    if platform is not None and platform not in known:
        there = ", ".join(sorted(known)) or "none"
        raise click.BadParameter(
            f"{platform!r} is not in platforms.toml (there: {there})", param_hint="--platform"
        )
    at = now()
    until = _end(expires, at)
    with closing(open_store(settings.database)) as store, store.writing() as connection:
        key, token = ApiKeyStore(connection).issue(
            _checked(name), platform=platform, expires_at=until, who=operator(), at=at
        )
    click.echo(token)
    click.echo(
        f"This is the key {key.id} of {platform or 'the authority'}, until {to_rfc3339(until)}. "
        "It is kept as a hash only: it cannot be shown again.",
        err=True,
    )


@api_key_commands.command("list")
@CONFIG
def list_command(config_folder: Path | None) -> None:
    """List every key that was ever given: id, for whom, state, last use, name."""
    with closing(open_store(load_settings(config_folder).database)) as store:
        keys, at = _all(store), now()
    for key in keys:
        used = to_rfc3339(key.last_used_at)[:16] if key.last_used_at is not None else "never used"
        click.echo(f"{key.id}  {key.platform or key.role:<16}  {_state(key, at):<20}  {used:<16}  {key.name}")
    click.echo(f"{len(keys)} keys", err=True)


@api_key_commands.command("revoke")
@click.argument("id")
@CONFIG
def revoke_command(id: str, config_folder: Path | None) -> None:
    """End the key ID at once."""
    settings = load_settings(config_folder)
    with closing(open_store(settings.database)) as store, store.writing() as connection:
        key = ApiKeyStore(connection).revoke(id, who=operator(), at=now())
    if key is None or key.revoked_at is None:
        raise click.BadParameter(
            f"there is no key {id!r}: `regulator api-key list` shows them", param_hint="ID"
        )
    click.echo(f"{key.label}: revoked at {to_rfc3339(key.revoked_at)}", err=True)


def _checked(name: str) -> str:
    spelt = " ".join(name.split())
    if not 0 < len(spelt) <= _LONGEST_NAME or not spelt.isprintable():
        raise click.BadParameter(f"a name has 1 to {_LONGEST_NAME} characters", param_hint="NAME")
    return spelt


def _end(expires: object, at: Instant) -> Instant:
    if expires is None:
        return Instant(start_of(day_of(Instant(at + _YEAR))) + DAY)
    last = date.fromisoformat(str(expires)[:10])
    until = Instant(start_of(last) + DAY)
    if until <= at:
        raise click.BadParameter(f"{last} is over", param_hint="--expires")
    return until


def _state(key: ApiKey, at: Instant) -> str:
    if key.revoked_at is not None:
        return f"revoked {day_of(key.revoked_at)}"
    if key.expires_at is None:
        return "valid"
    return f"{'ended' if key.expired(at) else 'until'} {day_of(Instant(key.expires_at - 1))}"


def _all(store: Store) -> list[ApiKey]:
    with store.reading() as connection:
        return ApiKeyStore(connection).all()
