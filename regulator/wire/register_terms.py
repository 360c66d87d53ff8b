"""By whose words and for whom a register file is read."""

from collections.abc import Set

import msgspec

from regulator.domain.drivers import FILLERS
from regulator.domain.instants import Instant
from regulator.domain.register import Source
from regulator.wire.register_dialect import Dialect


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for every row."""

    source: Source
    dialect: Dialect
    arrival: Instant
    pseudonym_key: bytes
    fillers: Set[str] = FILLERS
