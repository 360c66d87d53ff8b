"""/metrics and /health of a process, answered by its own event loop."""

from collections.abc import Callable
from typing import Protocol

import msgspec
from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

HOST = "127.0.0.1"


class Condition(Protocol):
    """How a process is."""

    @property
    def ok(self) -> bool:
        """Whether it does its work."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is wrong, in words."""


class Telemetry:
    """A small HTTP server, on the loopback interface unless told otherwise.

    `/metrics` is what Prometheus scrapes. `/health` is 200 when the process does its work, else 503;
    either way with JSON: `{"ok": false, "reasons": ["…"]}`.
    """

    def __init__(self, registry: CollectorRegistry, *, health: Callable[[], Condition]) -> None:
        """Show the metrics of `registry` and what `health` says at that moment."""
        self._registry = registry
        self._health = health
        self._runner: web.AppRunner | None = None

    async def open(self, port: int, *, host: str = HOST) -> None:
        """Listen; raises OSError if the port is taken."""
        app = web.Application()
        app.router.add_get("/metrics", self._metrics)
        app.router.add_get("/health", self._answer_health)
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()

    async def close(self) -> None:
        """Stop listening; nothing happens if it never began."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _metrics(self, request: web.Request) -> web.Response:
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(self._registry), headers={"Content-Type": content_type})

    async def _answer_health(self, request: web.Request) -> web.Response:
        health = self._health()
        body = msgspec.json.encode({"ok": health.ok, "reasons": health.reasons})
        return web.Response(body=body, status=200 if health.ok else 503, content_type="application/json")
