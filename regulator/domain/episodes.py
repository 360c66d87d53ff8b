"""The watch list (黑名单): episodes of cars and drivers that were penalised (查处) or removed (清退).

An episode is opened by a department, and watched until it is lifted or all whom it names hold their
licences. When it is open is a question of law: ``regulator.rules.re_offence``.
"""

from enum import StrEnum
from typing import NewType

import msgspec

from regulator.domain.drivers import Driver
from regulator.domain.instants import Instant
from regulator.domain.licences import SourceName, Subject
from regulator.domain.plates import Plate

EpisodeNumber = NewType("EpisodeNumber", str)
"""A department's number of an episode; another department may use the same for another one."""


class EpisodeStep(StrEnum):
    """What happens in an episode, in the order in which it does."""

    PENALISED = "penalised"  # 查处
    REMOVED = "removed"  # 清退
    LIFTED = "lifted"


class EpisodeEvent(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One step and when it was taken."""

    step: EpisodeStep
    at: Instant


class Episode(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A department's whole present word on one episode.

    It names a car, a driver or both; a half that it does not name is blank. ``authority`` is six
    digits, ``document`` the number of the decision.
    """

    source: SourceName
    number: EpisodeNumber
    sequence: int
    events: tuple[EpisodeEvent, ...]
    vehicle: Plate = Plate("")
    driver: Driver = Driver("")
    authority: str = ""
    document: str = ""

    @property
    def key(self) -> str:
        """What identifies it among all: source and number."""
        return f"{self.source}/{self.number}"

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Whom it names."""
        return tuple(Subject(one) for one in (self.vehicle, self.driver) if one)

    @property
    def began(self) -> Instant | None:
        """When it was opened: its first penalty or removal; None if there was neither."""
        return min((one.at for one in self.events if one.step is not EpisodeStep.LIFTED), default=None)


def number_of(key: str) -> EpisodeNumber:
    """Return the department's number in an episode's key."""
    return EpisodeNumber(key.partition("/")[2])
