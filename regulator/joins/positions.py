"""Where each car was last, and which seconds of it were seen before.

A position is a repetition if the same car (or, where drivers report, the same driver) was seen at
the same second; one that names nobody identifiable, if its content is the same too. Seconds are
bits of a number, one number a block of ten minutes.
"""

import sys
from collections.abc import Collection

from regulator.domain.feed import Accepted, Position
from regulator.domain.instants import MINUTE, SECOND, Instant
from regulator.domain.orders import CompanyId
from regulator.domain.plates import Plate

_BLOCK = 600
_CLOCKS_DIFFER = MINUTE
_MOST_KNOWN = 4_000_000
"""Cars, drivers and unnamed contents remembered at most: a nation's, and no more of a liar's."""
_BITS = [1 << second for second in range(_BLOCK)]

_Who = tuple[str, CompanyId, str]


class PositionBook:
    """The newest position of each car, and the seconds seen.

    ``blocks_kept`` bounds how many blocks of ten minutes are remembered of each car; None: all.
    """

    def __init__(self, blocks_kept: int | None = None) -> None:
        self._blocks_kept = sys.maxsize if blocks_kept is None else blocks_kept
        self._seconds: dict[_Who, dict[int, int]] = {}
        self._newest: dict[Plate, tuple[CompanyId, Position]] = {}
        self._moved: dict[Plate, tuple[CompanyId, Position]] = {}

    def take(self, record: Accepted, *, arrival: Instant) -> bool:
        """Take in a position; False if it is a repetition.

        One dated further ahead than clocks differ moves no car: it would hide the car until then.
        """
        position = record.fact
        if not isinstance(position, Position):
            return True
        at, car = position.at, position.vehicle
        # A car's own report names no driver; a report of nobody is known by its content.
        who = position.driver or car or f"{record.digest:x}"
        if not self._is_new((record.type, record.company, who), at // SECOND):
            return False
        if car and position.place is not None and at <= arrival + _CLOCKS_DIFFER:
            present = self._newest.get(car)
            if present is None or present[1].at < at:
                self._newest[car] = self._moved[car] = (record.company, position)
        return True

    def moved(self) -> Collection[tuple[CompanyId, Position]]:
        """Return, and let go of, the newest position of each car that moved since the last time."""
        moved, self._moved = self._moved, {}
        return moved.values()

    def _is_new(self, who: _Who, second: int) -> bool:
        block, bit = second // _BLOCK, _BITS[second % _BLOCK]
        blocks = self._seconds.get(who)
        if blocks is None:
            self._seconds[who] = {block: bit}
            if len(self._seconds) > _MOST_KNOWN:
                del self._seconds[next(iter(self._seconds))]
            return True
        seen = blocks.get(block, 0)
        if seen & bit:
            return False
        blocks[block] = seen | bit
        if len(blocks) > self._blocks_kept:
            del blocks[next(iter(blocks))]  # the one that was begun first
        return True
