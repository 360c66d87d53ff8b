"""What rules cost in officers' work: cards a shift, against what a shift can handle.

A card is that of a car and driver (``domain.alerts.pair_of``); here each pair whose bell rang in a
shift is one card of that shift, as if every card were closed at its end.
"""

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from regulator.domain.alerts import Pair, pair_of
from regulator.domain.findings import EventKind, FindingEvent
from regulator.domain.instants import HOUR, Instant, from_datetime, to_datetime
from regulator.domain.limits import Limits

SHIFT = 12 * HOUR
_FIRST_HOUR = 8
"""Shifts begin at 08:00 and 20:00 in Shanghai."""


class Shift(msgspec.Struct, frozen=True):
    """A shift and how many cards it was handed."""

    begins: Instant
    cards: int
    capacity: int

    @property
    def is_over(self) -> bool:
        """Tell whether it was handed more than it can handle."""
        return self.cards > self.capacity


class Workload:
    """Counts cards from what the queue is told."""

    def __init__(self) -> None:
        self._rang: dict[Instant, set[Pair]] = {}

    def hear(self, event: FindingEvent) -> None:
        """Count a bell; updates and withdrawals ring none."""
        if event.kind is EventKind.RAISED:
            one = event.finding
            pair = pair_of(one.vehicle, one.driver, company=one.company, case=one.order or one.login or "")
            self._rang.setdefault(shift_of(event.caused_at), set()).add(pair)

    @property
    def cards(self) -> int:
        """How many cards there were in all."""
        return sum(map(len, self._rang.values()))

    def shifts(self, limits: Limits) -> Iterator[Shift]:
        """Yield the shifts in which a bell rang, the first first."""
        for begins in sorted(self._rang):
            capacity = int(limits.value("cards_a_shift", begins))
            yield Shift(begins, len(self._rang[begins]), capacity)


def shift_of(at: Instant) -> Instant:
    """Return when the shift of an instant began."""
    first = to_datetime(at).replace(hour=_FIRST_HOUR, minute=0, second=0, microsecond=0)
    begin = from_datetime(first)
    if at < begin:
        begin = from_datetime(first - timedelta(hours=12))
    return Instant(begin + (at - begin) // SHIFT * SHIFT)
