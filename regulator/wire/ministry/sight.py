"""What a reader needs besides the record, and what every reader may return."""

from collections.abc import Callable
from typing import Any

import msgspec

from regulator.domain.feed import Fact
from regulator.domain.instants import Instant
from regulator.wire.ministry.names import Cars, Drivers
from regulator.wire.ministry.times import Instants


class Sight(msgspec.Struct, frozen=True, gc=False):
    """Who is who, and the key under which people have pseudonyms."""

    cars: Cars
    drivers: Drivers
    key: bytes


Reader = Callable[[Any, Instants, Instant, Sight], Fact | None]
"""(record, instants, arrival, sight) → fact; None where a record says nothing that can be used."""


def says_nothing(record: Any, instants: Instants, arrival: Instant, sight: Sight) -> None:
    """Read a record of a type that is checked and counted, and whose content nobody needs."""
