"""How much may be asked of the licence query API: ``lookups.toml``."""

from typing import Annotated

import msgspec

MOST_SUBJECTS = 10_000
"""In one request."""

_Count = Annotated[int, msgspec.Meta(gt=0)]


class Rate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many a minute in the long run, and so many at once after a pause."""

    a_minute: _Count
    at_once: _Count


class PublicLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Look-ups without a key: from one address, and from everybody together."""

    address: Rate = Rate(a_minute=20, at_once=10)
    together: Rate = Rate(a_minute=600, at_once=100)


class KeyLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Subjects that one key may ask about."""

    a_minute: _Count = 60_000
    at_once: Annotated[int, msgspec.Meta(ge=MOST_SUBJECTS)] = 2 * MOST_SUBJECTS

    @property
    def rate(self) -> Rate:
        """The same as a rate."""
        return Rate(self.a_minute, self.at_once)


class LookupLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``fleet_days``: how long after its last order or login a car or driver still is a platform's own."""

    public: PublicLimits = PublicLimits()
    key: KeyLimits = KeyLimits()
    fleet_days: _Count = 90
