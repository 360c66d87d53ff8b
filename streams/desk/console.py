"""The console as the desk serves it: the pages, the licence API, and what is measured of the database."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry

from regulator.clock import now
from regulator.config import Config
from regulator.config.areas import load_areas
from regulator.console.app import create_app
from regulator.console.health import Health
from regulator.console.licence_api.service import LicenceService
from regulator.console.server import ConsoleServer
from regulator.domain.feed import Dialect
from regulator.domain.orders import CompanyId
from regulator.secrets import Secrets
from regulator.settings import Settings
from regulator.store import Store
from regulator.store.explaining import office_of
from streams.desk.archive_metrics import ArchiveCollector
from streams.desk.feed_metrics import FeedCollector
from streams.desk.metrics import StoreCollector
from streams.desk.reconciliation_metrics import ReconciliationCollector


def console_of(
    settings: Settings,
    config: Config,
    secrets: Secrets,
    *,
    store: Store,
    registry: CollectorRegistry,
    health: Callable[[], Health],
) -> ConsoleServer:
    """Return the server, not started; ``/metrics`` shows the registry, to which the database's are added."""
    registry.register(StoreCollector(store, config.sources, now))
    registry.register(ArchiveCollector(store))
    registry.register(ReconciliationCollector(store, now))
    registry.register(FeedCollector(store, config, now))
    app = create_app(
        store=store,
        areas=load_areas(config.areas),
        sources=config.sources,
        companies=_companies(config),
        clock=now,
        registry=registry,
        cookie_key=secrets.cookie_key,
        office=office_of(config, secrets),
        licences=_licences(config, secrets, store=store, registry=registry),
        slugs=_slugs(config),
        platforms={slug: platform.name for slug, platform in config.platforms.items()},
        limits=config.limits,
        other_dialects={
            slug for slug, platform in config.platforms.items() if platform.dialect != Dialect.MINISTRY
        },
        names=settings.console_names,
        demonstration=settings.demonstration,
        health=health,
    )
    return ConsoleServer(
        app, host=settings.console_host, port=settings.console_port, proxies=settings.console_proxies
    )


def _licences(
    config: Config, secrets: Secrets, *, store: Store, registry: CollectorRegistry
) -> LicenceService:
    return LicenceService(
        store=store,
        sources=config.sources,
        platforms={
            slug: frozenset(map(CompanyId, platform.companies)) for slug, platform in config.platforms.items()
        },
        pseudonym_key=secrets.pseudonym_key,
        fillers=config.driver_fillers,
        limits=config.lookups,
        clock=now,
        registry=registry,
    )


def _companies(config: Config) -> dict[str, str]:
    """Return what officers read for a company: its platform's name, and of several which."""
    return {
        company: platform.name if len(platform.companies) == 1 else f"{platform.name} {company[-4:]}"
        for platform in config.platforms.values()
        if not platform.sandbox
        for company in platform.companies
    }


def _slugs(config: Config) -> dict[str, str]:
    """Return who can be told something about a company: of two that speak for it, the more particular."""
    platforms = sorted(config.platforms.items(), key=lambda item: -len(item[1].companies))
    return {
        company: slug
        for slug, platform in platforms
        if not platform.sandbox
        for company in platform.companies
    }
