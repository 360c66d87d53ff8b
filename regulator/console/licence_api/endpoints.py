"""The addresses of the licence query API, from request to response."""

import logging
from collections.abc import Awaitable, Callable
from functools import wraps

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from regulator.console.licence_api.access import PUBLIC, Asker, asker_of, charge
from regulator.console.licence_api.answers import answer_many, answer_one
from regulator.console.licence_api.problems import Problem, ProblemKind
from regulator.console.licence_api.questions import Asked, many, one, said
from regulator.console.licence_api.service import LicenceService, service_of
from regulator.console.licence_api.shapes import ManyAnswered, Query
from regulator.console.licence_api.words import Words, preferred
from regulator.domain.errors import Unavailable
from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind

Endpoint = Callable[[Request], Awaitable[Response]]
_Handler = Callable[[Request, LicenceService, Instant], Awaitable[tuple[str, object]]]
_log = logging.getLogger(__name__)


def _served(handler: _Handler) -> Endpoint:
    """Return the endpoint of a handler, which gives the asker's role and the answer or raises Problem."""

    @wraps(handler)
    async def serve(request: Request) -> Response:
        service = service_of(request)
        with service.measures.seconds.time():
            try:
                role, answer = await handler(request, service, service.clock())
            except Exception as why:
                problem = _problem(why)
                given = "key" if "authorization" in request.headers else PUBLIC
                service.measures.requests.labels(given, problem.kind.code).inc()
                return problem.answer(preferred(request.headers))
        service.measures.requests.labels(role, "answered").inc()
        return Response(msgspec.json.encode(answer), media_type="application/json")

    return serve


def _problem(why: Exception) -> Problem:
    if isinstance(why, Problem):
        return why
    if isinstance(why, Unavailable):
        return Problem(ProblemKind.UNAVAILABLE, Words("请稍后重试", "Try again in a moment"))
    _log.error("a licence look-up failed by our own mistake", exc_info=why)
    return Problem(ProblemKind.DEFECT, Words("已记录，请告知主管部门", "It is on record; tell the authority"))


@_served
async def vehicle(request: Request, service: LicenceService, now: Instant) -> tuple[str, object]:
    """Answer for one plate: the only address that the public may ask."""
    asker = await asker_of(request, service, now=now)
    if asker.key is None and "known_by" in request.query_params:
        raise _key_needed(Words("known_by", "known_by"))
    return await _one(request, service, asker, LicenceKind.VEHICLE_PERMIT, request.path_params["plate"], now)


@_served
async def driver(request: Request, service: LicenceService, now: Instant) -> tuple[str, object]:
    """Answer for one driver by pseudonym; whoever puts a number into an address is told not to."""
    asker = await _holder(request, service, now)
    asked = request.path_params["driver"]
    return await _one(request, service, asker, LicenceKind.DRIVER_CERTIFICATE, asked, now)


@_served
async def platform(request: Request, service: LicenceService, now: Instant) -> tuple[str, object]:
    """Answer for one company."""
    asker = await _holder(request, service, now)
    return await _one(
        request, service, asker, LicenceKind.PLATFORM_PERMIT, request.path_params["company"], now
    )


@_served
async def query(request: Request, service: LicenceService, now: Instant) -> tuple[str, object]:
    """Answer for as many as ten thousand."""
    asker = await _holder(request, service, now)
    body = await said(request)
    charge(asker, request, service, subjects=len(body.subjects), now=now)
    async with service.one_at_a_time:
        return asker.role, await run_in_threadpool(_many, service, asker, body, now)


def _many(service: LicenceService, asker: Asker, body: Query, now: Instant) -> ManyAnswered:
    return answer_many(service, asker, many(body, service, now=now), now=now)


async def _one(
    request: Request, service: LicenceService, asker: Asker, kind: LicenceKind, name: str, now: Instant
) -> tuple[str, object]:
    asked = _checked(one(kind, name, request.query_params, now=now))
    charge(asker, request, service, subjects=1, now=now)
    return asker.role, await run_in_threadpool(answer_one, service, asker, asked, now=now)


def _checked(asked: Asked) -> Asked:
    """An address that names nobody is a mistake of its writer; among many it is an answer."""
    question = asked.questions[0]
    if question.identifiable:
        return asked
    match question.kind:
        case LicenceKind.VEHICLE_PERMIT:
            words, pointer = Words("这不是一个号牌", "This is not a plate"), "plate"
        case LicenceKind.DRIVER_CERTIFICATE:
            words, pointer = _NO_NUMBERS, "driver"
        case LicenceKind.PLATFORM_PERMIT:
            words, pointer = Words("CompanyId 为空", "The CompanyId is blank"), "company"
    raise Problem(ProblemKind.INVALID_REQUEST, words, pointer=pointer)


_NO_NUMBERS = Words(
    "地址里只用假名（32 位十六进制）。地址会留在日志里，机动车驾驶证号不可写进去；"
    "请用 POST /api/v1/licences/query",
    "An address takes a pseudonym (32 hexadecimal digits). A driving-licence number never belongs into an "
    "address, which stays in logs: ask by POST /api/v1/licences/query",
)


async def _holder(request: Request, service: LicenceService, now: Instant) -> Asker:
    asker = await asker_of(request, service, now=now)
    if asker.key is None:
        raise _key_needed(Words("此查询", "This question"))
    return asker


def _key_needed(what: Words) -> Problem:
    return Problem(
        ProblemKind.KEY_NEEDED,
        Words(
            f"{what.zh} 需要密钥：Authorization: Bearer <密钥>。"
            "公众可用 GET /api/v1/licences/vehicles/<号牌>",
            f"{what.en} needs a key: Authorization: Bearer <key>. "
            "The public may ask GET /api/v1/licences/vehicles/<plate>",
        ),
    )
