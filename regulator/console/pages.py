"""The pages: the board, its fragments, the look-up, and what a visitor says of himself."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from regulator.console import identity, lookup
from regulator.console.api import CLOSINGS
from regulator.console.context import Visit, visit
from regulator.console.languages import COOKIE, chosen
from regulator.console.licences import present_answers
from regulator.console.notices import LASTING
from regulator.console.places_in_list import DESK, ROAD
from regulator.console.rendering import render
from regulator.console.shown import ListsShown
from regulator.domain.alerts import AlertId
from regulator.domain.findings import FindingId
from regulator.domain.rulings import Ruling
from regulator.joins.journeys import Phase
from regulator.store.cards import Card, CardStore
from regulator.store.disputes import Dispute, disputes_of
from regulator.store.register_view import RegisterView

_SHOWN = 400
_YEAR_SECONDS = 365 * 24 * 3600


class _File(msgspec.Struct, frozen=True):
    """An open card, its platforms' other words, and what the register says of both licences this moment."""

    card: Card
    disputes: Mapping[FindingId, Dispute]
    present: Sequence[str]


async def board(request: Request) -> Response:
    """The officers' board."""
    here = visit(request)
    district = request.query_params.get("district", "")
    return HTMLResponse(await run_in_threadpool(_board, here, district))


async def lists(request: Request) -> Response:
    """Both lists anew, for a page that was away for long or chose another district."""
    here = visit(request)
    district = request.query_params.get("district", "")
    shown, change = await run_in_threadpool(_lists, here, district)
    return HTMLResponse(render("lists.html", lists=shown, say=here.say), headers={"x-change": str(change)})


async def detail(request: Request) -> Response:
    """One card's file, as a fragment; 404 where it is no longer open."""
    here = visit(request)
    opened = await run_in_threadpool(_file, here, AlertId(request.path_params["id"]))
    if opened is None:
        return HTMLResponse("", 404)
    card, showing = opened.card, here.showing
    findings = [showing.finding(finding, opened.disputes.get(finding.id)) for finding in card.findings]
    can_notice = any(finding.company in here.console.slugs for finding in card.findings)
    values = {"card": showing.card(card), "findings": findings, "standing": card.standing}
    values |= {"present": opened.present}
    offered = {"can_notice": can_notice, "has_driver": bool(card.driver), "lasting": LASTING}
    offered |= {"closings": CLOSINGS, "rulings": tuple(Ruling)}
    page = render("detail.html", say=here.say, **offered, **values)
    return HTMLResponse(page)


async def plates(request: Request) -> Response:
    """Look one plate up; who asked is recorded before the answer is given."""
    here = visit(request)
    asked = request.query_params.get("plate", "").strip()[:32]
    found, wrong = await run_in_threadpool(lookup.answer, here, asked)
    answer = {"asked": asked, "found": found, "wrong": wrong, "rulings": ()}
    page = render("lookup.html", **here.frame() | answer)
    return HTMLResponse(page, 200 if not wrong else 400)


async def introduce(request: Request) -> Response:
    """Remember who the officer says he is, for a shift."""
    here = visit(request)
    form = await request.form()
    officer = identity.introduced(str(form.get("name", "")), str(form.get("badge", "")), at=here.now)
    if officer is None:
        return HTMLResponse(here.say("officer_wrong"), 400)
    answer = _back(str(form.get("back", "/")))
    answer.set_cookie(
        identity.COOKIE,
        identity.sealed(officer, here.console.cookie_key),
        max_age=identity.SHIFT // 1_000_000,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


async def speak(request: Request) -> Response:
    """Remember the language."""
    form = await request.form()
    answer = _back(str(form.get("back", "/")))
    language = chosen(str(form.get("language", "")))
    answer.set_cookie(COOKIE, language, max_age=_YEAR_SECONDS, httponly=True, samesite="strict")
    return answer


def _back(target: str) -> RedirectResponse:
    """Go back to a page of ours, and nowhere else."""
    parts = urlsplit(target)
    ours = not parts.scheme and not parts.netloc and target.startswith("/") and "\\" not in target
    return RedirectResponse(target if ours else "/", 303)


def _board(here: Visit, district: str) -> str:
    shown, change = _lists(here, district)
    return render("board.html", **here.frame(), lists=shown, change=change, district=district, only="")


def _lists(here: Visit, district: str) -> tuple[ListsShown, int]:
    with here.console.store.reading() as connection:
        store = CardStore(connection)
        change = store.newest_change()
        cards = store.open_cards(here.now, district=district or None, limit=_SHOWN)
        counts = store.count_open(district=district or None)
    showing = here.showing
    shown = sorted(showing.cards(cards), key=lambda card: card.order)
    ended = counts.get(Phase.ENDED, 0)
    road = [card for card in shown if card.list == ROAD]
    desk = [card for card in shown if card.list == DESK]
    total = sum(counts.values())
    if total == len(cards):
        return ListsShown(road=road, desk=desk, road_total=len(road), desk_total=len(desk)), change
    return ListsShown(road=road, desk=desk, road_total=total - ended, desk_total=ended), change


def _file(here: Visit, id: AlertId) -> _File | None:
    with here.console.store.reading() as connection:
        card = CardStore(connection).card(id)
        if card is None or card.closed_at is not None:
            return None
        register = RegisterView(connection, here.console.sources)
        return _File(
            card=card,
            disputes=disputes_of(connection, card.findings),
            present=present_answers(register, card, say=here.say, now=here.now),
        )
