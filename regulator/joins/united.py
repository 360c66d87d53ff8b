"""Two lives of one order made one: what was let go of, and what began anew when a late record came.

The set of records decides, as it would have had nothing ever been let go of.
"""

from collections.abc import Mapping
from operator import attrgetter
from typing import TypeVar

import msgspec

from regulator.domain.findings import EventKind, FindingId, Status
from regulator.domain.orders import Booking, Ending
from regulator.joins.orders import Filed, Order, Seen, newer

_Part = TypeVar("_Part", Booking, Ending)
_place = attrgetter("offset", "index")


def united(one: Order, other: Order) -> Order:
    """Return the order with the records of both; of a record that both saw, as it came first.

    What was said about a finding in both lives, and not alike, is said anew by the next judging:
    nobody knows which of the two the queue heard last.
    """
    first: dict[int, Seen] = {}
    for seen in sorted((*one.seen, *other.seen), key=_place):
        first.setdefault(seen.digest, seen)
    both = Order(
        company=one.company,
        arrival=max(one.arrival, other.arrival),
        number=one.number,
        login=one.login,
        booking=_newer_of(one.booking, other.booking),
        arrived=_newer_of(one.arrived, other.arrived),
        ending=_newer_of(one.ending, other.ending),
        seen=list(first.values()),
        filed=_filed(one.filed, other.filed),
        given=max(one.given, other.given),
    )
    kept = {_place(seen) for seen in both.seen}
    filings = {_place(filing): filing for filing in (*one.reports, *other.reports)}
    for place in sorted(kept & filings.keys()):
        both.file(filings[place].report, *place)
    return both


def _newer_of(one: _Part | None, other: _Part | None) -> _Part | None:
    return one if other is None else newer(one, other)


def _filed(one: Mapping[FindingId, Filed], other: Mapping[FindingId, Filed]) -> dict[FindingId, Filed]:
    differing = {id_: _doubtful(one[id_], other[id_]) for id_ in one.keys() & other.keys()}
    return {**one, **other, **differing}


def _doubtful(one: Filed, other: Filed) -> Filed:
    """Keep what both said; where they differ, what any later judgement differs from."""
    if one.event is None or other.event is None:
        return other if one.event is None else one
    if (one.judgement, one.standing) == (other.judgement, other.standing):
        return min(one, other, key=_raised_at)
    standing = one if one.standing else other
    event = EventKind.UPDATED if standing.standing else EventKind.WITHDRAWN
    return msgspec.structs.replace(standing, status=Status.VIOLATION, judgement="", event=event)


def _raised_at(filed: Filed) -> int:
    return filed.raised_at or 0
