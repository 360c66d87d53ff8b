"""Who asks: a platform or an authority by its key, or the public; and whether it is too often."""

from collections.abc import Set
from ipaddress import IPv6Address, ip_address, ip_network

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from regulator.console.licence_api.problems import Problem, ProblemKind
from regulator.console.licence_api.service import LicenceService
from regulator.console.licence_api.words import Words
from regulator.domain.instants import Instant, to_rfc3339
from regulator.domain.orders import CompanyId
from regulator.store.api_keys import ApiKey, ApiKeyStore, Role

PUBLIC = "public"
_LONGEST_TOKEN = 200
_MINUTES_WORDS = Words(
    "请按 Retry-After 所示秒数后再试；需要更多查询请向主管部门申请密钥",
    "Try again after as many seconds as Retry-After says; who needs more asks the authority for a key",
)


class Asker(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks. ``who``: recorded in the audit; ``fleet_of``: companies whose own fleet it may ask about.

    ``fleet_of`` is None for whom everybody's licences are open.
    """

    who: str
    key: ApiKey | None
    fleet_of: Set[CompanyId] | None

    @property
    def role(self) -> str:
        """``public``, ``platform`` or ``authority``."""
        return self.key.role if self.key else PUBLIC


async def asker_of(request: Request, service: LicenceService, *, now: Instant) -> Asker:
    """Return who asks. A key that does not count raises Problem: its holder is not taken for the public."""
    address = request.client.host if request.client else ""
    given = request.headers.get("authorization")
    if given is None:
        return Asker(who=f"{PUBLIC} {address}", key=None, fleet_of=None)
    wait = service.wrong_keys.wait(_network(address), at=now)
    if wait > 0:
        raise Problem(ProblemKind.TOO_MANY_REQUESTS, _MINUTES_WORDS, wait=wait)
    try:
        key = await _key(given, service, now=now)
    except Problem:
        service.wrong_keys.take(_network(address), at=now)
        raise
    fleet = None if key.role is Role.AUTHORITY else service.platforms.get(key.platform or "", frozenset())
    return Asker(who=key.label, key=key, fleet_of=fleet)


def charge(asker: Asker, request: Request, service: LicenceService, *, subjects: int, now: Instant) -> None:
    """Count a question against its asker's limits; raises Problem if it is too much."""
    if asker.key is not None:
        wait = service.by_key.take(asker.key.id, at=now, cost=subjects)
    else:
        address = _network(request.client.host if request.client else "")
        wait = service.by_address.take(address, at=now) or service.together.take("", at=now)
    if wait > 0:
        raise Problem(ProblemKind.TOO_MANY_REQUESTS, _MINUTES_WORDS, wait=wait)


async def _key(given: str, service: LicenceService, *, now: Instant) -> ApiKey:
    scheme, _, token = given.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > _LONGEST_TOKEN:
        raise _refused(
            "请以 Authorization: Bearer <密钥> 提供密钥", "Give the key as Authorization: Bearer <key>"
        )
    key = await run_in_threadpool(_recognise, service, token)
    if key is None:
        raise _refused(
            "没有这个密钥，请核对是否完整", "There is no such key: see whether it was copied whole"
        )
    if key.revoked_at is not None:
        raise _refused(
            "密钥已吊销，请向主管部门申请新的", "The key was revoked: ask the authority for a new one"
        )
    if key.expires_at is not None and key.expired(now):
        until = to_rfc3339(key.expires_at)
        raise _refused(
            f"密钥已于 {until} 到期，请申请新的", f"The key ended at {until}: ask the authority for a new one"
        )
    return key


def _recognise(service: LicenceService, token: str) -> ApiKey | None:
    with service.store.reading() as connection:
        return ApiKeyStore(connection).recognise(token)


def _refused(zh: str, en: str) -> Problem:
    return Problem(ProblemKind.KEY_NOT_VALID, Words(zh, en))


def _network(address: str) -> str:
    """One household has one bucket: of an IPv6 address its first 64 bits count."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, 64), strict=False))
