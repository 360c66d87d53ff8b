"""Where each car was last, and which seconds of it were seen before.

A position is a repetition if the same car (or, where drivers report, the same driver) was seen at
the same second; one that names nobody identifiable, if its content is the same too. Seconds are
bits of a number, one number a block of ten minutes.
"""

from collections.abc import Iterator

from regulator.domain.feed import Accepted, Position
from regulator.domain.instants import SECOND
from regulator.domain.orders import CompanyId
from regulator.domain.plates import Plate
from regulator.joins.recent import Recent

_BLOCK = 600

_Who = tuple[str, CompanyId, str]


class PositionBook:
    """The newest position of each car, and the seconds seen.

    ``blocks_kept`` bounds how many blocks of ten minutes are remembered of each car; None: all.
    """

    def __init__(self, blocks_kept: int | None = None) -> None:
        self._blocks_kept = blocks_kept
        self._seconds: dict[_Who, dict[int, int]] = {}
        self._newest: dict[Plate, tuple[CompanyId, Position]] = {}
        self._moved: set[Plate] = set()
        self._others = Recent()
        self._unnamed = 0

    def take(self, record: Accepted) -> bool:
        """Take in a position; False if it is a repetition."""
        position = record.fact
        if not isinstance(position, Position):
            return True
        # A car's own report names no driver; a report of nobody is known by its content.
        who = position.driver or position.vehicle or f"{record.digest:x}"
        if not self._is_new((record.type, record.company, who), position.at // SECOND):
            return False
        if position.vehicle and position.place is not None:
            self._move(position, record.company)
        return True

    def moved(self) -> Iterator[tuple[CompanyId, Position]]:
        """Yield, and let go of, the newest position of each car that moved since the last time."""
        for plate in self._moved:
            yield self._newest[plate]
        self._moved.clear()

    def _is_first(self, record: Accepted, position: Position) -> bool:
        who = position.driver or position.vehicle  # a car's own report names no driver
        if who:
            return self._is_new((record.type, record.company, who), position.at // SECOND)
        self._unnamed += 1  # equal content is a repetition, whoever it does not name
        return self._others.first(record.digest, (self._unnamed, 0)) == (self._unnamed, 0)

    def _move(self, position: Position, company: CompanyId) -> None:
        present = self._newest.get(position.vehicle)
        if present is None or present[1].at < position.at:
            self._newest[position.vehicle] = (company, position)
            self._moved.add(position.vehicle)

    def _is_new(self, who: _Who, second: int) -> bool:
        block, place = divmod(second, _BLOCK)
        bit = 1 << place
        blocks = self._seconds.setdefault(who, {})
        seen = blocks.get(block, 0)
        if seen & bit:
            return False
        blocks[block] = seen | bit
        if self._blocks_kept is not None and len(blocks) > self._blocks_kept:
            del blocks[next(iter(blocks))]  # the one that was begun first
        return True
