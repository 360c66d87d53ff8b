"""How a change of the register is told to officers as the cause of an event."""

from regulator.domain.episodes import Episode
from regulator.domain.findings import Because
from regulator.domain.licences import Certificate, LicenceKind, SourceName
from regulator.domain.register import (
    EpisodeStated,
    EpisodeWithdrawn,
    Mileage,
    RegisterChange,
    Stated,
    Vouched,
    Withdrawn,
)

_EPISODE, _MILEAGE = "episode", "mileage"
_A_PLATFORM = SourceName("")


def because_of(change: RegisterChange) -> Because:
    """Name the statement, episode, withdrawal or heartbeat; an episode by its number."""
    match change:
        case Vouched(source=source, complete_to=complete_to):
            return Because(source=source, kind="heartbeat", complete_to=complete_to)
        case Stated(statement=one):
            return Because(
                source=one.source, kind=one.kind, certificate=one.certificate, sequence=one.sequence
            )
        case EpisodeStated(episode=one):
            return _because_of_episode(one)
        case EpisodeWithdrawn():
            return _because_of_episode(change)
        case Mileage():
            return Because(source=_A_PLATFORM, kind=_MILEAGE)
        case Withdrawn():
            return Because(
                source=change.source,
                kind=change.kind,
                certificate=change.certificate,
                sequence=change.sequence,
            )


def kind_of(change: RegisterChange) -> LicenceKind | None:
    """Return the kind of licence that a change is about; None for any other change."""
    match change:
        case Stated(statement=one):
            return one.kind
        case Withdrawn():
            return change.kind
        case _:
            return None


def _because_of_episode(one: Episode | EpisodeWithdrawn) -> Because:
    return Because(
        source=one.source, kind=_EPISODE, certificate=Certificate(one.number), sequence=one.sequence
    )
