"""The page that says why there is an alert, or none. Each question is recorded with its asker."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from regulator.console.context import Visit, visit
from regulator.console.outline import Outline
from regulator.console.rendering import render
from regulator.console.telling import told
from regulator.domain.errors import RegulatorError
from regulator.domain.instants import Instant, from_rfc3339
from regulator.explaining.explained import Unknown
from regulator.store.explaining import Ambiguous, Question, explain

_LONGEST = 128
_FIELDS = ("q", "company", "at", "known_by")


class _BadTime(RegulatorError):
    """A time that is none: say so to who asked."""


async def explain_page(request: Request) -> Response:
    """Explain an order, a login or a car; who asked is recorded before the answer is given."""
    here = visit(request)
    asked = {name: request.query_params.get(name, "").strip()[:_LONGEST] for name in _FIELDS}
    outline, status, wrong = await run_in_threadpool(_answer, here, asked)
    values = here.frame() | {"question": asked, "outline": outline, "wrong": wrong}
    return HTMLResponse(render("explain.html", **values), status)


def _answer(here: Visit, asked: dict[str, str]) -> tuple[Outline | None, int, str]:
    """Return the account and the answer's status, or why there is none."""
    if not asked["q"]:
        return None, 200, ""
    if here.officer is None:
        return None, 400, here.say("first_identity")
    console = here.console
    try:
        question = Question(
            asked=asked["q"],
            company=asked["company"],
            at=_instant(here, asked["at"]),
            known_by=_instant(here, asked["known_by"]),
        )
        explained = explain(console.store, question, console.office, who=here.officer.label, now=here.now)
    except (_BadTime, Ambiguous) as why:
        return None, 400, str(why)
    return told(explained, here.language), 404 if isinstance(explained, Unknown) else 200, ""


def _instant(here: Visit, text: str) -> Instant | None:
    if not text:
        return None
    try:
        return from_rfc3339(text.replace(" ", "+"))  # a plus in an address is a space
    except ValueError as why:
        raise _BadTime(here.say("explain_bad_time", text=text)) from why
