"""Puts findings on cards: each joins the open card of its car and driver, or opens one."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, select

from regulator.domain.alerts import AlertId, ClosedBecause, Pair, alert_id, pair_of
from regulator.domain.drivers import Driver
from regulator.domain.findings import FindingId
from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId
from regulator.domain.plates import Plate
from regulator.store.batches import among, rows_among
from regulator.store.findings import FindingStore, QueueEvent, State, is_news, state_after
from regulator.store.schema import alerts


class Card(msgspec.Struct):
    """What filing needs to know of a card. ``made``: it is not in the database yet."""

    id: AlertId
    pair: Pair
    closed_because: ClosedBecause | None
    made: bool = False

    @property
    def open(self) -> bool:
        """Tell whether findings may join it."""
        return self.closed_because is None


class Filed(msgspec.Struct, frozen=True):
    """What a batch of events did: how many were news, the cards to look at again, those new or reopened."""

    news: Sequence[QueueEvent]
    touched: frozenset[AlertId]
    opened: Sequence[Card]


def file_findings(connection: Connection, events: Sequence[QueueEvent], *, change: int) -> Filed:
    """Take events in their order; one that says nothing new has no effect."""
    store = FindingStore(connection)
    before = store.present(event.finding for event in events)
    after = dict(before)
    news = []
    for event in events:
        if is_news(event, after.get(event.finding)):
            after[event.finding] = state_after(event, after.get(event.finding), change=change)
            news.append(event)
    rows = [after[id] for id in dict.fromkeys(event.finding for event in news)]
    cabinet = _Cabinet(connection, rows)
    touched = {AlertId(row["alert"]) for row in rows if row["alert"]}
    for row in rows:
        if row["standing"]:
            row["alert"] = cabinet.card_for(row, before.get(row["id"])).id
            touched.add(row["alert"])
    store.write(rows, news)
    return Filed(news, frozenset(touched), cabinet.opened)


class _Cabinet:
    """The cards that a batch may meet, fetched in three queries."""

    def __init__(self, connection: Connection, rows: Sequence[State]) -> None:
        standing = [row for row in rows if row["standing"]]
        query = select(alerts.c.id, alerts.c.pair, alerts.c.closed_because)
        ids = {row["alert"] for row in standing if row["alert"]} | {_new_id(row) for row in standing}
        self._by_id = {card.id: card for card in _cards(connection, query.where(among(alerts.c.id)), ids)}
        pairs = {_pair(row) for row in standing}
        unclosed = query.where(alerts.c.closed_at.is_(None), among(alerts.c.pair))
        self._open = {card.pair: card for card in _cards(connection, unclosed, pairs)}
        self.opened: list[Card] = []

    def card_for(self, row: State, before: State | None) -> Card:
        """Return the card of a standing finding: the one it is on, its pair's open one, or a new one."""
        pair = _pair(row)
        own = self._by_id.get(row["alert"])
        if own is not None and own.pair == pair and (own.open or _handled(own, before)):
            return self._open.get(pair, own) if own.open else own
        return self._open.get(pair) or self._opened_card(pair, _new_id(row))

    def _opened_card(self, pair: Pair, id: AlertId) -> Card:
        card = self._by_id.get(id) or Card(id, pair, None, made=True)
        card.closed_because = None
        self._by_id[id] = self._open[pair] = card
        self.opened.append(card)
        return card


def _handled(card: Card, before: State | None) -> bool:
    """An officer is done with this finding; a change of its reason does not ring the bell again."""
    return card.closed_because is ClosedBecause.HANDLED and before is not None and bool(before["standing"])


def _cards(connection: Connection, query: "select", values: Iterable[str]) -> list[Card]:  # type: ignore[valid-type]
    return [
        Card(row["id"], row["pair"], ClosedBecause(row["closed_because"]) if row["closed_because"] else None)
        for row in rows_among(connection, query, values)
    ]


def _pair(row: State) -> Pair:
    case = row["order"] or row["login"] or ""
    return pair_of(Plate(row["vehicle"]), Driver(row["driver"]), company=CompanyId(row["company"]), case=case)


def _new_id(row: State) -> AlertId:
    return alert_id(_pair(row), FindingId(row["id"]), Instant(row["raised_at"]))
