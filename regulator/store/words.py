"""What a source says of one licence or episode: whom it names, and what tells it from other words."""

from hashlib import sha256

import msgspec

from regulator.domain.episodes import Episode
from regulator.domain.licences import SourceName, Statement, Subject
from regulator.domain.register import EpisodeWithdrawal, Withdrawal

Word = Statement | Withdrawal | Episode | EpisodeWithdrawal
Matter = tuple[SourceName, str, str]
"""What a word is about: source, kind of licence and certificate; or source, ``episode`` and number."""

EPISODE = "episode"

_WITHDRAWALS = (Withdrawal, EpisodeWithdrawal)
_OF_LICENCES = (Statement, Withdrawal)
_encoder = msgspec.json.Encoder()


def matter_of(word: Word) -> Matter:
    """Return what a word is about."""
    if isinstance(word, _OF_LICENCES):
        return word.source, word.kind.value, word.certificate
    return word.source, EPISODE, word.number


def digest_of(word: Word) -> str:
    """Return what tells words on one thing apart."""
    kind = b"1" if is_withdrawal(word) else b"0"
    return sha256(kind + _encoder.encode(word)).hexdigest()[:32]


def is_withdrawal(word: Word) -> bool:
    """Tell whether a word takes back what was said."""
    return isinstance(word, _WITHDRAWALS)


def subjects_of(word: Word) -> tuple[Subject, ...]:
    """Return whom a word names."""
    if isinstance(word, Statement):
        return (word.subject,)
    return word.subjects if isinstance(word, Episode) else ()
