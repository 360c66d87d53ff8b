"""Findings at rest as a replay writes them (contract, section 6.2)."""

from collections.abc import Iterable

import msgspec

from regulator.domain.episodes import number_of
from regulator.domain.findings import Finding, FindingEvent, Status
from regulator.domain.instants import to_rfc3339
from regulator.domain.licences import LicenceKind
from regulator.rules import re_offence
from regulator.wire.violations import encode_violation

_LICENCE_RULES = {str(kind) for kind in LicenceKind}


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of ``--findings``."""

    company: str
    order: str | None
    login: str | None
    rule: str
    subject: str
    status: Status
    reason: str | None
    stage: str
    stages: tuple[str, ...]
    at: str
    disputed: bool


def rows(findings: Iterable[Finding]) -> list[Row]:
    """Return findings as rows, sorted by company, order or login, rule and subject."""
    return sorted(map(_row, findings), key=_place)


def history_line(event: FindingEvent) -> bytes:
    """Return one line of ``--history``: the ``arrival`` that caused the event, and what the queue is told."""
    said = msgspec.json.decode(encode_violation(event))
    return msgspec.json.encode({"arrival": to_rfc3339(event.caused_at), **said})


def _row(finding: Finding) -> Row:
    undetermined = finding.status is Status.UNDETERMINED
    return Row(
        company=finding.company,
        order=finding.order,
        login=finding.login,
        rule=finding.rule,
        subject=number_of(finding.subject) if finding.rule == re_offence.RULE.id else finding.subject,
        status=finding.status,
        reason=None if undetermined and finding.rule not in _LICENCE_RULES else finding.reason,
        stage=finding.stage,
        stages=finding.stages,
        at=to_rfc3339(finding.at),
        disputed=finding.disputed,
    )


def _place(row: Row) -> tuple[str, str, str, str]:
    return row.company, row.order or row.login or "", row.rule, row.subject
