"""``/api/v1/alerts``: the open cards as JSON, and what an officer does with them."""

from collections.abc import Callable

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from regulator.console.context import Visit, visit
from regulator.domain.alerts import AlertId
from regulator.domain.findings import FindingId
from regulator.domain.instants import to_rfc3339
from regulator.domain.rulings import Ruling
from regulator.store.cards import Card, CardStore
from regulator.store.claims import Act, ClaimStore, Outcome
from regulator.store.rulings import RulingStore

CLOSINGS = ("stopped", "missed", "referred", "unfounded")
"""How an officer may close a card; texts in ``regulator.console.terms``."""

_MOST = 1000


class AlertListed(msgspec.Struct, frozen=True, kw_only=True):
    """A card as the API gives it. Instants are RFC 3339; findings are enforcement-queue events."""

    id: str
    change: int
    vehicle: str
    driver_last4: str
    company: str
    phase: str
    opened_at: str
    expected_arrival: str | None
    destination: str
    district: str | None
    claimed_by: str | None
    claimed_at: str | None
    closed_at: str | None
    closed_because: str | None
    findings: tuple[msgspec.Raw, ...]


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an act. ``by`` has, or had, the card; ``message`` is for the officer's eyes."""

    outcome: str
    by: str | None = None
    message: str = ""


async def listed(request: Request) -> Response:
    """Give the open cards, most interceptable first; ``?district=`` and ``?limit=`` narrow them."""
    here = visit(request)
    limit = request.query_params.get("limit", "300")
    if not limit.isdecimal() or len(limit) > len(str(_MOST)) or not 0 < int(limit) <= _MOST:
        return _json(Answered(outcome="refused", message=f"limit is a number from 1 to {_MOST}"), status=400)
    cards = await run_in_threadpool(_open, here, request.query_params.get("district") or None, int(limit))
    return _json([_alert(card) for card in cards])


async def one(request: Request) -> Response:
    """Give one card, open or closed; 404 where there is none."""
    card = await run_in_threadpool(_card, visit(request), AlertId(request.path_params["id"]))
    return _json(_alert(card)) if card else _json(Answered(outcome="unknown"), status=404)


async def claim(request: Request) -> Response:
    """Take a card for the officer who asks."""
    return await _act(request, "claim", lambda here, store, id: store.claim(id, _who(here), at=here.now))


async def release(request: Request) -> Response:
    """Put a card back."""
    return await _act(request, "release", lambda here, store, id: store.release(id, _who(here), at=here.now))


async def close(request: Request) -> Response:
    """Close a card; the body is ``{"as": "stopped" | "missed" | "referred" | "unfounded"}``."""
    note = await _wished(request)
    if note not in CLOSINGS:
        return _json(Answered(outcome="refused", message=f"as is one of {', '.join(CLOSINGS)}"), status=400)
    return await _act(
        request, "close", lambda here, store, id: store.close(id, _who(here), note=note, at=here.now)
    )


async def rule(request: Request) -> Response:
    """Decide about a disputed finding; the body is ``{"as": "stands" | "unfounded"}``."""
    here = visit(request)
    ruling = await _wished(request)
    if ruling not in tuple(Ruling):
        return _json(Answered(outcome="refused", message=f"as is one of {', '.join(Ruling)}"), status=400)
    if here.officer is None:
        return _json(Answered(outcome="unnamed", message=here.say("first_identity")), status=401)
    finding = FindingId(request.path_params["id"])
    act = await run_in_threadpool(_rule, here, finding, Ruling(ruling))
    return _answer(here, act, "rule")


def _rule(here: Visit, finding: FindingId, ruling: Ruling) -> Act:
    with here.console.store.writing() as connection:
        return RulingStore(connection).rule(finding, ruling, _who(here), at=here.now)


async def _wished(request: Request) -> str:
    try:
        wish = msgspec.json.decode(await request.body(), type=dict[str, str])
    except msgspec.DecodeError:
        return ""
    return wish.get("as", "")


_Deed = Callable[[Visit, ClaimStore, AlertId], Act]


async def _act(request: Request, name: str, deed: _Deed) -> Response:
    here = visit(request)
    if here.officer is None:
        return _json(Answered(outcome="unnamed", message=here.say("first_identity")), status=401)
    act = await run_in_threadpool(_do, here, AlertId(request.path_params["id"]), deed)
    return _answer(here, act, name)


def _answer(here: Visit, act: Act, name: str) -> Response:
    here.console.measures.acts.labels(name, act.outcome).inc()
    return _json(
        Answered(outcome=act.outcome, by=act.by, message=_message(here, act, name)),
        status=200 if act.outcome is Outcome.DONE else 409,
    )


def _do(here: Visit, id: AlertId, deed: _Deed) -> Act:
    with here.console.store.writing() as connection:
        return deed(here, ClaimStore(connection), id)


def _message(here: Visit, act: Act, name: str) -> str:
    match act.outcome:
        case Outcome.DONE:
            return ""
        case Outcome.TAKEN:
            return here.say("taken", officer=act.by) if act.by else here.say("not_yours")
        case Outcome.NOT_OPEN:
            return here.say("not_open")


def _who(here: Visit) -> str:
    return here.officer.label if here.officer else ""


def _open(here: Visit, district: str | None, limit: int) -> list[Card]:
    with here.console.store.reading() as connection:
        return CardStore(connection).open_cards(here.now, district=district, limit=limit)


def _card(here: Visit, id: AlertId) -> Card | None:
    with here.console.store.reading() as connection:
        return CardStore(connection).card(id)


def _alert(card: Card) -> AlertListed:
    return AlertListed(
        id=card.id,
        change=card.change,
        vehicle=card.vehicle,
        driver_last4=card.last4,
        company=card.company,
        phase=card.phase,
        opened_at=to_rfc3339(card.opened_at),
        expected_arrival=to_rfc3339(card.expected_arrival) if card.expected_arrival else None,
        destination=card.destination_text,
        district=card.district,
        claimed_by=card.claimed_by,
        claimed_at=to_rfc3339(card.claimed_at) if card.claimed_at else None,
        closed_at=to_rfc3339(card.closed_at) if card.closed_at else None,
        closed_because=card.closed_because,
        findings=tuple(msgspec.Raw(msgspec.json.encode(finding.event)) for finding in card.findings),
    )


def _json(content: object, *, status: int = 200) -> Response:
    return Response(msgspec.json.encode(content), status, media_type="application/json")
