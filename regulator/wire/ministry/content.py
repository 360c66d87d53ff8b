"""A record's content as one number, so that a repetition is known by it.

The content is the values of the table's fields in the table's order, after repair and before
blanking. Neither the order of keys, nor spacing, nor JSON or protobuf makes a difference.
"""

import json
from array import array
from collections.abc import Callable, Sequence
from hashlib import blake2b, sha256
from math import nan
from typing import Any

import msgspec

_encode = msgspec.msgpack.Encoder().encode
_LARGEST = 2**63
_number = int.from_bytes


Digest = Callable[[tuple[Any, ...]], int]
"""(content) → 63 bits that are never 0."""


def digester(key: bytes, code: int, *, decimals: Sequence[int] = (), blankable: Sequence[int] = ()) -> Digest:
    """Return what digests records of one type; keyed, because a record holds numbers that name people.

    ``decimals`` and ``blankable`` are the places of the decimals and of the texts that may be empty.
    """
    prefix = sha256(b"feed record\x00" + key).digest()[:16] + code.to_bytes(4, "big")
    begun = blake2b(prefix, digest_size=8).copy  # a third quicker than to begin anew

    def digest(content: tuple[Any, ...]) -> int:
        for place in blankable:
            if content[place] is not None:
                content = tuple(map(_unless_blank, content))
                break
        if decimals:
            content = _in_single_precision(content, decimals)
        hashed = begun()
        hashed.update(_encode(content))
        return (_number(hashed.digest()) >> 1) or 1

    return digest


def _in_single_precision(content: tuple[Any, ...], decimals: Sequence[int]) -> tuple[Any, ...]:
    """The interface's decimals are 32-bit floats, whatever JSON writes."""
    values, numbers = [*content], []
    for place in decimals:
        value = values[place]
        if type(value) is float:
            numbers.append(value)
            values[place] = None
        else:
            numbers.append(nan)
    return (*values, array("f", numbers).tobytes())


def _unless_blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def plain(value: object) -> Any:
    """Return something of the same content that can be written down, whatever JSON it was."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int) and -_LARGEST <= value < _LARGEST:
        return value
    try:
        return json.dumps(value, sort_keys=True, default=str)
    except RecursionError:  # nested as deeply as can be read, and deeper than can be written
        return "…"


def is_storable(text: str) -> bool:
    """Tell whether a database and UTF-8 take the text: no NUL, no half of a UTF-16 pair."""
    if "\0" in text:
        return False
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def storable(text: str) -> str:
    """Return the text without what makes it unfit to be stored.

    It stays recognisable: an order that is numbered so is judged all the same.
    """
    return text.replace("\0", "␀").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
