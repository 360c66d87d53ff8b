"""Messages to send across the border: valid ones, most of them spoilt."""

from collections.abc import Sequence
from random import Random
from typing import Any, NamedTuple

from regulator.domain.feed import FeedKind
from tests.fuzz.spoilt_bytes import MOST, spoil_bytes
from tests.fuzz.spoilt_json import spoilt_json
from tests.fuzz.spoilt_protobuf import spoilt_protobuf
from tests.wire.clean import CLEAN, COMPANY, POSITIONS
from tests.wire.table_records import random_record

_WRITERS = (spoilt_json, spoilt_protobuf)
_COMPANIES = (COMPANY,) * 20 + ("3301YPZC0009", "", "x" * 40)


class Sent(NamedTuple):
    """A message and the topic it comes on; ``in_place``: every value is still in a field of its own name."""

    kind: FeedKind
    payload: bytes
    in_place: bool


def message(rng: Random) -> Sent:
    """Make one message; what is in it depends on the random numbers alone."""
    name = rng.choice(_NAMES)
    write = rng.choice(_WRITERS)
    payload = write(name, _records(name, rng), rng.choice(_COMPANIES), rng)
    mixed = rng.random() < 0.25
    if mixed:
        payload = spoil_bytes(payload, rng)
    right = FeedKind.POSITIONS if name in POSITIONS else FeedKind.ORDERS
    return Sent(
        rng.choice([right] * 30 + [FeedKind.ORDERS, FeedKind.POSITIONS]),
        payload[: MOST + 1],
        write is spoilt_json and not mixed,
    )


def _records(name: str, rng: Random) -> Sequence[dict[str, Any]]:
    """Return a few records, seldom as many as a message holds: equal ones, for they are quick to make."""
    few = [
        random_record(name, rng) if rng.random() < 0.5 else dict(CLEAN[name])
        for _ in range(rng.randint(1, 4))
    ]
    return few * rng.choice([1] * 3000 + [500, 2000])


_NAMES = (*CLEAN, *POSITIONS * 4, *(name for name in CLEAN if name.startswith(("order", "operate"))))
