"""``/notices``: telling a platform to stop dispatching a car or a driver, and what it answered."""

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from regulator.console.context import Visit, visit
from regulator.console.rendering import render
from regulator.console.times import clock_time
from regulator.domain.alerts import AlertId
from regulator.domain.drivers import NO_DRIVER
from regulator.domain.instants import DAY, Instant
from regulator.domain.notices import AnswerKind, Notice, NoticeId
from regulator.domain.orders import CompanyId
from regulator.domain.plates import NOBODY
from regulator.store.cards import Card, CardFinding, CardStore
from regulator.store.notices import NoticeStore, Wish

VEHICLE, DRIVER = "vehicle", "driver"
LASTING = (1, 3, 7, 30, 0)
"""Days for which a notice may be issued; 0: until it is lifted."""

_SHOWN = 200


class NoticeShown(msgspec.Struct, frozen=True, kw_only=True):
    """A notice as the page shows it."""

    id: str
    company: str
    whom: str
    why: str
    issued: str
    issued_by: str
    until: str
    state: str
    mark: str
    stands: bool


async def notices_page(request: Request) -> Response:
    """Show the last notices, the newest first."""
    here = visit(request)
    return HTMLResponse(await run_in_threadpool(_page, here))


async def issue(request: Request) -> Response:
    """Tell every company whose findings stand on a card to stop dispatching its car or its driver."""
    here = visit(request)
    form = await request.form()
    days = str(form.get("days", ""))
    whom = str(form.get("whom", ""))
    if here.officer is None:
        return HTMLResponse(here.say("first_identity"), 401)
    if whom not in (VEHICLE, DRIVER) or days not in map(str, LASTING):
        return HTMLResponse(here.say("notice_wrong"), 400)
    issued = await run_in_threadpool(_issue, here, AlertId(str(form.get("alert", ""))), whom, int(days))
    return RedirectResponse("/notices", 303) if issued else HTMLResponse(here.say("notice_nothing"), 409)


async def lift(request: Request) -> Response:
    """Let a company dispatch somebody again."""
    here = visit(request)
    if here.officer is None:
        return HTMLResponse(here.say("first_identity"), 401)
    lifted = await run_in_threadpool(_lift, here, NoticeId(request.path_params["id"]))
    return RedirectResponse("/notices", 303) if lifted else HTMLResponse(here.say("notice_gone"), 409)


def _issue(here: Visit, id: AlertId, whom: str, days: int) -> list[Notice]:
    officer = here.officer.label if here.officer else ""
    until = Instant(here.now + days * DAY) if days else None
    with here.console.store.writing() as connection:
        card = CardStore(connection).card(id)
        wishes = _wishes(here, card, whom, until) if card is not None else []
        return [NoticeStore(connection).issue(wish, officer, at=here.now) for wish in wishes]


def _wishes(here: Visit, card: Card, whom: str, until: Instant | None) -> list[Wish]:
    """One a company; nobody can be told to stop somebody who is not identified."""
    vehicle = card.vehicle if whom == VEHICLE else NOBODY
    driver = card.driver if whom == DRIVER else NO_DRIVER
    if not vehicle and not driver:
        return []
    by_company: dict[CompanyId, list[CardFinding]] = {}
    for finding in card.findings:
        if finding.standing and finding.company in here.console.slugs:
            by_company.setdefault(finding.company, []).append(finding)
    return [
        Wish(
            platform=here.console.slugs[company],
            company=company,
            vehicle=vehicle,
            driver=driver,
            last4=card.last4 if driver else "",
            rule=found[0].rule,
            reason=found[0].reason or "",
            findings=tuple(finding.id for finding in found),
            until=until,
        )
        for company, found in by_company.items()
    ]


def _lift(here: Visit, id: NoticeId) -> Notice | None:
    officer = here.officer.label if here.officer else ""
    with here.console.store.writing() as connection:
        return NoticeStore(connection).lift(id, officer, at=here.now)


def _page(here: Visit) -> str:
    with here.console.store.reading() as connection:
        found = NoticeStore(connection).newest(_SHOWN)
    waiting = sum(notice.waits(here.now) for notice in found)
    shown = [_shown(here, notice) for notice in found]
    return render("notices.html", **here.frame(), notices=shown, waiting=waiting)


def _shown(here: Visit, notice: Notice) -> NoticeShown:
    say, now = here.say, here.now
    state, mark = _state(here, notice)
    return NoticeShown(
        id=notice.id,
        company=here.console.around.companies.get(notice.company, notice.company),
        whom=notice.vehicle or say("driver_last4", last4=notice.last4),
        why=f"{say.term('rule', notice.rule)} {say.term('reason', notice.reason) if notice.reason else ''}",
        issued=clock_time(notice.issued_at, now=now),
        issued_by=notice.issued_by,
        until=clock_time(notice.until, now=now) if notice.until is not None else say("notice_until_lifted"),
        state=state,
        mark=mark,
        stands=notice.stands(now),
    )


def _state(here: Visit, notice: Notice) -> tuple[str, str]:
    """Say how a notice stands, and whether that is good, bad or neither."""
    say, now = here.say, here.now
    if notice.lifted_at is not None:
        lifted = clock_time(notice.lifted_at, now=now)
        return say("notice_lifted", at=lifted, by=notice.lifted_by or ""), "none"
    if notice.answer is not None and notice.answered_at is not None:
        answered = clock_time(notice.answered_at, now=now)
        text = say(f"notice_{notice.answer}", at=answered)
        mark = "held" if notice.answer is AnswerKind.STOPPED else "open"
        return f"{text} {notice.answer_text or ''}".strip(), mark
    if not notice.stands(now):
        return say("notice_over"), "none"
    if now > notice.answer_by:
        return say("notice_overdue", at=clock_time(notice.answer_by, now=now)), "failed"
    return say("notice_waits", at=clock_time(notice.answer_by, now=now)), "open"
