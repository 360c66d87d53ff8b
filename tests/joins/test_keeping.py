"""How long an order is held after its newest record."""

import pytest

from regulator.domain.orders import Ending
from regulator.joins.keeping import Keeping
from regulator.joins.orders import Order
from tests.builders.law import SUNNY, minutes

KEEPING = Keeping(arrived_before=minutes(0), ended_before=minutes(20), waiting_before=minutes(-20))


@pytest.mark.parametrize(
    ("arrival", "ended", "waits", "held"),
    [
        (0, False, False, True),
        (-1, False, False, False),
        (19, True, False, False),
        (20, True, False, True),
        (-20, False, True, True),
        (-21, False, True, False),
        (-20, True, True, True),
    ],
)
def test_what_ended_leaves_sooner_and_what_waits_later(
    arrival: float, ended: bool, waits: bool, held: bool
) -> None:
    ending = Ending(at=minutes(0)) if ended else None
    order = Order(company=SUNNY, arrival=minutes(arrival), ending=ending)

    assert KEEPING.holds(order, waits=waits) is held


def test_unless_it_is_said_otherwise_an_end_makes_no_difference_and_what_waits_is_held_for_ever() -> None:
    keeping = Keeping(arrived_before=minutes(0))

    assert keeping.holds(Order(company=SUNNY, arrival=minutes(0), ending=Ending(at=minutes(0))), waits=False)
    assert keeping.holds(Order(company=SUNNY, arrival=minutes(-1_000_000)), waits=True)
