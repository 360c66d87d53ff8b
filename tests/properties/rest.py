"""What is known at rest, in the form in which two ways of getting there are compared."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from regulator.domain.findings import EventKind, Finding, Status
from regulator.replay import Replay
from regulator.replay.recorded import Message
from regulator.wire.violations import ViolationEvent, decode_violation
from tests.properties.stories import CONFIG, SECRETS


class Standing(NamedTuple):
    """What an officer, or anybody else, can know of a finding."""

    judgement: str
    status: str
    reason: str | None
    stage: str
    stages: tuple[str, ...]
    disputed: bool


Rest = dict[str, Standing]


def at_rest(messages: Iterable[Message]) -> Rest:
    """Return the findings of a replay."""
    engine = Replay(CONFIG, SECRETS)
    for message in messages:
        engine.take(message)
    return rest_of(engine.findings())


def rest_of(findings: Iterable[Finding]) -> Rest:
    return {
        one.id: Standing(one.judgement, one.status, one.reason, one.stage, one.stages, one.disputed)
        for one in findings
    }


def violations(rest: Rest) -> Rest:
    """Leave out what is undetermined: the queue never hears of it."""
    return {id_: one for id_, one in rest.items() if one.status == Status.VIOLATION}


def folded(queue: Iterable[bytes]) -> Rest:
    """Read the queue as an outsider does: of each finding, the last event."""
    last: dict[str, ViolationEvent] = {}
    for event in map(decode_violation, queue):
        last[event.finding] = event
    return {
        id_: Standing(
            event.judgement, Status.VIOLATION, event.reason, event.stage, event.stages, event.disputed
        )
        for id_, event in last.items()
        if event.event is not EventKind.WITHDRAWN
    }


def noises(queue: Iterable[bytes]) -> list[str]:
    """Name every event that should not be: raised twice, updated or withdrawn from nothing, unchanged."""
    last: dict[str, ViolationEvent] = {}
    noisy: list[str] = []
    for event in map(decode_violation, queue):
        before = last.get(event.finding)
        standing = before is not None and before.event is not EventKind.WITHDRAWN
        if (event.event is EventKind.RAISED) is standing:
            noisy.append(f"{event.event} when standing is {standing}: {event.rule} {event.subject}")
        if before is not None and standing and before.judgement == event.judgement:
            noisy.append(f"{event.event} with an unchanged judgement: {event.rule} {event.subject}")
        last[event.finding] = event
    return noisy


def fates(messages: Iterable[Message]) -> Counter[tuple[str, str, str]]:
    """Return a replay's count of records by company, type and fate."""
    engine = Replay(CONFIG, SECRETS)
    for message in messages:
        engine.take(message)
    return engine.account.fates
