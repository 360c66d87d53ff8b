"""One partition in a judge's hands: what is not ours any more is not written."""

from collections.abc import Iterable

import pytest
from prometheus_client import CollectorRegistry

from regulator.domain.instants import DAY, Instant
from regulator.joins.orders import Order
from streams.faust import Fenced
from streams.judge.unit import Unit
from streams.metrics import JudgeMetrics
from streams.writing import Writer
from tests.builders.law import NOON, Sitting, a_report


class Remembering(Writer):
    """Keeps what it is told to write."""

    def __init__(self) -> None:
        super().__init__("nowhere:0")
        self.forgotten: list[str] = []

    async def forget(self, topic: str, partition: int, orders: Iterable[Order]) -> None:
        self.forgotten += [order.case for order in orders]


def a_unit(sitting: Sitting, *, lost: bool) -> tuple[Unit, Remembering]:
    async def fence() -> None:
        if lost:
            raise Fenced("another judge has it")

    writer = Remembering()
    metrics = JudgeMetrics(CollectorRegistry(), companies=(), rules=())
    days_later = Instant(NOON + 2 * DAY)
    unit = Unit(sitting.hearing, writer=writer, metrics=metrics, clock=lambda: days_later, fence=fence)
    return unit, writer


def a_sitting_with_an_old_order() -> Sitting:
    sitting = Sitting()
    sitting.report(a_report())
    sitting.conclude()
    return sitting


async def test_old_orders_are_let_go_in_memory_and_on_the_topic() -> None:
    sitting = a_sitting_with_an_old_order()
    unit, writer = a_unit(sitting, lost=False)

    await unit.forget()

    assert writer.forgotten == ["order-1"]
    assert len(sitting.book) == 0


async def test_a_judge_that_slept_and_woke_up_lets_go_of_nothing_that_another_holds() -> None:
    sitting = a_sitting_with_an_old_order()
    unit, writer = a_unit(sitting, lost=True)

    with pytest.raises(Fenced):
        await unit.forget()

    assert writer.forgotten == []
    assert len(sitting.book) == 1
