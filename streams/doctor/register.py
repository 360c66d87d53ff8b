"""Looks at SQL: the register's completeness, what was refused, how fresh it is."""

from collections.abc import Iterator

from regulator.clock import Clock
from regulator.config import Config
from regulator.domain.errors import RegulatorError
from regulator.domain.feed import Refusal
from regulator.domain.instants import DAY, MINUTE, SECOND, Instant, to_rfc3339
from regulator.settings import Settings
from regulator.store import Store, open_store
from regulator.store.outbox import OutboxStore
from regulator.store.progress import ProgressStore
from regulator.store.refusals import RefusalStore
from regulator.store.register_view import RegisterView
from streams.doctor.symptom import Symptom, note, well, wrong

_PATIENCE = 2 * MINUTE


def look_at_database(settings: Settings, config: Config, clock: Clock) -> Iterator[Symptom]:
    """Open the database as the desk does and ask it."""
    try:
        store = open_store(settings.database)
    except RegulatorError as why:
        yield wrong("database", str(why), "check REGULATOR_DATABASE and the server")
        return
    try:
        yield well("database", f"{store.dialect}, schema up to date")
        yield from _look(store, config, clock())
    finally:
        store.close()


def _look(store: Store, config: Config, now: Instant) -> Iterator[Symptom]:
    with store.reading() as connection:
        view = RegisterView(connection, config.sources)
        heartbeats, licences = view.heartbeats(), view.licences()
        refused = RefusalStore(connection).since(Instant(now - DAY))
        progress = ProgressStore(connection).newest()
        waiting = OutboxStore(connection).waiting()
    counted = ", ".join(f"{count} {kind}" for kind, count in sorted(licences.items()))
    yield (
        well("register", counted)
        if licences
        else note(
            "register",
            "is empty",
            "regulator register import FILE --source S, or push feed.register.<source>",
        )
    )
    for source in config.sources.values():
        if source.required:
            yield _source(source.name, heartbeats.get(source.name), source.grace, now)
    defects = sum(count for (_, reason), count in refused.items() if reason == Refusal.DEFECT)
    if defects:
        yield wrong("defects", f"{defects} records in a day", "our own fault: see the judge's log, report it")
    if waiting.since is not None and now - waiting.since > _PATIENCE:
        yield wrong(
            "outbox",
            f"{waiting.count} changes of the register wait since {to_rfc3339(waiting.since)}",
            "judges do not know them yet: is the desk running, does the broker answer?",
        )
    if progress is not None and now - progress.consumed_at > _PATIENCE:
        yield note(
            "desk's progress", f"last wrote at {to_rfc3339(progress.consumed_at)}", "is anything sent?"
        )


def _source(name: str, complete_to: Instant | None, grace: int, now: Instant) -> Symptom:
    part = f"source {name}"
    if complete_to is None:
        return wrong(
            part,
            "has never sent a heartbeat: nothing absent can be judged",
            f'push {{"type":"heartbeat","complete_to":"…"}} to feed.register.{name}',
        )
    behind = now - complete_to
    if behind > grace + _PATIENCE:
        return wrong(
            part,
            f"register behind: complete up to {to_rfc3339(complete_to)}, after that undetermined",
            "ask the department, or mend its export",
        )
    return well(part, f"complete up to {behind / SECOND:.0f} s ago")
