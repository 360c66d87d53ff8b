"""The routes of the licence query API, its document and its page."""

from collections.abc import Sequence
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from regulator.console.context import visit
from regulator.console.licence_api.openapi import document
from regulator.console.licence_api.operations import BELOW, OPERATIONS
from regulator.console.licence_api.problems import PAGE, Problem, ProblemKind
from regulator.console.licence_api.reference import reference
from regulator.console.licence_api.words import Words, preferred
from regulator.console.rendering import render

__all__ = ["BELOW", "licence_routes"]

DOCUMENT = "/api/v1/openapi.json"


def licence_routes() -> Sequence[Route]:
    """Return the routes; the last takes whatever else is asked below the API's address."""
    elsewhere = Route(f"{BELOW}{{rest:path}}", _nowhere, methods=_METHODS)
    return [*_ASKED, Route(DOCUMENT, _document), Route(PAGE, _page), elsewhere]


_ASKED = [Route(one.path, one.endpoint, methods=[one.method]) for one in OPERATIONS]
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


async def _document(request: Request) -> Response:
    """Give the OpenAPI document; who has it already is told so."""
    body = document()
    headers = {"etag": f'"{sha256(body).hexdigest()[:16]}"', "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


async def _page(request: Request) -> Response:
    """Show the same to a reader."""
    here = visit(request)
    shown = reference(here.language)
    return HTMLResponse(
        render("licence_api.html", say=here.say, reference=shown, document=DOCUMENT, page=PAGE)
    )


async def _nowhere(request: Request) -> Response:
    """Answer for addresses and methods that are not there."""
    path = request.url.path
    allowed = sorted({method for one in _ASKED if one.path_regex.match(path) for method in one.methods or ()})
    if not allowed:
        kind, said = ProblemKind.NOT_FOUND, Words(f"接口见 {PAGE}", f"What there is: {PAGE}")
    else:
        kind = ProblemKind.METHOD_NOT_ALLOWED
        said = Words(f"此地址用 {'、'.join(allowed)}", f"This address takes {', '.join(allowed)}")
    answer = Problem(kind, said).answer(preferred(request.headers))
    if allowed:
        answer.headers["allow"] = ", ".join(allowed)
    return answer
