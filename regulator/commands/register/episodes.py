"""``regulator register episodes``: the watch list, and which episodes closed at once."""

from contextlib import closing
from enum import StrEnum
from pathlib import Path

import click
import msgspec

from regulator.clock import now
from regulator.commands.options import CONFIG
from regulator.commands.register.options import AS_JSON
from regulator.commands.register.spelling import spell_told
from regulator.config import load_config
from regulator.domain.episodes import Episode
from regulator.domain.instants import Instant
from regulator.domain.register import Register
from regulator.rules.watching import cleared_at, is_open
from regulator.settings import load_settings
from regulator.store import open_store
from regulator.store.register_view import RegisterView


class Standing(StrEnum):
    """How an episode stands."""

    OPEN = "open"
    CLEARED_AT_ONCE = "cleared_at_once"
    """All whom it names held their licences when it began: it watches nobody."""
    CLEARED = "cleared"
    LIFTED = "lifted"
    NOT_BEGUN = "not_begun"


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An episode, how it stands, and since when, where it is cleared."""

    standing: Standing
    episode: Episode
    cleared_at: Instant | None = None


@click.command("episodes")
@click.option("--at-once", is_flag=True, help="Only those that closed at once, because licences were held.")
@AS_JSON
@CONFIG
def episodes_command(config_folder: Path | None, at_once: bool, as_json: bool) -> None:
    """List the watch list and how each episode stands.

    One whose car and driver all held their licences when it began is cleared at once, and watches
    nobody: revoke the licence, or date the episode, as the decision says.
    """
    settings = load_settings(config_folder)
    config = load_config(settings.config)
    counts = dict.fromkeys(Standing, 0)
    with closing(open_store(settings.database)) as store, store.reading() as connection:
        view = RegisterView(connection, config.sources)
        for episode in view.all_episodes():
            one = listed(episode, view, now())
            counts[one.standing] += 1
            if not at_once or one.standing is Standing.CLEARED_AT_ONCE:
                click.echo(msgspec.json.encode(one) if as_json else _text(one))
    click.echo(", ".join(f"{count} {standing}" for standing, count in counts.items()), err=True)


def listed(episode: Episode, register: Register, at: Instant) -> Listed:
    """Say how an episode stands at an instant."""
    began, cleared = episode.began, cleared_at(episode, register)
    if began is None or at < began:
        return Listed(standing=Standing.NOT_BEGUN, episode=episode)
    if cleared == began:
        return Listed(standing=Standing.CLEARED_AT_ONCE, episode=episode, cleared_at=cleared)
    if is_open(episode, at, register):
        return Listed(standing=Standing.OPEN, episode=episode)
    if cleared is not None and cleared <= at:
        return Listed(standing=Standing.CLEARED, episode=episode, cleared_at=cleared)
    return Listed(standing=Standing.LIFTED, episode=episode)


def _text(one: Listed) -> str:
    episode = one.episode
    named = " ".join(filter(None, (episode.vehicle, episode.driver)))
    return f"{one.standing:<16} {episode.key}  {named}  {spell_told(episode.events)}"
