"""Judges an order that no book holds: one that was read back from where it is kept for ever."""

import msgspec

from regulator.domain.findings import FindingEvent
from regulator.joins.orders import Order
from regulator.judging.announcing import Reached, announce
from regulator.judging.conclusions import Waiting, judge
from regulator.judging.law import Law


class JudgedAgain(msgspec.Struct, frozen=True):
    """What came of it. ``changed``: the order is to be kept anew."""

    events: list[FindingEvent]
    waiting: tuple[Waiting, ...]
    changed: bool


def judge_again(order: Order, law: Law, *, feed: str, partition: int, reached: Reached) -> JudgedAgain:
    """Judge it as the law, and the register with it, is now; what is filed with it is brought up to that."""
    known = dict(order.filed)
    conclusion = judge(order, law, feed=feed, partition=partition)
    events = announce(order, conclusion, law=law, reached=reached)
    return JudgedAgain(events, conclusion.waiting, changed=order.filed != known)
