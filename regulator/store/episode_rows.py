"""Episodes of the watch list as rows, and rows as episodes."""

import msgspec
from sqlalchemy import RowMapping

from regulator.domain.episodes import Episode, EpisodeEvent
from regulator.domain.register import EpisodeWithdrawal
from regulator.store.bulk import Values

_encoder = msgspec.json.Encoder()
events_of = msgspec.json.Decoder(tuple[EpisodeEvent, ...]).decode
"""Read the column ``events``."""
_NO_EVENTS = "[]"


def episode_of(row: RowMapping) -> Episode:
    """Return a row of ``episodes`` as a value."""
    return Episode(
        source=row["source"],
        number=row["number"],
        sequence=row["sequence"],
        events=events_of(row["events"]),
        vehicle=row["vehicle"],
        driver=row["driver"],
        authority=row["authority"],
        document=row["document"],
    )


def values_of_episode(word: Episode | EpisodeWithdrawal) -> Values:
    """Return the columns of ``episodes`` from ``source`` to ``document``."""
    if isinstance(word, EpisodeWithdrawal):
        return (word.source, word.number, word.sequence, True, "", "", _NO_EVENTS, "", "")
    events = _encoder.encode(word.events).decode()
    about = (word.source, word.number, word.sequence, False, word.vehicle, word.driver)
    return (*about, events, word.authority, word.document)
