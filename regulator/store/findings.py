"""Findings at rest, with the history of what was said about each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select

from regulator.domain.drivers import Driver
from regulator.domain.findings import EventKind, FindingId, LoginString, RuleId
from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId, OrderNumber, Stage
from regulator.domain.places import Place
from regulator.domain.plates import Plate
from regulator.store.batches import among, rows_among
from regulator.store.schema import finding_events, findings
from regulator.store.upserts import upsert

State = dict[str, Any]
"""One row of ``findings``, by column."""


class QueueEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the enforcement queue, as far as SQL asks about it. ``document``: the whole, as JSON."""

    kind: EventKind
    finding: FindingId
    judgement: str
    rule: RuleId
    reason: str | None
    company: CompanyId
    order: OrderNumber | None
    login: LoginString | None
    vehicle: Plate
    driver: Driver
    last4: str
    stage: Stage
    at: Instant
    raised_at: Instant
    disputed: bool
    district: str | None
    place: Place | None
    destination: Place | None
    destination_text: str
    expected_arrival: Instant | None
    because: str | None
    document: str
    arrived_at: Instant
    origin: str

    @property
    def standing(self) -> bool:
        """Tell whether the finding stands after this event."""
        return self.kind is not EventKind.WITHDRAWN

    @property
    def case(self) -> str:
        """The order's number, or the login string."""
        return self.order or self.login or ""


class FindingStore:
    """Keeps each finding as its last event says, however often the event arrives."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def standing_by_rule(self) -> Mapping[str, int]:
        """Count what stands."""
        query = select(findings.c.rule, func.count()).where(findings.c.standing).group_by(findings.c.rule)
        return {rule: count for rule, count in self._connection.execute(query)}

    def standing(self) -> Iterator[tuple[FindingId, str]]:
        """Yield every standing finding with its last event as JSON, by identity."""
        query = select(findings.c.id, findings.c.event).where(findings.c.standing).order_by(findings.c.id)
        for id_, document in self._connection.execute(query):
            yield FindingId(id_), document

    def present(self, ids: Iterable[FindingId]) -> dict[FindingId, State]:
        """Return the rows that are there."""
        query = select(findings).where(among(findings.c.id))
        return {FindingId(row["id"]): dict(row) for row in rows_among(self._connection, query, set(ids))}

    def write(self, rows: Sequence[State], events: Sequence[QueueEvent]) -> None:
        """Write findings as they stand now, and what made them so."""
        upsert(self._connection, findings, rows)
        if events:
            self._connection.execute(insert(finding_events), [_history(event) for event in events])


def is_news(event: QueueEvent, present: State | None) -> bool:
    """Tell whether an event says anything that is not known: an unchanged judgement makes no noise."""
    if present is None:
        return True
    return bool(present["standing"]) != event.standing or present["judgement"] != event.judgement


def state_after(event: QueueEvent, present: State | None, *, change: int) -> State:
    """Return the finding's row after an event; it stays on the card on which it was."""
    return {
        "id": event.finding,
        "standing": event.standing,
        "judgement": event.judgement,
        "rule": event.rule,
        "reason": event.reason,
        "company": event.company,
        "order": event.order,
        "login": event.login,
        "vehicle": event.vehicle,
        "driver": event.driver,
        "last4": event.last4,
        "stage": event.stage,
        "at": event.at,
        "raised_at": event.raised_at,
        "district": event.district,
        "place_lon": event.place.lon if event.place else None,
        "place_lat": event.place.lat if event.place else None,
        "disputed": event.disputed,
        "alert": present["alert"] if present else None,
        "event": event.document,
        "change": change,
    }


def _history(event: QueueEvent) -> State:
    return {
        "finding": event.finding,
        "event": event.kind,
        "judgement": event.judgement,
        "reason": event.reason,
        "because": event.because,
        "arrived_at": event.arrived_at,
        "origin": event.origin,
    }
