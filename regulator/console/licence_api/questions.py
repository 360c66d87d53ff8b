"""From a request to questions about subjects in their one spelling."""

import re
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import UNSET, UnsetType
from starlette.requests import ClientDisconnect, Request

from regulator.console.licence_api.problems import Problem, ProblemKind
from regulator.console.licence_api.service import LicenceService
from regulator.console.licence_api.shapes import Query, SubjectAsked
from regulator.console.licence_api.words import Words
from regulator.domain.drivers import driver_number, is_driver, pseudonym
from regulator.domain.instants import Instant, from_rfc3339
from regulator.domain.licences import LicenceKind, Subject
from regulator.domain.plates import is_plate, plate

MOST_BYTES = 2 * 1024 * 1024
"""Of a body: ten thousand subjects with everything that may be said of each have half of it."""

_LONGEST_INSTANT = 40
_query = msgspec.json.Decoder(Query)
_SPACE_FOR_PLUS = re.compile(r" (?=\d\d:\d\d$)")
_PSEUDONYM = re.compile(r"[0-9a-f]{32}")
_PLACE = re.compile(r" - at `\$(.*)`$")


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One subject at one instant. ``identifiable`` False: it names nobody, and nothing can be known."""

    kind: LicenceKind
    subject: Subject
    at: Instant
    identifiable: bool = True
    reference: str | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What one request asks. ``known_by``: answer from what was known then; None: from all that is known."""

    questions: Sequence[Question]
    known_by: Instant | None


def one(kind: LicenceKind, subject: str, parameters: Mapping[str, str], *, now: Instant) -> Asked:
    """Return the question of an address; raises Problem."""
    at = _instant(parameters.get("at"), "at")
    question = _question(kind, subject, at if at is not None else now)
    return Asked(questions=[question], known_by=_known_by(parameters.get("known_by"), "known_by", now=now))


async def said(request: Request) -> Query:
    """Return a body as it was sent, no subject of it spelt yet; raises Problem."""
    try:
        return _query.decode(await _body(request))
    except msgspec.DecodeError as why:
        raise _not_understood(str(why)) from why


def many(query: Query, service: LicenceService, *, now: Instant) -> Asked:
    """Return the questions of a body, a tenth of a second's work for ten thousand; raises Problem."""
    common = _instant(query.at, "/at")
    at = common if common is not None else now
    questions = [_of(asked, index, service, at) for index, asked in enumerate(query.subjects)]
    return Asked(questions=questions, known_by=_known_by(query.known_by, "/known_by", now=now))


def _of(asked: SubjectAsked, index: int, service: LicenceService, at: Instant) -> Question:
    place = f"/subjects/{index}"
    own = _instant(asked.at, f"{place}/at") if asked.at is not UNSET else None
    kind, subject = _named(asked, service, place)
    question = _question(kind, subject, own if own is not None else at)
    return msgspec.structs.replace(question, reference=asked.reference) if asked.reference else question


def _named(asked: SubjectAsked, service: LicenceService, place: str) -> tuple[LicenceKind, str]:
    named: list[tuple[LicenceKind, str | UnsetType]] = [
        (LicenceKind.VEHICLE_PERMIT, asked.vehicle),
        (LicenceKind.DRIVER_CERTIFICATE, asked.driver),
        (LicenceKind.DRIVER_CERTIFICATE, _pseudonym(asked.driving_licence_no, service)),
        (LicenceKind.PLATFORM_PERMIT, asked.company),
    ]
    given = [(kind, name) for kind, name in named if not isinstance(name, UnsetType)]
    if len(given) != 1:
        raise Problem(
            ProblemKind.INVALID_REQUEST,
            Words(
                "请给出 vehicle、driver、driving_licence_no、company 之一",
                "Name exactly one of vehicle, driver, driving_licence_no, company",
            ),
            pointer=place,
        )
    return given[0]


def _pseudonym(number: str | UnsetType, service: LicenceService) -> str | UnsetType:
    if isinstance(number, UnsetType):
        return UNSET
    spelt = driver_number(number)
    return pseudonym(spelt, service.pseudonym_key) if is_driver(spelt, service.fillers) else ""


def _question(kind: LicenceKind, name: str, at: Instant) -> Question:
    match kind:
        case LicenceKind.VEHICLE_PERMIT:
            spelt = plate(name)
            return Question(kind=kind, subject=Subject(spelt), at=at, identifiable=is_plate(spelt))
        case LicenceKind.DRIVER_CERTIFICATE:
            known = _PSEUDONYM.fullmatch(name) is not None
            return Question(kind=kind, subject=Subject(name if known else ""), at=at, identifiable=known)
        case LicenceKind.PLATFORM_PERMIT:
            company = name.strip()
            return Question(kind=kind, subject=Subject(company), at=at, identifiable=bool(company))


def _known_by(text: str | None, place: str, *, now: Instant) -> Instant | None:
    known_by = _instant(text, place)
    if known_by is not None and known_by > now:
        raise Problem(
            ProblemKind.INVALID_REQUEST,
            Words(
                "known_by 在将来：那时所知尚无人知道",
                "known_by is yet to come: nobody knows what will be known",
            ),
            pointer=place,
        )
    return known_by


def _instant(text: str | None, place: str) -> Instant | None:
    """Read an instant. A plus that nobody escaped in an address arrives as a space, and is meant as one."""
    if text is None:
        return None
    try:
        return from_rfc3339(_SPACE_FOR_PLUS.sub("+", text[: _LONGEST_INSTANT + 1]))
    except (ValueError, OverflowError) as why:
        raise Problem(
            ProblemKind.INVALID_REQUEST,
            Words(
                "时刻须为带时区的 RFC 3339，例如 2026-03-02T08:15:30+08:00",
                "An instant is RFC 3339 with offset, such as 2026-03-02T08:15:30+08:00",
            ),
            pointer=place,
        ) from why


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                raise Problem(
                    ProblemKind.TOO_LARGE,
                    Words("正文最多 2 MiB，请分批", "A body has 2 MiB at most: ask in parts"),
                )
    except ClientDisconnect as why:
        raise _not_understood("the body broke off") from why
    return bytes(body)


def _not_understood(message: str) -> Problem:
    """Say where: msgspec names the place as a path, RFC 6901 as a pointer."""
    place = _PLACE.search(message)
    said = message[: place.start()] if place else message
    pointer = re.sub(r"\.|\[(\d+)\]", lambda step: f"/{step[1] or ''}", place[1]) if place else None
    return Problem(
        ProblemKind.INVALID_REQUEST, Words(f"正文有误：{said}", f"The body: {said}"), pointer=pointer
    )
