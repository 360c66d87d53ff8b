"""Standing findings as three witnesses tell them: the queue, SQL, and a replay of the recorded feeds."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from regulator.domain.findings import EventKind, Status
from regulator.domain.instants import from_rfc3339
from regulator.replay import Replay
from regulator.replay.recorded import read_log
from regulator.store import open_store
from regulator.store.findings import FindingStore
from regulator.wire.receipts import Receipt, decode_receipt
from regulator.wire.violations import ViolationEvent, decode_violation
from streams.recording import record
from streams.topics import VIOLATIONS, feeds, receipts
from tests.broker.installation import Installation


class Standing(NamedTuple):
    """What a finding says."""

    rule: str
    subject: str
    reason: str | None
    stage: str
    stages: tuple[str, ...]
    at: int
    disputed: bool


def on_the_queue(installation: Installation) -> dict[str, Standing]:
    """Read the topic from its beginning and keep the last event of each finding."""
    last: dict[str, ViolationEvent] = {}
    for key, value in installation.read(VIOLATIONS):
        assert key is not None
        assert value is not None
        last[key.decode()] = decode_violation(value)
    return {id_: _said(event) for id_, event in last.items() if event.event is not EventKind.WITHDRAWN}


def in_sql(installation: Installation) -> dict[str, Standing]:
    """Ask the desk's database."""
    store = open_store(installation.settings.database)
    try:
        with store.reading() as connection:
            standing = FindingStore(connection).standing()
            return {str(id_): _said(decode_violation(document.encode())) for id_, document in standing}
    finally:
        store.close()


def in_a_replay(installation: Installation, folder: Path) -> dict[str, Standing]:
    """Record the feeds and judge them again without Kafka."""
    log = folder / "recorded.ndjson"
    out = io.BytesIO()
    record(installation.broker.bootstrap, list(feeds(installation.config)), out)
    log.write_bytes(out.getvalue())
    engine = Replay(installation.config, installation.secrets)
    for message in read_log(log):
        engine.take(message)
    return {
        finding.id: Standing(
            finding.rule,
            finding.subject,
            finding.reason,
            finding.stage,
            finding.stages,
            finding.at,
            finding.disputed,
        )
        for finding in engine.findings()
        if finding.status is Status.VIOLATION
    }


def accounted(installation: Installation, platforms: Iterable[str]) -> dict[tuple[str, int], list[Receipt]]:
    """Return the receipts that count, by partition: of two that overlap the later replaces the older."""
    counting: dict[tuple[str, int], list[Receipt]] = {}
    for platform in platforms:
        for _, value in installation.read(receipts(platform)):
            assert value is not None
            receipt = decode_receipt(value)
            mine = counting.setdefault((receipt.topic, receipt.partition), [])
            mine[:] = [one for one in mine if one.last < receipt.first or one.first > receipt.last]
            mine.append(receipt)
    return counting


def _said(event: ViolationEvent) -> Standing:
    return Standing(
        event.rule,
        event.subject,
        event.reason,
        event.stage,
        event.stages,
        from_rfc3339(event.at),
        event.disputed,
    )
