"""How long an order is held after its newest record."""

import msgspec

from regulator.domain.instants import Instant
from regulator.joins.orders import Order

_LONG_AGO = Instant(-(1 << 62))


class Keeping(msgspec.Struct, frozen=True, kw_only=True):
    """Since when its newest record must have arrived for an order to be held.

    One that has ended is held from ``ended_before`` on, which is later. One that waits for the register is
    held longer, from ``waiting_before`` on: what is said to happen in a hundred years must not be waited
    for. None: an end makes no difference; what waits is held for ever.
    """

    arrived_before: Instant
    ended_before: Instant | None = None
    waiting_before: Instant | None = None

    def holds(self, order: Order, *, waits: bool) -> bool:
        """Tell whether an order is held on; ``waits``: it waits for the register."""
        return order.arrival >= self._since(order, waits)

    def _since(self, order: Order, waits: bool) -> Instant:
        if waits:
            return _LONG_AGO if self.waiting_before is None else min(self.arrived_before, self.waiting_before)
        if order.ending is not None and self.ended_before is not None:
            return max(self.arrived_before, self.ended_before)
        return self.arrived_before
