"""What each source says now: sequences resolved, in memory.

The desk keeps the same in SQL; this one serves replays and tests, where nothing else remembers
which subject a certificate was for, or whom an episode named.
"""

from typing import NamedTuple

from regulator.domain.episodes import Episode
from regulator.domain.instants import Instant
from regulator.domain.licences import SourceName, Statement, Subject
from regulator.domain.register import (
    EpisodeStated,
    EpisodeWithdrawal,
    EpisodeWithdrawn,
    Heartbeat,
    RegisterChange,
    RegisterMessage,
    Stated,
    Vouched,
    Withdrawal,
    Withdrawn,
)

_Thing = tuple[SourceName, str, str]
"""Source, kind of licence and certificate; or source, ``episode`` and number."""


_Word = Statement | Withdrawal | Episode | EpisodeWithdrawal


class _Present(NamedTuple):
    sequence: int
    subjects: tuple[Subject, ...]


class StatementBook:
    """Tells of each message from a source what it changes, if anything."""

    def __init__(self) -> None:
        self._present: dict[_Thing, _Present] = {}
        self._vouched: dict[SourceName, Instant] = {}

    def take(self, message: RegisterMessage) -> RegisterChange | None:
        """Return the change a message makes; None if something newer was said before.

        Of equal sequences the later message counts; of heartbeats the greatest.
        """
        if isinstance(message, Heartbeat):
            return self._vouch(message)
        thing = _thing(message)
        present = self._present.get(thing)
        if present is not None and present.sequence > message.sequence:
            return None
        before = present.subjects if present is not None else ()
        named = _named(message)
        former = tuple(subject for subject in before if subject not in named)
        self._present[thing] = _Present(message.sequence, (*former, *named))
        return _change(message, former)

    def _vouch(self, heartbeat: Heartbeat) -> Vouched | None:
        if self._vouched.get(heartbeat.source, heartbeat.complete_to - 1) >= heartbeat.complete_to:
            return None
        self._vouched[heartbeat.source] = heartbeat.complete_to
        return Vouched(source=heartbeat.source, complete_to=heartbeat.complete_to)


def _thing(message: _Word) -> _Thing:
    if isinstance(message, Episode | EpisodeWithdrawal):
        return message.source, "episode", message.number
    return message.source, message.kind, message.certificate


def _named(message: _Word) -> tuple[Subject, ...]:
    match message:
        case Statement(subject=subject):
            return (subject,)
        case Episode():
            return message.subjects
        case _:
            return ()


def _change(message: _Word, former: tuple[Subject, ...]) -> RegisterChange:
    match message:
        case Statement():
            return Stated(statement=message, former=former)
        case Episode():
            return EpisodeStated(episode=message, former=former)
        case EpisodeWithdrawal(source=source, number=number, sequence=sequence):
            return EpisodeWithdrawn(source=source, number=number, sequence=sequence, former=former)
        case Withdrawal(source=source, kind=kind, certificate=certificate, sequence=sequence):
            return Withdrawn(
                source=source, kind=kind, certificate=certificate, sequence=sequence, former=former
            )
