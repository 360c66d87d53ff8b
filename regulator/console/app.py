"""The officers' console as one ASGI application. Nothing happens at import."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Set
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from regulator.clock import Clock
from regulator.config.areas import Areas
from regulator.console import api, explaining, notices, pages
from regulator.console.context import Console, visit
from regulator.console.freshness import stale
from regulator.console.guard import Guard
from regulator.console.health import Health
from regulator.console.licence_api.routing import BELOW, licence_routes
from regulator.console.licence_api.service import LicenceService
from regulator.console.live import live
from regulator.console.measures import Measures
from regulator.console.outlines import draw_areas
from regulator.console.poller import Poller
from regulator.console.quality.page import quality_page, quality_sheet
from regulator.console.reconciling import reconciliation_page
from regulator.console.showing import Surroundings
from regulator.domain.errors import Unavailable
from regulator.domain.limits import Limits
from regulator.domain.register import Sources
from regulator.store import Store
from regulator.store.explaining import Office

_STATIC = Path(__file__).parent / "static"


def create_app(
    *,
    store: Store,
    areas: Areas,
    sources: Sources,
    companies: Mapping[str, str],
    clock: Clock,
    registry: CollectorRegistry,
    cookie_key: bytes,
    office: Office,
    licences: LicenceService,
    slugs: Mapping[str, str] = MappingProxyType({}),
    platforms: Mapping[str, str] = MappingProxyType({}),
    limits: Limits | None = None,
    other_dialects: Set[str] = frozenset(),
    names: Set[str] = frozenset(),
    demonstration: bool = False,
    health: Callable[[], Health] = Health,
) -> Starlette:
    """Return the console.

    ``areas``: the district polygons; ``companies``: names by ``CompanyId``; ``registry``: what
    ``/metrics`` answers with; ``cookie_key``: seals the officers' cookies; ``office``: what
    explains verdicts; ``licences``: answers the licence query API; ``slugs``: the platform of each
    company that can be sent notices; ``platforms``: their names by slug; ``limits``: say when a feed is
    silent or late;
    ``other_dialects``: platforms that do not write the ministry's interface; ``names``: by which
    the console may be asked for, beside its addresses; ``health``: how the rest of the process is.
    """
    measures = Measures(registry)
    around = Surroundings(companies=dict(companies), sheet=draw_areas(areas), defects=measures.defects)
    poller = Poller(store, around=around, sources=sources, clock=clock, measures=measures)
    app = Starlette(
        routes=_routes(),
        middleware=[
            Middleware(Guard, names=names, programs=BELOW),
            Middleware(GZipMiddleware, minimum_size=1024, compresslevel=4),
        ],
        exception_handlers={Unavailable: _unavailable},
        lifespan=_polling,
    )
    app.state.health = health
    app.state.licences = licences
    app.state.console = Console(
        store=store,
        around=around,
        sources=sources,
        clock=clock,
        cookie_key=cookie_key,
        demonstration=demonstration,
        measures=measures,
        poller=poller,
        office=office,
        limits=limits or Limits(),
        other_dialects=other_dialects,
        slugs=slugs,
        platforms=platforms,
    )
    return app


def _routes() -> list[Route | Mount]:
    alert = "/api/v1/alerts/{id:str}"
    return [
        Route("/", pages.board),
        Route("/lists", pages.lists),
        Route("/cards/{id:str}", pages.detail),
        Route("/plates", pages.plates),
        Route("/explain", explaining.explain_page),
        Route("/reconciliation", reconciliation_page),
        Route("/quality", quality_page),
        Route("/quality.xlsx", quality_sheet),
        Route("/notices", notices.notices_page),
        Route("/notices", notices.issue, methods=["POST"]),
        Route("/notices/{id:str}/lift", notices.lift, methods=["POST"]),
        Route("/identity", pages.introduce, methods=["POST"]),
        Route("/language", pages.speak, methods=["POST"]),
        Route("/api/live", live),
        Route("/api/v1/alerts", api.listed),
        Route(alert, api.one),
        Route(f"{alert}/claim", api.claim, methods=["POST"]),
        Route(f"{alert}/release", api.release, methods=["POST"]),
        Route(f"{alert}/close", api.close, methods=["POST"]),
        Route("/api/v1/findings/{id:str}/ruling", api.rule, methods=["POST"]),
        *licence_routes(),
        Route("/health", _health),
        Route("/metrics", _metrics),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]


@asynccontextmanager
async def _polling(app: Starlette) -> AsyncIterator[None]:
    poller = asyncio.create_task(app.state.console.poller.run())
    try:
        yield
    finally:
        poller.cancel()
        with suppress(asyncio.CancelledError):
            await poller


async def _health(request: Request) -> Response:
    """503 when a restart may help or the database is away; what is stale or waited for is named."""
    console = visit(request).console
    try:
        await run_in_threadpool(console.store.ping)
    except Unavailable as why:
        return JSONResponse({"ok": False, "reasons": [str(why)]}, 503)
    health: Health = request.app.state.health()
    ok = health.ok and console.poller.works
    said = {
        "ok": ok,
        "reasons": health.reasons,
        "stale": list(stale(console.poller.pulse)),
    }
    return JSONResponse(said, 200 if ok else 503)


async def _metrics(request: Request) -> Response:
    registry = visit(request).console.measures.registry
    return Response(await run_in_threadpool(generate_latest, registry), media_type=CONTENT_TYPE_LATEST)


async def _unavailable(request: Request, why: Exception) -> Response:
    return PlainTextResponse(f"数据库暂时无法读取，请稍后重试。\nThe database cannot be read: {why}\n", 503)
