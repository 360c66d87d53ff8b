"""What goes wrong, as RFC 9457 asks: what, where, and what to do about it."""

import math
from enum import Enum
from typing import NamedTuple

import msgspec
from starlette.responses import Response

from regulator.console.languages import Language
from regulator.console.licence_api.words import Words

PAGE = "/api/v1/docs"
MEDIA_TYPE = "application/problem+json"


class _Kind(NamedTuple):
    status: int
    title: Words


class ProblemKind(_Kind, Enum):
    """Every problem that the API has."""

    INVALID_REQUEST = 400, Words("请求有误", "The request is not understood")
    KEY_NEEDED = 401, Words("需要密钥", "An API key is needed")
    KEY_NOT_VALID = 401, Words("密钥无效", "The API key is not valid")
    NOT_FOUND = 404, Words("没有此地址", "There is no such address")
    METHOD_NOT_ALLOWED = 405, Words("方法不对", "The address has another method")
    TOO_LARGE = 413, Words("请求过大", "The request is too large")
    TOO_MANY_REQUESTS = 429, Words("查询过于频繁", "Too many look-ups")
    DEFECT = 500, Words("系统内部出错", "Our own mistake")
    UNAVAILABLE = 503, Words("登记库暂时无法读取", "The register cannot be read")

    @property
    def code(self) -> str:
        """The problem's name in its address, and on the page that explains it."""
        return self.name.lower().replace("_", "-")


class ProblemDetails(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the answer's body says. ``pointer``: where in the request (RFC 6901, or a parameter's name)."""

    type: str
    title: str
    status: int
    detail: str
    pointer: str | None = None


class Problem(Exception):
    """Ends a request with an answer that helps. ``wait``: microseconds until another try has a chance."""

    def __init__(
        self, kind: ProblemKind, detail: Words, *, pointer: str | None = None, wait: float = 0
    ) -> None:
        super().__init__(detail.en)
        self.kind = kind
        self.detail = detail
        self.pointer = pointer
        self.wait = wait

    def answer(self, language: Language) -> Response:
        """Return the problem as a response in the reader's language."""
        kind = self.kind
        details = ProblemDetails(
            type=f"{PAGE}#{kind.code}",
            title=kind.title.in_language(language),
            status=kind.status,
            detail=self.detail.in_language(language),
            pointer=self.pointer,
        )
        headers = {"content-language": language, "vary": "accept-language"} | self._headers()
        return Response(msgspec.json.encode(details), kind.status, headers, MEDIA_TYPE)

    def _headers(self) -> dict[str, str]:
        match self.kind:
            case ProblemKind.KEY_NEEDED:
                return {"www-authenticate": "Bearer"}
            case ProblemKind.KEY_NOT_VALID:
                return {"www-authenticate": 'Bearer error="invalid_token"'}
            case ProblemKind.TOO_MANY_REQUESTS:
                return {"retry-after": str(max(1, math.ceil(self.wait / 1_000_000)))}
            case ProblemKind.UNAVAILABLE:
                return {"retry-after": "5"}
            case _:
                return {}
