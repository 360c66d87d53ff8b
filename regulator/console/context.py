"""What every route needs, kept on the application, and what it reads from a request."""

from collections.abc import Mapping, Set
from typing import cast

import msgspec
from starlette.requests import Request

from regulator.clock import Clock
from regulator.console import identity
from regulator.console.identity import Officer
from regulator.console.languages import COOKIE, SPEAKERS, Language, Speaker, chosen
from regulator.console.measures import Measures
from regulator.console.poller import Poller
from regulator.console.showing import Showing, Surroundings
from regulator.domain.instants import Instant
from regulator.domain.limits import Limits
from regulator.domain.register import Sources
from regulator.store import Store
from regulator.store.explaining import Office

MENU = (
    ("/", "board"),
    ("/notices", "notices"),
    ("/explain", "explain"),
    ("/quality", "quality"),
    ("/reconciliation", "reconciliation"),
)
"""The pages that every page leads to: address and phrase."""


class Console(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of one running console."""

    store: Store
    around: Surroundings
    sources: Sources
    clock: Clock
    cookie_key: bytes
    demonstration: bool
    measures: Measures
    poller: Poller
    office: Office
    limits: Limits
    other_dialects: Set[str]
    """Platforms that do not write the ministry's interface: its table says nothing of their fields."""
    slugs: Mapping[str, str]
    """The platform that speaks for a company, where there is one: who can be told anything."""
    platforms: Mapping[str, str]
    """Their names by slug; one that is not named is called as its company."""


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """One request: who asks, in which language, and when."""

    console: Console
    request: Request
    language: Language
    officer: Officer | None
    now: Instant

    @property
    def say(self) -> Speaker:
        """The visitor's language."""
        return SPEAKERS[self.language]

    @property
    def showing(self) -> Showing:
        """Shows stored values to this visitor."""
        return Showing(self.console.around, language=self.language, now=self.now)

    def frame(self) -> dict[str, object]:
        """Return what every whole page shows."""
        url = self.request.url
        return {
            "say": self.say,
            "officer": self.officer,
            "demonstration": self.console.demonstration,
            "now": self.now,
            "sheet": self.console.around.sheet,
            "back": f"{url.path}?{url.query}" if url.query else url.path,
            "asked": "",
            "menu": MENU,
            "path": url.path,
        }


def visit(request: Request) -> Visit:
    """Read who is there and what they prefer."""
    console = cast(Console, request.app.state.console)
    now = console.clock()
    return Visit(
        console=console,
        request=request,
        language=chosen(request.cookies.get(COOKIE)),
        officer=identity.unsealed(request.cookies.get(identity.COOKIE), console.cookie_key, at=now),
        now=now,
    )
