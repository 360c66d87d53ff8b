"""Which word of a source on one certificate stands (contract, section 1.2).

A higher sequence replaces what stands, an equal one too if it comes later; a lower one is history
from the start. Nothing is forgotten.
"""

from hashlib import sha256

import msgspec

from regulator.domain.instants import Instant
from regulator.domain.licences import Certificate, LicenceKind, SourceName, Statement, Subject
from regulator.domain.register import Stated, Withdrawal, Withdrawn

Word = Statement | Withdrawal
Matter = tuple[SourceName, LicenceKind, Certificate]
"""What a word is about."""

_encoder = msgspec.json.Encoder()


class Kept(msgspec.Struct):
    """A word that was heard. ``id`` is None, and ``word`` known, until it is in the database."""

    sequence: int
    withdrawn: bool
    subject: Subject
    digest: str
    received_at: Instant
    superseded_at: Instant | None = None
    id: int | None = None
    word: Word | None = None
    origin: str = ""
    ended_here: bool = False

    @property
    def stands(self) -> bool:
        """Tell whether this is the source's present word."""
        return self.superseded_at is None


class History:
    """Everything that one source ever said about one certificate."""

    def __init__(self) -> None:
        self.kept: list[Kept] = []

    @property
    def standing(self) -> Kept | None:
        """Return the source's present word."""
        return next((one for one in reversed(self.kept) if one.stands), None)

    def hear(self, word: Word, *, received_at: Instant, origin: str) -> Stated | Withdrawn | None:
        """Take a word in; return what changes by it for those who judge."""
        new = _kept(word, received_at, origin)
        present = self.standing
        if present is not None and present.digest == new.digest:
            return None
        if present is not None and new.sequence < present.sequence:
            self._remember(new)
            return None
        if present is not None:
            present.superseded_at = max(received_at, present.received_at)
            present.ended_here = True
        self.kept.append(new)
        return self._change(word, present)

    def _remember(self, late: Kept) -> None:
        """Keep a word that came too late to stand, once."""
        if all(one.digest != late.digest for one in self.kept):
            late.superseded_at = late.received_at
            self.kept.append(late)

    def _change(self, word: Word, before: Kept | None) -> Stated | Withdrawn | None:
        subjects = dict.fromkeys(one.subject for one in self.kept if not one.withdrawn)
        if isinstance(word, Statement):
            former = tuple(subject for subject in subjects if subject != word.subject)
            return Stated(statement=word, former=former)
        if before is None or before.withdrawn:
            return None
        return Withdrawn(
            source=word.source,
            kind=word.kind,
            certificate=word.certificate,
            sequence=word.sequence,
            former=tuple(subjects),
        )


def matter_of(word: Word) -> Matter:
    """Return what a word is about."""
    return word.source, word.kind, word.certificate


def _kept(word: Word, received_at: Instant, origin: str) -> Kept:
    withdrawn = isinstance(word, Withdrawal)
    return Kept(
        sequence=word.sequence,
        withdrawn=withdrawn,
        subject=word.subject if isinstance(word, Statement) else Subject(""),
        digest=sha256(b"%d" % withdrawn + _encoder.encode(word)).hexdigest()[:32],
        received_at=received_at,
        word=word,
        origin=origin,
    )
