"""What would have changed a verdict: everything that it rests on is supposed otherwise, one by one.

Each supposition is judged by the rules themselves; only those that change a finding are told.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from regulator.domain.findings import Finding
from regulator.explaining.naming import Names
from regulator.explaining.told.findings import Change, Supposition
from regulator.explaining.verdicts import Heard
from regulator.explaining.worlds import Worlds
from regulator.joins.orders import Order
from regulator.judging.conclusions import judge
from regulator.judging.law import Law

Found = Mapping[tuple[str, str], Finding]


def found(order: Order, law: Law) -> Found:
    """Return what follows from the facts, by rule and subject."""
    concluded = judge(order, law, feed="", partition=0)
    return {(one.rule, one.subject): one for one in concluded.findings}


def suppositions(order: Order, law: Law, heard: Sequence[Heard], names: Names) -> Iterator[Supposition]:
    """Yield every supposition that changes a finding, with what it changes."""
    before = found(order, law)
    for world in Worlds(order, law, heard, names):
        changes = tuple(_changes(before, found(world.order, world.law), names))
        if changes:
            yield msgspec.structs.replace(world.said, changes=changes)


def _changes(before: Found, after: Found, names: Names) -> Iterator[Change]:
    for rule, subject in dict.fromkeys((*before, *after)):
        was, would_be = _gist(before.get((rule, subject))), _gist(after.get((rule, subject)))
        if was[0] != would_be[0]:  # a verdict has three values; another reason for the same is none
            yield Change(
                rule=rule,
                subject=names.subject(subject),
                before=was[0],
                reason_before=was[1],
                after=would_be[0],
                reason_after=would_be[1],
            )


def _gist(finding: Finding | None) -> tuple[str | None, str | None]:
    return (finding.status, finding.reason) if finding is not None else (None, None)
