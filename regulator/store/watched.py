"""Episodes of the watch list by whom they name."""

from collections.abc import Iterable

from sqlalchemy import Connection, or_, select

from regulator.domain.episodes import Episode
from regulator.store.batches import among, rows_among
from regulator.store.episode_rows import episode_of
from regulator.store.schema import episodes


def episodes_naming(connection: Connection, subjects: Iterable[str]) -> dict[str, Episode]:
    """Return the episodes that stand and name any of these cars and drivers, by their keys."""
    query = select(episodes).where(
        or_(among(episodes.c.vehicle), among(episodes.c.driver)),
        episodes.c.superseded_at.is_(None),
        ~episodes.c.withdrawn,
    )
    found = map(episode_of, rows_among(connection, query, sorted(subjects)))
    return {episode.key: episode for episode in found}
