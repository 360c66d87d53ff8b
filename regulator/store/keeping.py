"""What judges write of their orders: how each stands, and that they let go of it. Nothing of it is lost.

A late record of an order that was let go of begins it anew at its judge, who knows nothing of its
first life. SQL keeps both, and tells which lives are to be given back (``OrderBook.give_back``).
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, RowMapping, bindparam, select, update

from regulator.domain.instants import Instant
from regulator.joins.orders import Order
from regulator.joins.united import united
from regulator.store.batches import among, rows_among
from regulator.store.orders import HeldBy, OrderLeft, OrderState, row_of
from regulator.store.schema import orders
from regulator.store.upserts import upsert
from regulator.wire.orders import decode_order, encode_order

Word = OrderState | OrderLeft
_Key = tuple[str, str]
_KNOWN = ("company", "key", "held_by", "first_offset", "returned")


def keep(connection: Connection, words: Sequence[Word], *, at: Instant) -> list[Order]:
    """Take words in their order; return the lives that are to be given back to their judges."""
    lives = _lives(connection, words)
    for word in words:
        if isinstance(word, OrderLeft):
            lives[word.company, word.key].end()
        else:
            lives[word.company, word.key].go_on(word, at=at)
    _write(connection, lives)
    return [life.give_back for life in lives.values() if life.give_back is not None]


class _Life:
    """One order while words about it are taken."""

    def __init__(self, row: RowMapping | None, state: str | None) -> None:
        self._known = row is not None
        self._held_by = HeldBy(row["held_by"]) if row is not None else HeldBy.JUDGE
        self._first_offset = row["first_offset"] if row is not None else None
        self._returned: str | None = row["returned"] if row is not None else None
        self._state = state
        self.written: OrderState | None = None
        self.give_back: Order | None = None

    @property
    def left(self) -> bool:
        """Its judge let go of it, and that is news."""
        return self._held_by is HeldBy.LEAVING

    @property
    def returned(self) -> str | None:
        """What its judge is still to show that it has."""
        return self._returned

    def end(self) -> None:
        """Its judge let go of it; what SQL has of it is the whole of it."""
        if self._known:
            self._held_by, self._returned, self.give_back = HeldBy.LEAVING, None, None

    def go_on(self, state: OrderState, *, at: Instant) -> None:
        """It stands so at its judge."""
        if self._state is not None and self._is_anew(state):
            self._begin_anew(self._state, at=at)
        if self._returned is not None and self._state is not None:
            if state.given < decode_order(self._returned.encode()).given:
                both = united(decode_order(state.state.encode()), decode_order(self._state.encode()))
                state = msgspec.structs.replace(state, state=encode_order(both).decode())
            else:
                self._returned = self.give_back = None
        self._known, self._held_by = True, HeldBy.JUDGE
        self._first_offset = state.first_offset
        self._state, self.written = state.state, state

    def _is_anew(self, state: OrderState) -> bool:
        """Its judge knows nothing of what SQL has: it let go of that, be it that nobody heard of it."""
        if self._returned is not None:
            return False
        began_later = self._first_offset is not None and state.first_offset > self._first_offset
        return self._held_by is not HeldBy.JUDGE or began_later

    def _begin_anew(self, whole: str, *, at: Instant) -> None:
        first = decode_order(whole.encode())
        first.given = max(at, first.given + 1)
        self.give_back = first
        self._returned = encode_order(first).decode()


def _lives(connection: Connection, words: Sequence[Word]) -> dict[_Key, _Life]:
    rows = {(row["company"], row["key"]): row for row in _among(connection, _KNOWN, words)}
    anew = [one for one in words if isinstance(one, OrderState) and _needs_state(one, rows)]
    states = {(row["company"], row["key"]): row["state"] for row in _states(connection, anew)}
    keys = {(word.company, word.key) for word in words}
    return {key: _Life(rows.get(key), states.get(key)) for key in keys}


def _needs_state(state: OrderState, rows: Mapping[_Key, RowMapping]) -> bool:
    """Only of an order that may have begun anew is the state of its first life asked for."""
    row = rows.get((state.company, state.key))
    if row is None:
        return False
    held = row["held_by"] == HeldBy.JUDGE and row["returned"] is None
    return not held or state.first_offset > row["first_offset"]


def _states(connection: Connection, words: Sequence[Word]) -> Iterable[RowMapping]:
    return _among(connection, ("company", "key", "state"), words) if words else ()


def _among(connection: Connection, names: Sequence[str], words: Sequence[Word]) -> Iterable[RowMapping]:
    companies = sorted({word.company for word in words})
    query = select(*(orders.c[name] for name in names)).where(
        orders.c.company.in_(companies), among(orders.c.key)
    )
    return rows_among(connection, query, sorted({word.key for word in words}))


def _write(connection: Connection, lives: Mapping[_Key, _Life]) -> None:
    rows = [
        row_of(life.written, returned=life.returned) for life in lives.values() if life.written is not None
    ]
    upsert(connection, orders, rows)
    left = [{"of": company, "case": key} for (company, key), life in lives.items() if life.left]
    if left:
        connection.execute(_LEAVES, left)


_LEAVES = (
    update(orders)
    .where(orders.c.company == bindparam("of"), orders.c.key == bindparam("case"))
    .values(held_by=HeldBy.LEAVING.value, returned=None)
)
