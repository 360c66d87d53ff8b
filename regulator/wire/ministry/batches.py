"""What an envelope comes to: records of one type, and who speaks."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from regulator.domain.feed import Flaw, Refusal
from regulator.wire.ministry.shapes import Shape


class Unusable(Exception):
    """A message that cannot be taken apart into records; ``reason`` says why."""

    reason: Refusal


class Unreadable(Unusable):
    """The bytes are no form of the envelope, or too many."""

    reason = Refusal.UNREADABLE


class UnknownType(Unusable):
    """The type is none of the 32, or the type's payload is not there."""

    reason = Refusal.UNKNOWN_TYPE


class Batch(msgspec.Struct, frozen=True, gc=False):
    """One envelope taken apart.

    ``read`` turns each of ``records`` into a struct of the shape or a ``Mended``; None where they are
    clean structs already. ``flaws`` are the envelope's own; every record has them.
    """

    shape: Shape
    company: str
    records: Sequence[Any]
    read: Callable[[Shape, Any], Any] | None = None
    flaws: tuple[Flaw, ...] = ()
