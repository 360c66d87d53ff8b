"""What turns a silent worker into a crash."""

from streams.faust.delivery import Delivery
from streams.faust.elapsed import elapsed


class Stuck(Exception):
    """A worker makes no headway: it is ended, and its supervisor starts it again."""


def watch(delivery: Delivery) -> None:
    """Raise Stuck if nothing has moved for too long."""
    terms = delivery.terms
    if (stuck := delivery.stuck_for()) > terms.stuck_after:
        raise Stuck(f"no run was finished for {stuck:.0f} s; in hand: {delivery.ledger.in_hand}")
    if (looked := delivery.ages().looked) > terms.stuck_after:
        raise Stuck(f"no look for records for {looked:.0f} s")
    if (opening := delivery.openings.opening) is not None:
        partition, since = opening
        if (taken := elapsed() - since) > terms.open_within:
            raise Stuck(f"opening {partition} has taken {taken:.0f} s")
