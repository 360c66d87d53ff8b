"""What the queue was told, as an order remembers it: read back from the queue after a crash."""

from regulator.domain.findings import FindingId, RuleId, Status
from regulator.domain.instants import from_rfc3339
from regulator.domain.orders import CompanyId, Stage
from regulator.joins.orders import Filed, key_of
from regulator.wire.violations import ViolationEvent


def key_said(event: ViolationEvent) -> str:
    """Return the key of the order or login that an event of the queue is about."""
    return key_of(CompanyId(event.company), event.order or event.login or "")


def filed_as_said(event: ViolationEvent) -> tuple[FindingId, Filed]:
    """Return what an order has filed when it has said this."""
    return FindingId(event.finding), Filed(
        rule=RuleId(event.rule),
        subject=event.subject,
        status=Status.VIOLATION,
        judgement=event.judgement,
        reason=event.reason,
        stage=Stage(event.stage),
        stages=tuple(map(Stage, event.stages)),
        at=from_rfc3339(event.at),
        disputed=event.disputed,
        event=event.event,
        raised_at=from_rfc3339(event.raised_at),
    )
