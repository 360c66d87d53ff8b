"""Cards as officers' pages show them, with the findings on them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, Select, case, func, or_, select

from regulator.domain.alerts import AlertId, ClosedBecause
from regulator.domain.drivers import Driver
from regulator.domain.findings import FindingId, LoginString, RuleId
from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId, OrderNumber, Stage
from regulator.domain.places import Place
from regulator.domain.plates import Plate
from regulator.joins.journeys import Phase
from regulator.store.batches import among, rows_among
from regulator.store.changes import last_change
from regulator.store.places import CarPosition, PositionStore, place_of
from regulator.store.schema import alerts, findings
from regulator.wire.violations import ViolationEvent, decode_violation

_SHOWN = 20
"""Findings shown of one card; the rest is counted."""


class CardFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One finding. ``event``: what was last said about it on the queue."""

    id: FindingId
    rule: RuleId
    reason: str | None
    stage: Stage
    at: Instant
    raised_at: Instant
    disputed: bool
    company: CompanyId
    order: OrderNumber | None
    login: LoginString | None
    vehicle: Plate
    driver: Driver
    last4: str
    standing: bool
    event: ViolationEvent


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One card. ``standing`` findings in all; ``findings`` the newest of them, of a withdrawn card the last.

    ``place`` is where the newest finding was reported from; ``newest_at`` its event time.
    """

    id: AlertId
    change: int
    vehicle: Plate
    driver: Driver
    last4: str
    company: CompanyId
    order_key: str
    opened_at: Instant
    closed_at: Instant | None
    closed_because: ClosedBecause | None
    closed_by: str | None
    note: str | None
    claimed_by: str | None
    claimed_at: Instant | None
    phase: Phase
    expected_arrival: Instant | None
    destination: Place | None
    destination_text: str
    place: Place | None
    district: str | None
    newest_at: Instant
    standing: int
    findings: tuple[CardFinding, ...]


class CardStore:
    """Reads cards: one query for them and one for their findings."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest_change(self) -> int:
        """Return the number of the last change."""
        return last_change(self._connection)

    def changed_since(self, change: int, *, limit: int = 500) -> list[Card]:
        """Return the cards changed after a number, by number, closed ones too.

        One number is never cut in two, so there may be more than ``limit``; ask again with the
        last card's number.
        """
        later = select(alerts.c.change).where(alerts.c.change > change).order_by(alerts.c.change)
        numbers = self._connection.execute(later.limit(limit)).scalars().all()
        if not numbers:
            return []
        query = select(alerts).where(alerts.c.change > change, alerts.c.change <= numbers[-1])
        return self._cards(query.order_by(alerts.c.change, alerts.c.id))

    def open_cards(self, now: Instant, *, district: str | None = None, limit: int = 300) -> list[Card]:
        """Return open cards, those that can still be met first, the soonest to arrive first of all."""
        coming = alerts.c.expected_arrival >= now
        rank = case(
            ((alerts.c.phase == Phase.ON_TRIP) & coming, 0),
            (alerts.c.phase == Phase.ON_TRIP, 1),
            (alerts.c.phase == Phase.MATCHED, 2),
            (alerts.c.phase == Phase.LOGGED_IN, 3),
            else_=4,
        )
        soonest = case((rank == 0, alerts.c.expected_arrival), else_=-alerts.c.newest_at)
        query = select(alerts).where(*_open_in(district)).order_by(rank, soonest, alerts.c.id)
        return self._cards(query.limit(limit))

    def count_open(self, *, district: str | None = None) -> Mapping[Phase, int]:
        """Count open cards by how far their ride has come."""
        query = select(alerts.c.phase, func.count()).where(*_open_in(district)).group_by(alerts.c.phase)
        return {Phase(phase): count for phase, count in self._connection.execute(query)}

    def card(self, id: AlertId) -> Card | None:
        """Return one card."""
        return next(iter(self._cards(select(alerts).where(alerts.c.id == id))), None)

    def of_vehicle(self, vehicle: Plate, *, limit: int = 20) -> list[Card]:
        """Return the cards of a car, open ones first, then the newest."""
        return self._cards(_newest(select(alerts).where(alerts.c.vehicle == vehicle)).limit(limit))

    def of_driver(self, driver: Driver, *, limit: int = 20) -> list[Card]:
        """Return the cards of a driver, open ones first, then the newest."""
        return self._cards(_newest(select(alerts).where(alerts.c.driver == driver)).limit(limit))

    def positions(self) -> list[CarPosition]:
        """Return where the cars with an open card were last."""
        return PositionStore(self._connection).of_open_cards()

    def _cards(self, query: Select[Any]) -> list[Card]:
        rows = self._connection.execute(query).mappings().all()
        shown = self._findings([row["id"] for row in rows])
        return [_card(row, shown.get(row["id"], ())) for row in rows]

    def _findings(self, cards: Iterable[str]) -> Mapping[str, Sequence[CardFinding]]:
        order = (findings.c.standing.desc(), findings.c.at.desc(), findings.c.id)
        rank = func.row_number().over(partition_by=findings.c.alert, order_by=order).label("rank")
        ranked = select(findings, rank).where(among(findings.c.alert)).subquery()
        shown = or_((ranked.c.standing & (ranked.c.rank <= _SHOWN)), ranked.c.rank == 1)
        found: dict[str, list[CardFinding]] = {}
        for row in rows_among(self._connection, select(ranked).where(shown).order_by(ranked.c.rank), cards):
            found.setdefault(row["alert"], []).append(card_finding(row))
        return found


def card_finding(row: RowMapping) -> CardFinding:
    """Return a row of ``findings`` as a value."""
    columns = {name: row[name] for name in CardFinding.__struct_fields__ if name not in ("event", "stage")}
    return CardFinding(**columns, stage=Stage(row["stage"]), event=decode_violation(row["event"].encode()))


def _open_in(district: str | None) -> list[Any]:
    unclosed = [alerts.c.closed_at.is_(None)]
    return unclosed if district is None else [*unclosed, alerts.c.district == district]


def _newest(query: Select[Any]) -> Select[Any]:
    return query.order_by(alerts.c.closed_at.is_not(None), alerts.c.newest_at.desc(), alerts.c.id)


_AS_THEY_ARE = tuple(
    name
    for name in Card.__struct_fields__
    if name not in ("phase", "closed_because", "destination", "place", "findings")
)


def _card(row: RowMapping, shown: Sequence[CardFinding]) -> Card:
    return Card(
        **{name: row[name] for name in _AS_THEY_ARE},
        phase=Phase(row["phase"]),
        closed_because=ClosedBecause(row["closed_because"]) if row["closed_because"] else None,
        destination=place_of(row, "destination_"),
        place=place_of(row, "place_"),
        findings=tuple(shown),
    )
