"""Sixteen bytes that stand for a subject, and for no other, and their hash."""

from binascii import Error, unhexlify
from collections.abc import Callable, Sequence
from hashlib import blake2b

import numpy as np

from regulator.domain.licences import LicenceKind
from regulator.joins.licence_index.rows import Column

KEY_BYTES = 16
FILL = 0xFF
"""A byte that is in no text."""
_DIGITS = 2 * KEY_BYTES
_FILL = bytes([FILL])

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


def hashes(words: Column) -> Column:
    """Return of many keys what ``hash`` returns of one."""
    keys = np.ascontiguousarray(words).view(f"V{KEY_BYTES}").ravel().tolist()
    return np.fromiter(map(hash, keys), np.int64, len(keys))


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
    """A plate or a company: its own text, filled up."""
    text = subject.encode().ljust(KEY_BYTES, _FILL)
    return text if len(text) == KEY_BYTES else _digest(subject)


def _texts(subjects: Sequence[str]) -> bytes | None:
    """All of them in one go; None if one is too long."""
    texts = b"".join([subject.encode().ljust(KEY_BYTES, _FILL) for subject in subjects])
    return texts if len(texts) == KEY_BYTES * len(subjects) else None


def _digest(subject: str) -> bytes:
    return blake2b(subject.encode(), digest_size=KEY_BYTES).digest()
