"""How old the truth on the page is: what the register vouches for, and when the feed last spoke."""

from collections.abc import Mapping, Sequence

import msgspec

from regulator.console.times import milliseconds
from regulator.domain.instants import MINUTE, SECOND, Instant
from regulator.domain.licences import LicenceKind, SourceName
from regulator.domain.register import Sources, complete_to
from regulator.store import Store
from regulator.store.progress import ProgressStore
from regulator.store.register_view import RegisterView

_FEED = "receipts.%"
"""Every processed run of a feed is answered there: what has no answer has not been judged."""

FEED_SILENT = 60 * SECOND
REGISTER_BEHIND = 2 * MINUTE


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """How far one register is complete, and whether judging waits for it. Milliseconds."""

    to: int | None
    behind: bool


class Freshness(msgspec.Struct, frozen=True, kw_only=True):
    """What the page's pulse says. Milliseconds. ``database`` is False when SQL did not answer."""

    now: int
    database: bool
    feed: int | None = None
    feed_silent: bool = False
    register: Mapping[LicenceKind, Mark] = {}


def look(store: Store, sources: Sources, *, now: Instant) -> Freshness:
    """Ask SQL how fresh it is. Raises Unavailable."""
    with store.reading() as connection:
        heartbeats = RegisterView(connection, sources).heartbeats()
        progress = ProgressStore(connection).newest(_FEED)
    arrived = progress.arrived_at if progress else None
    return Freshness(
        now=now // 1000,
        database=True,
        feed=milliseconds(arrived),
        feed_silent=arrived is None or now - arrived > FEED_SILENT,
        register={kind: _mark(kind, sources, heartbeats, now=now) for kind in LicenceKind},
    )


def blind(now: Instant) -> Freshness:
    """Return what the page is told when SQL does not answer."""
    return Freshness(now=now // 1000, database=False)


def stale(freshness: Freshness) -> Sequence[str]:
    """Name what is stale, for logs and health."""
    names = [] if freshness.database else ["database"]
    if freshness.feed_silent:
        names.append("feed")
    return [*names, *(kind for kind, mark in freshness.register.items() if mark.behind)]


def _mark(
    kind: LicenceKind, sources: Sources, heartbeats: Mapping[SourceName, Instant], *, now: Instant
) -> Mark:
    """The page shows what was vouched for; judging waits only beyond the authority's grace."""
    strict = {name: msgspec.structs.replace(source, grace=0) for name, source in sources.items()}
    vouched = complete_to(kind, strict, heartbeats)
    judged = complete_to(kind, sources, heartbeats)
    return Mark(to=milliseconds(vouched), behind=judged is None or now - judged > REGISTER_BEHIND)
