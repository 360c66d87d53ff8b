"""What an account asks of a register beyond what a judge asks: whose word it was, and since when."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind, SourceName, Statement, Subject
from regulator.domain.register import Register


class Word(msgspec.Struct, frozen=True, gc=False):
    """A source's word on one certificate, when it came in, and where it can be found again."""

    statement: Statement
    known_at: Instant
    origin: str = ""


class Known(Register, Protocol):
    """A register that remembers who said what, and when."""

    def words(self, kind: LicenceKind, subject: Subject) -> Sequence[Word]:
        """Return every source's standing word on a subject, the source that counts most first."""
        ...

    def heartbeats(self) -> Mapping[SourceName, Instant]:
        """Return the instant up to which each source vouches for what it said."""
        ...
