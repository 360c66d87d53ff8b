"""Chance without luck: numbers that look random and are the same in every run."""

from hashlib import blake2b

_SPAN = 1 << 64


def chance(*what: object) -> float:
    """Return a number in [0, 1) that depends on the arguments alone.

    >>> chance("shift", 3) == chance("shift", 3)
    True
    """
    return _word(what) / _SPAN


def whole(bound: int, *what: object) -> int:
    """Return a whole number in [0, bound) that depends on the arguments alone."""
    return _word(what) * bound // _SPAN


def _word(what: tuple[object, ...]) -> int:
    text = "\x1f".join(map(str, what))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
