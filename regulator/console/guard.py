"""What every answer carries and what no request may do: headers, nothing from other sites, nothing huge."""

from collections.abc import Set
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from regulator.console.hosts import is_ours

OWN_HEADER = "x-regulator-console"
"""With it a program that is no browser shows that it means the change: other sites cannot send it."""

_MOST_BYTES = 64 * 1024
"""Of a request's body: forms of two short fields."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_NOT_OURS = (
    "本系统没有这个域名。The console is not known by this name: "
    "whoever runs it adds the name to REGULATOR_CONSOLE_NAMES.\n"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(), camera=(), microphone=()",
}


class Guard:
    """ASGI middleware: refuses what other sites ask for, names not ours, and bodies too large to be ours.

    ``names``: under which the console is known beside its addresses; ``programs``: the addresses below
    which programs are answered that no cookie lets in, and that bound their bodies themselves.
    """

    def __init__(self, app: ASGIApp, *, names: Set[str] = frozenset(), programs: str) -> None:
        self.app = app
        self._names = names
        self._programs = programs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 403, 413 or 421."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-cache" if _is_static(scope) else "no-store")
            await send(message)

        headers = Headers(scope=scope)
        if not is_ours(headers.get("host", ""), self._names):
            await PlainTextResponse(_NOT_OURS, 421)(scope, receive, send_guarded)
            return
        if scope["path"].startswith(self._programs):
            await self.app(scope, receive, send_guarded)
            return
        if scope["method"] not in _SAFE and not comes_from_here(headers):
            refusal = PlainTextResponse("This request came from another site and was refused.\n", 403)
            await refusal(scope, receive, send_guarded)
            return
        body = await _body(receive)
        if body is None:
            await PlainTextResponse("The request is too large.\n", 413)(scope, receive, send_guarded)
            return
        await self.app(scope, _given(body, receive), send_guarded)


async def _body(receive: Receive) -> bytes | None:
    """Read a whole body; None if it is too large, or breaks off."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > _MOST_BYTES or message["type"] == "http.disconnect":
            return None
    return body


def _given(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read already, and then what comes after it."""
    given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_given() -> Message:
        return given.pop() if given else await receive()

    return receive_given


def _is_static(scope: Scope) -> bool:
    """Styles and scripts may be kept, and are asked for anew only if they changed."""
    return str(scope["path"]).startswith("/static/")


def comes_from_here(headers: Headers) -> bool:
    """Tell whether a request was sent by our own page, or by a program rather than another site's page."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == headers.get("host")
    return OWN_HEADER in headers
