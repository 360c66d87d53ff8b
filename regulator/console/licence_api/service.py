"""The parts of the licence query API in one running console."""

from asyncio import Semaphore
from collections.abc import Mapping, Set
from typing import cast

from prometheus_client import CollectorRegistry
from starlette.requests import Request

from regulator.clock import Clock
from regulator.config.lookups import LookupLimits, Rate
from regulator.console.licence_api.buckets import Buckets
from regulator.console.licence_api.measures import LookupMeasures
from regulator.domain.drivers import FILLERS
from regulator.domain.instants import DAY
from regulator.domain.orders import CompanyId
from regulator.domain.register import Sources
from regulator.store import Store

_WRONG_KEYS = Rate(a_minute=10, at_once=10)


class LicenceService:
    """What every question needs.

    ``platforms``: the companies that each platform's keys speak for; ``pseudonym_key``: turns a
    driving-licence number into what the register knows the driver by.
    """

    def __init__(
        self,
        *,
        store: Store,
        sources: Sources,
        platforms: Mapping[str, Set[CompanyId]],
        pseudonym_key: bytes,
        fillers: Set[str] = FILLERS,
        limits: LookupLimits,
        clock: Clock,
        registry: CollectorRegistry,
    ) -> None:
        self.store = store
        self.sources = sources
        self.platforms = platforms
        self.pseudonym_key = pseudonym_key
        self.fillers = fillers
        self.clock = clock
        self.measures = LookupMeasures(registry)
        self.fleet_reach = limits.fleet_days * DAY
        self.by_address = Buckets(limits.public.address)
        self.together = Buckets(limits.public.together)
        self.by_key = Buckets(limits.key.rate)
        self.wrong_keys = Buckets(_WRONG_KEYS)
        self.one_at_a_time = Semaphore(1)
        """Many subjects keep a core busy: who asks about them waits for others who do, officers do not."""


def service_of(request: Request) -> LicenceService:
    """Return the service of the application that was asked."""
    return cast(LicenceService, request.app.state.licences)
