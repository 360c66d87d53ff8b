"""What comes of records and of judging."""

from enum import StrEnum

import msgspec

from regulator.domain.findings import EventKind, FindingEvent, RuleId
from regulator.joins.orders import Order
from regulator.joins.recent import News


class Fate(StrEnum):
    """What became of a record that the border accepted."""

    HANDLED = "handled"
    REPEATED = "repeated"
    NAMES_NO_ORDER = "names_no_order"
    """It is refused after all: see ``order_book.MOST_RECORDS``."""

    __hash__ = str.__hash__


class ShadowEvent(msgspec.Struct, frozen=True, gc=False):
    """What the queue would have been told, were a rule in the shadow in force."""

    rule: RuleId
    kind: EventKind


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What judging led to.

    ``changed`` orders differ from what was last kept. On the orders named in ``defective`` our own
    code failed: what the last records did to them is undone. ``others``: contents of records of no
    order that are to be kept, or kept no more, so that a repetition is known after a restart too.
    """

    events: list[FindingEvent]
    changed: list[Order]
    defective: dict[str, Exception]
    shadow: list[ShadowEvent] = []
    others: News = {}
