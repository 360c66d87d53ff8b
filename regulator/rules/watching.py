"""How long an episode of the watch list is open (contract, section 5.2)."""

from regulator.domain.episodes import Episode, EpisodeStep
from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind, Subject
from regulator.domain.register import Register


def is_open(episode: Episode, at: Instant, register: Register) -> bool:
    """Tell whether an episode is open at an instant.

    It is from its first penalty or removal until it is lifted or cleared; what was lifted before it
    began is not this episode's end.
    """
    began = episode.began
    if began is None or at < began:
        return False
    lifts = (event.at for event in episode.events if event.step is EpisodeStep.LIFTED)
    if any(began <= lifted <= at for lifted in lifts):
        return False
    cleared = cleared_at(episode, register)
    return cleared is None or at < cleared


def cleared_at(episode: Episode, register: Register) -> Instant | None:
    """Return the first instant since it began at which all whom it names hold their licences at once.

    A car that still holds its permit when it is penalised clears its episode at that instant.
    """
    began = episode.began
    if began is None:
        return None
    licences = _licences(episode)
    turns = {turn for kind, subject in licences for turn in register.turns(kind, subject) if turn > began}
    for instant in (began, *sorted(turns)):
        if all(register.holds(kind, subject, instant) for kind, subject in licences):
            return instant
    return None


def _licences(episode: Episode) -> list[tuple[LicenceKind, Subject]]:
    """Return the licence that each of its subjects must hold."""
    halves = (
        (LicenceKind.VEHICLE_PERMIT, episode.vehicle),
        (LicenceKind.DRIVER_CERTIFICATE, episode.driver),
    )
    return [(kind, Subject(half)) for kind, half in halves if half]
