"""Which word of a source on one licence or episode stands (contract, section 1.2).

A higher sequence replaces what stands, an equal one too if it comes later; a lower one is history
from the start. Nothing is forgotten.
"""

from hashlib import sha256

import msgspec

from regulator.domain.episodes import Episode
from regulator.domain.instants import Instant
from regulator.domain.licences import SourceName, Statement, Subject
from regulator.domain.register import (
    EpisodeStated,
    EpisodeWithdrawal,
    EpisodeWithdrawn,
    RegisterChange,
    Stated,
    Withdrawal,
    Withdrawn,
)

Word = Statement | Withdrawal | Episode | EpisodeWithdrawal
Matter = tuple[SourceName, str, str]
"""What a word is about: source, kind of licence and certificate; or source, ``episode`` and number."""

EPISODE = "episode"

_WITHDRAWALS = (Withdrawal, EpisodeWithdrawal)
_OF_LICENCES = (Statement, Withdrawal)
_encoder = msgspec.json.Encoder()


class Kept(msgspec.Struct):
    """A word that was heard. ``id`` is None, and ``word`` known, until it is in the database.

    ``replaced`` is the row of what stood before it; ``subjects`` are those whom it names.
    """

    sequence: int
    withdrawn: bool
    subjects: tuple[Subject, ...]
    digest: str
    received_at: Instant
    superseded_at: Instant | None = None
    id: int | None = None
    word: Word | None = None
    origin: str = ""
    replaced: int | None = None
    import_number: int | None = None
    ended_here: bool = False

    @property
    def stands(self) -> bool:
        """Tell whether this is the source's present word."""
        return self.superseded_at is None


class History:
    """Everything that one source ever said about one licence or episode."""

    __slots__ = ("kept",)

    def __init__(self) -> None:
        self.kept: list[Kept] = []

    @property
    def standing(self) -> Kept | None:
        """Return the source's present word."""
        return next((one for one in reversed(self.kept) if one.superseded_at is None), None)

    def hear(self, new: Kept) -> RegisterChange | None:
        """Take a word in; return what changes by it for those who judge."""
        present = self.standing
        if present is not None:
            if present.digest == new.digest:
                return None
            if new.sequence < present.sequence:
                self._remember(new)
                return None
            # What is known when must leave no gap and no overlap, whatever clock each way in has.
            new.received_at = present.superseded_at = max(new.received_at, present.received_at)
            new.replaced = present.id
            present.ended_here = True
        self.kept.append(new)
        return self._change(new, present)

    def _remember(self, late: Kept) -> None:
        """Keep a word that came too late to stand, once."""
        if all(one.digest != late.digest for one in self.kept):
            late.superseded_at = late.received_at
            self.kept.append(late)

    def _change(self, new: Kept, before: Kept | None) -> RegisterChange | None:
        if new.withdrawn and (before is None or before.withdrawn):
            return None
        if before is None:
            return _change(new.word, ())
        ever = dict.fromkeys(subject for one in self.kept for subject in one.subjects)
        return _change(new.word, tuple(subject for subject in ever if subject not in new.subjects))


def matter_of(word: Word) -> Matter:
    """Return what a word is about."""
    if isinstance(word, _OF_LICENCES):
        return word.source, word.kind, word.certificate
    return word.source, EPISODE, word.number


def kept(word: Word, *, received_at: Instant, origin: str, import_number: int | None = None) -> Kept:
    """Return a word as it is heard."""
    return Kept(
        sequence=word.sequence,
        withdrawn=isinstance(word, _WITHDRAWALS),
        subjects=subjects_of(word),
        digest=digest_of(word),
        received_at=received_at,
        word=word,
        origin=origin,
        import_number=import_number,
    )


def digest_of(word: Word) -> str:
    """Return what tells words on one thing apart."""
    kind = b"1" if isinstance(word, _WITHDRAWALS) else b"0"
    return sha256(kind + _encoder.encode(word)).hexdigest()[:32]


def subjects_of(word: Word) -> tuple[Subject, ...]:
    """Return whom a word names."""
    if isinstance(word, Statement):
        return (word.subject,)
    return word.subjects if isinstance(word, Episode) else ()


def _change(word: Word | None, former: tuple[Subject, ...]) -> RegisterChange | None:
    if isinstance(word, Statement):
        return Stated(statement=word, former=former)
    match word:
        case Withdrawal(source=source, kind=kind, certificate=certificate, sequence=sequence):
            return Withdrawn(
                source=source, kind=kind, certificate=certificate, sequence=sequence, former=former
            )
        case Episode():
            return EpisodeStated(episode=word, former=former)
        case EpisodeWithdrawal(source=source, number=number, sequence=sequence):
            return EpisodeWithdrawn(source=source, number=number, sequence=sequence, former=former)
        case None:  # a row of the database is never heard anew
            return None
