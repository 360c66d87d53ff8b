"""What an envelope comes to: records of one type, and who speaks."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from regulator.domain.feed import Flaw, Refusal
from regulator.wire.ministry.shapes import Shape

MOST_RECORDS = 5_000
"""In one message, which is as many as any sender was seen to send; one that has more is too large."""
LONGEST_COMPANY = 32
"""CompanyId is V32; an envelope's that is longer names nobody."""


class Lost(msgspec.Struct, frozen=True, gc=False):
    """An envelope that cannot be taken apart into records: why, and what can be told of it."""

    reason: Refusal
    company: str = ""
    type: str = ""


class Unreadable(Exception):
    """The bytes are no form of the envelope, or too many."""


ReadRecord = Callable[[Shape, Any], Any]
"""(shape, record as it came) → struct of the shape, or ``Mended``."""


class Batch(msgspec.Struct, frozen=True, gc=False):
    """One envelope taken apart.

    ``read`` turns each of ``records`` into a struct of the shape or a ``Mended``; None where they are
    clean structs already. ``flaws`` are the envelope's own; every record has them, and those of its
    ``CompanyId`` every record that has none itself.
    """

    shape: Shape
    company: str
    records: Sequence[Any]
    read: ReadRecord | None = None
    flaws: tuple[Flaw, ...] = ()
    company_flaws: tuple[Flaw, ...] = ()
