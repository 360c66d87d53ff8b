"""Starts the console as it runs in the desk: uvicorn, in a thread, on a free port."""

from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager

import httpx
from prometheus_client import CollectorRegistry

from regulator.config.lookups import LookupLimits
from regulator.console.app import create_app
from regulator.console.licence_api.service import LicenceService
from regulator.console.server import ConsoleServer
from regulator.domain.instants import Instant, from_rfc3339
from regulator.domain.orders import CompanyId
from regulator.store import Store
from tests.console.places import AREAS, COMPANIES, OFFICE, SOURCES

PSEUDONYM_KEY = b"a-test"
PLATFORMS = {
    "qinghe": frozenset({CompanyId("3101YPZCYS01")}),
    "yunqiao": frozenset({CompanyId("3101YPZCYS02")}),
}
EVENING = from_rfc3339("2026-03-06T18:42:07+08:00")


class Clock:
    """A clock that stands where it is put."""

    def __init__(self, at: Instant = EVENING) -> None:
        self.at = at

    def __call__(self) -> Instant:
        return self.at


class Running:
    """A console that is serving."""

    def __init__(self, start: Callable[[int], ConsoleServer]) -> None:
        self._start = start
        self._server = start(0)
        self.address = self._server.address

    def cut(self) -> None:
        """End the process, as far as a browser can tell."""
        self._server.stop()

    def heal(self) -> None:
        """Serve again at the same address."""
        self._server = self._start(self._server.port)

    def visitor(self) -> httpx.Client:
        """Return somebody's client, a program's that means what it asks."""
        return httpx.Client(base_url=self.address, headers={"x-regulator-console": "1"}, trust_env=False)

    @contextmanager
    def officer(self, name: str, badge: str) -> Iterator[httpx.Client]:
        """Lend the client of an officer who said who he is."""
        with self.visitor() as client:
            client.post("/identity", data={"name": name, "badge": badge, "back": "/"})
            yield client


@contextmanager
def running_console(
    store: Store,
    clock: Callable[[], Instant],
    *,
    demonstration: bool = True,
    limits: LookupLimits | None = None,
    names: Set[str] = frozenset(),
    proxies: Sequence[str] = (),
) -> Iterator[Running]:
    """Serve a store for as long as the test wants."""

    def start(port: int) -> ConsoleServer:
        registry = CollectorRegistry()
        licences = LicenceService(
            store=store,
            sources=SOURCES,
            platforms=PLATFORMS,
            pseudonym_key=PSEUDONYM_KEY,
            limits=limits or LookupLimits(),
            clock=clock,
            registry=registry,
        )
        app = create_app(
            store=store,
            areas=AREAS,
            sources=SOURCES,
            companies=COMPANIES,
            clock=clock,
            registry=registry,
            cookie_key=b"a-test's-cookie-key",
            office=OFFICE,
            licences=licences,
            slugs={company: slug for slug, companies in PLATFORMS.items() for company in companies},
            names=names,
            demonstration=demonstration,
        )
        server = ConsoleServer(app, port=port, proxies=proxies)
        server.start()
        return server

    running = Running(start)
    try:
        yield running
    finally:
        running.cut()
