"""A whole replay: logs in, findings and statistics out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from regulator.config import Config
from regulator.domain.findings import FindingEvent
from regulator.replay.engine import Replay
from regulator.replay.recorded import Message
from regulator.replay.rows import Row, rows
from regulator.replay.statistics import statistics
from regulator.rules.catalogue import IN_FORCE
from regulator.rules.rule import Rule
from regulator.secrets import Secrets


class ReplayResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a recorded log amounts to. ``history``: every event, in order."""

    findings: list[Row]
    stats: Mapping[str, Any]
    history: list[FindingEvent]
    unknown_topics: Mapping[str, int]
    register_refused: Mapping[str, int]


def replay(
    messages: Iterable[Message],
    *,
    config: Config,
    secrets: Secrets,
    history: bool = False,
    rules: Sequence[Rule] = IN_FORCE,
) -> ReplayResult:
    """Judge recorded messages in the order given."""
    happened: list[FindingEvent] = []
    engine = Replay(config, secrets, rules=rules, on_event=happened.append if history else None)
    for message in messages:
        engine.take(message)
    return result_of(engine, happened)


def result_of(engine: Replay, happened: list[FindingEvent]) -> ReplayResult:
    """Return what a replay amounts to that has come to its end."""
    found = rows(engine.findings())
    return ReplayResult(
        findings=found,
        stats=statistics(engine.account, found),
        history=happened,
        unknown_topics=engine.unknown_topics,
        register_refused=engine.register_refused,
    )
