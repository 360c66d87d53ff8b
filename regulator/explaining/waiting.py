"""For what an undetermined verdict waits: whose heartbeat, which end of the trip, whose area."""

from collections.abc import Iterable, Iterator, Mapping

from regulator.domain.instants import Instant, to_rfc3339
from regulator.domain.licences import LicenceKind, SourceName
from regulator.domain.register import Sources
from regulator.explaining.told.reports import WaitsFor
from regulator.explaining.witness import Asked
from regulator.rules.rule import Facts, Verdict

REGISTER, START, END, AREA, FACTS = "register", "start", "end", "area", "facts"


def waits_for(
    facts: Facts, verdict: Verdict, asked: Asked, *, sources: Sources, beats: Mapping[SourceName, Instant]
) -> tuple[WaitsFor, ...]:
    """Say for what a verdict waits, from what its rule asked."""
    if verdict.awaits:
        kinds = dict.fromkeys(verdict.awaits)
        return tuple(waits_for_register(kind, facts.report.at, sources, beats) for kind in kinds)
    return tuple(_place(facts, asked)) or (WaitsFor(cause=FACTS),)


def waits_for_register(
    kind: LicenceKind, until: Instant, sources: Sources, beats: Mapping[SourceName, Instant]
) -> WaitsFor:
    """Say which sources have not vouched for a kind of licence up to an instant."""
    behind = sorted(_behind(kind, until, sources, beats))
    return WaitsFor(cause=REGISTER, kind=kind, until=to_rfc3339(until), behind=tuple(behind))


def _behind(
    kind: LicenceKind, until: Instant, sources: Sources, beats: Mapping[SourceName, Instant]
) -> Iterable[str]:
    for source in sources.values():
        if source.required and kind in source.kinds:
            vouched = beats.get(source.name)
            if vouched is None or vouched + source.grace < until:
                yield source.name


def _place(facts: Facts, asked: Asked) -> Iterator[WaitsFor]:
    """A rule that asked for areas, and got no answer that decides, lacks an end or a polygon."""
    if not asked.areas:
        return
    if facts.report.place is None:
        yield WaitsFor(cause=START)
    if facts.trip.end is None:
        yield WaitsFor(cause=END)
    for code in asked.unknown_areas:
        yield WaitsFor(cause=AREA, code=code)
