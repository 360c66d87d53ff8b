"""Sixteen bytes that stand for a subject, and for no other."""

from binascii import Error, unhexlify
from collections.abc import Callable, Sequence
from hashlib import blake2b

import numpy as np

from regulator.domain.licences import LicenceKind
from regulator.joins.licence_index.rows import Column

_BYTES = 16
_DIGITS = 2 * _BYTES
_FILL = b"\xff"

Key = Callable[[str], bytes]


def key_for(kind: LicenceKind) -> Key:
    """Return how subjects of a kind are written."""
    return _pseudonym if kind is LicenceKind.DRIVER_CERTIFICATE else _text


def keys(kind: LicenceKind, subjects: Sequence[str]) -> Column:
    """Return the keys of many subjects of a kind, two words each."""
    written = _pseudonyms(subjects) if kind is LicenceKind.DRIVER_CERTIFICATE else _texts(subjects)
    if written is None:
        written = b"".join(map(key_for(kind), subjects))
    return np.frombuffer(written, "<u8").reshape(-1, 2)


def _pseudonym(subject: str) -> bytes:
    """A driver's pseudonym: 32 lower-case hexadecimal digits, half of that as bytes."""
    if len(subject) == _DIGITS:
        try:
            return unhexlify(subject)
        except (Error, ValueError):
            pass
    return _digest(subject)


def _pseudonyms(subjects: Sequence[str]) -> bytes | None:
    """All of them in one go; None if one is written otherwise."""
    if any(len(subject) != _DIGITS for subject in subjects):
        return None
    try:
        return unhexlify("".join(subjects))
    except (Error, ValueError):
        return None


def _text(subject: str) -> bytes:
    """A plate or a company: its own text, filled up with a byte that is in no text."""
    text = subject.encode().ljust(_BYTES, _FILL)
    return text if len(text) == _BYTES else _digest(subject)


def _texts(subjects: Sequence[str]) -> bytes | None:
    """All of them in one go; None if one is too long."""
    texts = b"".join([subject.encode().ljust(_BYTES, _FILL) for subject in subjects])
    return texts if len(texts) == _BYTES * len(subjects) else None


def _digest(subject: str) -> bytes:
    return blake2b(subject.encode(), digest_size=_BYTES).digest()
