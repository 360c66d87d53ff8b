"""Compares orders that were judged anew from the feed with what SQL says of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, select

from regulator.domain.findings import Finding, FindingId, Status
from regulator.domain.instants import Instant, from_rfc3339
from regulator.joins.orders import Order, key_of
from regulator.store.batches import among, in_batches, rows_among
from regulator.store.reconciliation import Difference, Stands, Tally
from regulator.store.schema import findings, orders
from regulator.wire.orders import decode_order
from regulator.wire.violations import decode_violation

Judge = Callable[[Order], Iterable[Finding]]
"""Judges an order under the register as it is now."""

_ORDERS_AT_ONCE = 1_000
_ROWS_AT_ONCE = 1_000


class Compared(msgspec.Struct, frozen=True):
    """What a comparison came to."""

    tally: Tally
    differences: Sequence[Difference]

    def corrected(self, again: "Compared") -> "Compared":
        """Return what it comes to when the orders that differed are looked at again."""
        seen_before = len({one.order_key for one in self.differences})
        gone = seen_before - again.tally.orders
        tally = Tally(
            orders=self.tally.orders - gone,
            findings=self.tally.findings,
            not_comparable=self.tally.not_comparable + again.tally.not_comparable,
            differences=again.tally.differences,
        )
        return Compared(tally, again.differences)


def compare(connection: Connection, replayed: Sequence[Order], judge: Judge, *, until: Instant) -> Compared:
    """Compare every standing finding of orders of one feed's partition.

    ``replayed``: orders as the window of the feed makes them, whose newest record there came before
    ``until``; one that got a record since then is another day's and left out.
    """
    stored = _standing(connection, {one.key: one.company for one in replayed})
    tally, differences = Tally(), list[Difference]()
    for batch in in_batches(replayed, _ORDERS_AT_ONCE):
        for order, comparable in _with_states(connection, batch, until=until):
            if not comparable:
                tally = tally.plus(Tally(not_comparable=1))
                continue
            said = {one.id: _stands(one) for one in judge(order) if one.status is Status.VIOLATION}
            there = stored.get(order.key, {})
            found = list(_differences(order.key, said, there))
            more = Tally(orders=1, findings=len(said.keys() | there.keys()), differences=len(found))
            tally = tally.plus(more)
            differences += found
    return Compared(tally, differences)


def _with_states(
    connection: Connection, replayed: Sequence[Order], *, until: Instant
) -> Iterator[tuple[Order, bool]]:
    """Yield the orders that belong to the day, and whether the window holds all that SQL has seen of them."""
    query = select(orders.c.company, orders.c.key, orders.c.state, orders.c.updated_at).where(
        orders.c.company.in_(sorted({one.company for one in replayed})), among(orders.c.key)
    )
    rows = {
        (row["company"], row["key"]): row
        for row in rows_among(connection, query, sorted({one.case for one in replayed}))
    }
    for order in replayed:
        row = rows.get((order.company, order.case))
        if row is None or row["state"] is None:
            yield order, True
        elif row["updated_at"] < until:
            here = {seen.digest for seen in order.seen}
            known = decode_order(row["state"].encode())
            yield order, all(seen.digest in here for seen in known.seen)


def _standing(connection: Connection, companies: Mapping[str, str]) -> dict[str, dict[FindingId, Stands]]:
    """Return what stands in SQL about orders, given with their companies."""
    query = select(
        findings.c.id, findings.c.company, findings.c.order, findings.c.login, findings.c.event
    ).where(findings.c.standing, findings.c.company.in_(sorted(set(companies.values()))))
    streamed = {"yield_per": _ROWS_AT_ONCE}
    found: dict[str, dict[FindingId, Stands]] = {}
    for row in connection.execute(query, execution_options=streamed).mappings():
        key = key_of(row["company"], row["order"] or row["login"] or "")
        if key in companies:
            found.setdefault(key, {})[FindingId(row["id"])] = _shown(row["event"])
    return found


def _stands(finding: Finding) -> Stands:
    return Stands(
        rule=finding.rule,
        subject=finding.subject,
        reason=finding.reason,
        stage=finding.stage,
        stages=finding.stages,
        at=finding.at,
        disputed=finding.disputed,
    )


def _shown(document: str) -> Stands:
    event = decode_violation(document.encode())
    return Stands(
        rule=event.rule,
        subject=event.subject,
        reason=event.reason,
        stage=event.stage,
        stages=event.stages,
        at=from_rfc3339(event.at),
        disputed=event.disputed,
    )


def _differences(
    key: str, replayed: Mapping[FindingId, Stands], stored: Mapping[FindingId, Stands]
) -> Iterator[Difference]:
    for id_ in sorted(replayed.keys() | stored.keys()):
        if replayed.get(id_) != stored.get(id_):
            yield Difference(order_key=key, finding=id_, replayed=replayed.get(id_), stored=stored.get(id_))
