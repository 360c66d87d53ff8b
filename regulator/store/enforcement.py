"""What one batch of the judges' output does to findings, cards and orders: in one transaction, once."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from regulator.domain.instants import Instant
from regulator.joins.orders import Order
from regulator.store.changes import next_change
from regulator.store.filing import file_findings
from regulator.store.findings import QueueEvent
from regulator.store.keeping import Word, keep
from regulator.store.orders import OrderStore
from regulator.store.refreshing import cards_of_orders, refresh_cards


class Applied(msgspec.Struct, frozen=True):
    """What a batch came to. ``change`` is the number that its cards got.

    ``give_back``: lives of orders to be given back to their judges.
    """

    change: int
    news: int
    cards: int
    give_back: Sequence[Order] = ()


def apply_judgements(
    connection: Connection, events: Sequence[QueueEvent], states: Sequence[Word], *, at: Instant
) -> Applied:
    """Take findings and words on orders, each in its order. What was taken before has no effect."""
    change = next_change(connection)
    give_back = keep(connection, states, at=at)
    OrderStore(connection).expect(events)
    filed = file_findings(connection, events, change=change)
    moved = cards_of_orders(connection, {(state.company, state.key) for state in states})
    cards = refresh_cards(connection, filed.touched | moved, filed.opened, change=change, at=at)
    return Applied(change, len(filed.news), cards, give_back)
