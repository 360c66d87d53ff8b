"""Keeps cards true to their findings and to the ride of the newest one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, bindparam, func, insert, select, update

from regulator.domain.alerts import AlertId, ClosedBecause
from regulator.domain.instants import Instant
from regulator.store.batches import among, rows_among
from regulator.store.filing import Card
from regulator.store.schema import alerts, findings, orders

State = dict[str, Any]

_FROM_FINDING = ("vehicle", "driver", "last4", "company", "district", "place_lon", "place_lat")
_FROM_ORDER = ("phase", "expected_arrival", "destination_lon", "destination_lat", "destination_text")
_NOBODYS: State = {
    "closed_at": None,
    "closed_because": None,
    "closed_by": None,
    "note": None,
    "claimed_by": None,
    "claimed_at": None,
}


def refresh_cards(
    connection: Connection, touched: Iterable[AlertId], opened: Sequence[Card], *, change: int, at: Instant
) -> int:
    """Look again at cards; return how many came out different. Those get the change's number."""
    wanted = set(touched)
    standing = _standing(connection, wanted)
    present = _present(connection, wanted)
    rides = _rides(connection, [row for _, row in standing.values()])
    _open(connection, opened, standing, rides, change=change, at=at)
    changed = []
    for id, row in present.items():
        if row["closed_at"] is None:
            fresh = _fresh(standing[id], rides) if id in standing else _withdrawn(at)
            if any(row[name] != value for name, value in fresh.items()):
                changed.append({**row, **fresh, "change": change})
    _update(connection, changed)
    return len(changed) + len(opened)


def cards_of_orders(connection: Connection, keys: Iterable[tuple[str, str]]) -> set[AlertId]:
    """Return the open cards whose ride is one of these (company, order number or login string)."""
    wanted = set(keys)
    query = select(alerts.c.id, alerts.c.company, alerts.c.order_key).where(
        alerts.c.closed_at.is_(None), among(alerts.c.order_key)
    )
    rows = rows_among(connection, query, {key for _, key in wanted})
    return {AlertId(row["id"]) for row in rows if (row["company"], row["order_key"]) in wanted}


def _standing(connection: Connection, ids: set[AlertId]) -> dict[str, tuple[int, RowMapping]]:
    """How many findings stand on each card, and the newest of them."""
    counted = (
        select(findings.c.alert, func.count().label("standing"), func.max(findings.c.at).label("newest_at"))
        .where(findings.c.standing, among(findings.c.alert))
        .group_by(findings.c.alert)
        .subquery()
    )
    same = and_(
        findings.c.alert == counted.c.alert, findings.c.standing, findings.c.at == counted.c.newest_at
    )
    query: Select[Any] = select(findings, counted.c.standing.label("count")).join(counted, same)
    found: dict[str, tuple[int, RowMapping]] = {}
    for row in rows_among(connection, query, ids):
        known = found.get(row["alert"])
        if known is None or known[1]["id"] < row["id"]:
            found[row["alert"]] = (row["count"], row)
    return found


def _present(connection: Connection, ids: set[AlertId]) -> dict[str, State]:
    query = select(alerts).where(among(alerts.c.id))
    return {row["id"]: dict(row) for row in rows_among(connection, query, ids)}


def _rides(connection: Connection, newest: Sequence[RowMapping]) -> Mapping[tuple[str, str], RowMapping]:
    keys = {_ride(row) for row in newest}
    query = select(orders.c.company, orders.c.key, *(orders.c[name] for name in _FROM_ORDER)).where(
        orders.c.company.in_({company for company, _ in keys}), among(orders.c.key)
    )
    rows = rows_among(connection, query, {key for _, key in keys})
    return {(row["company"], row["key"]): row for row in rows}


def _ride(finding: RowMapping) -> tuple[str, str]:
    return finding["company"], finding["order"] or finding["login"] or ""


def _fresh(found: tuple[int, RowMapping], rides: Mapping[tuple[str, str], RowMapping]) -> State:
    count, newest = found
    ride = rides[_ride(newest)]
    return {
        **{name: newest[name] for name in _FROM_FINDING},
        **{name: ride[name] for name in _FROM_ORDER},
        "order_key": ride["key"],
        "newest_at": newest["at"],
        "standing": count,
    }


def _withdrawn(at: Instant) -> State:
    return {"standing": 0, "closed_at": at, "closed_because": ClosedBecause.WITHDRAWN.value}


def _open(
    connection: Connection,
    opened: Sequence[Card],
    standing: Mapping[str, tuple[int, RowMapping]],
    rides: Mapping[tuple[str, str], RowMapping],
    *,
    change: int,
    at: Instant,
) -> None:
    """Write new cards, and those that are open again, as nobody's."""
    rows: dict[bool, list[State]] = {True: [], False: []}
    for card in opened:
        fresh = _fresh(standing[card.id], rides)
        row = {"id": card.id, "pair": card.pair, "opened_at": at, "change": change, **_NOBODYS, **fresh}
        rows[card.made].append(row)
    if rows[True]:
        connection.execute(insert(alerts), rows[True])
    _update(connection, rows[False])


def _update(connection: Connection, rows: Sequence[State]) -> None:
    if rows:
        names = [name for name in rows[0] if name != "id"]
        statement = update(alerts).where(alerts.c.id == bindparam("card"))
        fresh: list[State] = [{"card": row["id"], **{name: row[name] for name in names}} for row in rows]
        connection.execute(statement, fresh)
