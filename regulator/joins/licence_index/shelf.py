"""Some thousand rows, and where the rows of a subject are.

A table of slots with linear probing: a slot holds a row's number from one, nought where it is free.
A hash's own slot is given by its highest bits, so rows in the order of their hashes fill the slots
in one sweep. Probing ends at a free slot and never wraps: the last slot is always free. No slot is
freed before the shelf settles, so rows of one subject are found in the order in which they came.
"""

from array import array

import numpy as np

from regulator.joins.licence_index.rows import GONE, HEAD, KEY_AT, MARK_AT, MORE, ROW, WIDTH
from regulator.joins.licence_index.settling import places_of, standing, subjects_among

_KEY_BEHIND = WIDTH - KEY_AT
_NOBODY = bytes(16)
_SPARE = 32
_FULL = 0.7
_FEWEST_BITS = 4
_HASH_BITS = 64
_SHORT = 60_000
"""So many rows and somewhat more are numbered in two bytes."""
_GREATEST_SHORT = (1 << 16) - 1

_NO_SLOTS = array("H", bytes(2 << _FEWEST_BITS))


class Shelf:
    """Rows of subjects whose hashes are alike."""

    __slots__ = ("_added", "_dead", "_half", "_limit", "_shift", "_slots", "_stale", "rows", "subjects")

    def __init__(self) -> None:
        self.rows = bytearray()
        self._added: list[bytes] = []  # joined when they are settled: growing bit by bit copies all each time
        self.subjects = 0
        self._dead = 0
        self._limit = 0
        self._slots = _NO_SLOTS
        self._shift, self._half = _HASH_BITS - _FEWEST_BITS, 1 << (_FEWEST_BITS - 1)
        self._stale = False

    def first(self, hash_: int, key: bytes) -> int:
        """Return where a row of a subject begins; -1 where it has none."""
        if self._stale:
            self.settle()
        slots, starts_with = self._slots, self.rows.startswith
        slot = (hash_ >> self._shift) + self._half
        while number := slots[slot]:
            if starts_with(key, number * WIDTH - _KEY_BEHIND):
                return number * WIDTH - WIDTH
            slot += 1
        return -1

    def all(self, hash_: int, key: bytes) -> list[int]:
        """Return where each row of a subject begins, in the order in which they were stated."""
        if self._stale:
            self.settle()
        slots, found = self._slots, []
        slot = (hash_ >> self._shift) + self._half
        while number := slots[slot]:
            if self.rows.startswith(key, number * WIDTH - _KEY_BEHIND):
                found.append(number * WIDTH - WIDTH)
            slot += 1
        return found

    def extend(self, rows: bytes) -> None:
        """Put rows behind what is there; they are settled before the next question."""
        self._added.append(rows)
        self._stale = True

    def replace(self, hash_: int, old: list[int], fresh: list[bytes], *, beside: list[int]) -> None:
        """Put rows of a subject in the place of others of it; ``beside`` are those that remain."""
        self.subjects += bool(beside or fresh) - bool(beside or old)
        for row in beside:
            self._mark(row, more=len(beside) + len(fresh) > 1)
        for row, record in zip(old, fresh, strict=False):
            self.rows[row : row + WIDTH] = record
        for row in old[len(fresh) :]:
            self._strike(row)
        for record in fresh[len(old) :]:
            self._insert(hash_, record)
        if self._dead * 8 > len(self.rows) // WIDTH + 64:
            self.settle()

    def settle_if_stale(self) -> None:
        """Settle what was added since the last question."""
        if self._stale:
            self.settle()

    def settle(self) -> None:
        """Let the newest statements stand alone, in the order of their hashes, and know where they are."""
        rows = standing(np.frombuffer(b"".join((self.rows, *self._added)), ROW))
        self._added = []
        count = len(rows)
        bits = max(_FEWEST_BITS, (2 * count).bit_length())
        self._shift, self._half = _HASH_BITS - bits, 1 << (bits - 1)
        places = places_of(rows["hash"], self._shift, self._half)
        size = max(1 << bits, int(places[-1]) + 1 if count else 0) + _SPARE
        slots = np.zeros(size, "u2" if count < _SHORT else "u4")
        slots[places] = np.arange(1, count + 1)
        self._slots = array("H" if count < _SHORT else "I", slots.tobytes())
        full = int((1 << bits) * _FULL)
        self._limit = min(full, _GREATEST_SHORT) if count < _SHORT else full
        self.rows = bytearray(rows.tobytes())
        self.subjects = subjects_among(rows)
        self._dead = 0
        self._stale = False

    def _insert(self, hash_: int, record: bytes) -> None:
        self.rows += record
        number = len(self.rows) // WIDTH
        slots, last = self._slots, len(self._slots) - 1
        slot = (hash_ >> self._shift) + self._half
        while slots[slot]:
            slot += 1
        if self._stale or slot == last or number > self._limit:
            self._stale = True  # the slots are too few: the next question makes more
        else:
            slots[slot] = number

    def _strike(self, row: int) -> None:
        """Let a row be nobody's."""
        self.rows[row + KEY_AT : row + KEY_AT + len(_NOBODY)] = _NOBODY
        self.rows[row + MARK_AT] = HEAD | GONE
        self._dead += 1

    def _mark(self, row: int, *, more: bool) -> None:
        mark = self.rows[row + MARK_AT]
        self.rows[row + MARK_AT] = mark | MORE if more else mark & ~MORE
