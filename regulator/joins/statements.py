"""What each source says now: sequences resolved, in memory.

The desk keeps the same in SQL; this one serves replays and tests, where nothing else remembers
which subject a certificate was for.
"""

from typing import NamedTuple

from regulator.domain.instants import Instant
from regulator.domain.licences import Certificate, LicenceKind, SourceName, Statement, Subject
from regulator.domain.register import (
    Heartbeat,
    RegisterChange,
    Stated,
    Vouched,
    Withdrawal,
    Withdrawn,
)

_Thing = tuple[SourceName, LicenceKind, Certificate]


class _Present(NamedTuple):
    sequence: int
    subjects: tuple[Subject, ...]


class StatementBook:
    """Tells of each message from a source what it changes, if anything."""

    def __init__(self) -> None:
        self._present: dict[_Thing, _Present] = {}
        self._vouched: dict[SourceName, Instant] = {}

    def take(self, message: Statement | Withdrawal | Heartbeat) -> RegisterChange | None:
        """Return the change a message makes; None if something newer was said before.

        Of equal sequences the later message counts; of heartbeats the greatest.
        """
        if isinstance(message, Heartbeat):
            return self._vouch(message)
        thing = (message.source, message.kind, message.certificate)
        present = self._present.get(thing)
        if present is not None and present.sequence > message.sequence:
            return None
        former = present.subjects if present is not None else ()
        if isinstance(message, Withdrawal):
            self._present[thing] = _Present(message.sequence, former)
            return Withdrawn(
                source=message.source,
                kind=message.kind,
                certificate=message.certificate,
                sequence=message.sequence,
                former=former,
            )
        others = tuple(subject for subject in former if subject != message.subject)
        self._present[thing] = _Present(message.sequence, (*others, message.subject))
        return Stated(statement=message, former=others)

    def _vouch(self, heartbeat: Heartbeat) -> Vouched | None:
        if self._vouched.get(heartbeat.source, heartbeat.complete_to - 1) >= heartbeat.complete_to:
            return None
        self._vouched[heartbeat.source] = heartbeat.complete_to
        return Vouched(source=heartbeat.source, complete_to=heartbeat.complete_to)
