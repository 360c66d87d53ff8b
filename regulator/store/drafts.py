"""Words made ready to be kept and to be published, and what follows from them for whoever judges.

A draft depends on its word alone: whoever has time may make it, far from the database.
"""

import msgspec

from regulator.domain.episodes import Episode, EpisodeNumber
from regulator.domain.licences import Certificate, LicenceKind, Statement, Subject
from regulator.domain.register import (
    EpisodeStated,
    EpisodeWithdrawal,
    EpisodeWithdrawn,
    RegisterChange,
    Stated,
    Withdrawal,
    Withdrawn,
)
from regulator.store.bulk import Values
from regulator.store.episode_rows import values_of_episode
from regulator.store.statement_rows import values_of_statement
from regulator.store.words import EPISODE, Matter, Word, digest_of, is_withdrawal, matter_of, subjects_of
from regulator.wire.register import decode_change, encode_change

_KINDS = {kind.value: kind for kind in LicenceKind}


class Draft(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A word as it is kept and published.

    ``values``: the columns of its table up to those that tell how it came in. ``letter``: what is
    published where its source named nobody else before; blank of a withdrawal.
    """

    matter: Matter
    sequence: int
    withdrawn: bool
    subjects: tuple[Subject, ...]
    digest: str
    values: Values
    key: bytes
    letter: bytes

    @property
    def kind(self) -> LicenceKind | None:
        """The kind of licence; None of an episode."""
        return _KINDS.get(self.matter[1])


class Change(msgspec.Struct, frozen=True, gc=False):
    """A word that counts from now on. ``former``: everybody else whom its source ever named."""

    draft: Draft
    former: tuple[Subject, ...] = ()

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Those whose answers may be others now, as the judges' index has it."""
        return (*self.former, *self.draft.subjects)

    @property
    def letter(self) -> bytes:
        """What is published."""
        return self.draft.letter if not self.former and self.draft.letter else encode_change(self.told())

    def told(self) -> RegisterChange:
        """Return it as judges are told."""
        if self.draft.withdrawn:
            return self._withdrawn()
        told = decode_change(self.draft.letter)
        return msgspec.structs.replace(told, former=self.former) if self.former else told

    def _withdrawn(self) -> Withdrawn | EpisodeWithdrawn:
        source, kind, name = self.draft.matter
        sequence, former = self.draft.sequence, self.former
        if kind == EPISODE:
            number = EpisodeNumber(name)
            return EpisodeWithdrawn(source=source, number=number, sequence=sequence, former=former)
        return Withdrawn(
            source=source,
            kind=LicenceKind(kind),
            certificate=Certificate(name),
            sequence=sequence,
            former=former,
        )


def draft_of(word: Word) -> Draft:
    """Make a word ready."""
    matter = matter_of(word)
    return Draft(
        matter,
        word.sequence,
        is_withdrawal(word),
        subjects_of(word),
        digest_of(word),
        _values_of(word),
        key_of(matter),
        _letter_of(word),
    )


def key_of(matter: Matter) -> bytes:
    """Return the key under which a thing is published."""
    source, kind, name = matter
    return (f"episode|{source}|{name}" if kind == EPISODE else f"licence|{kind}|{source}|{name}").encode()


def _values_of(word: Word) -> Values:
    if isinstance(word, Statement | Withdrawal):
        return values_of_statement(word)
    return values_of_episode(word)


def _letter_of(word: Word) -> bytes:
    match word:
        case Statement():
            return encode_change(Stated(statement=word))
        case Episode():
            return encode_change(EpisodeStated(episode=word))
        case Withdrawal() | EpisodeWithdrawal():
            return b""
