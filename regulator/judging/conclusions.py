"""What one order or login amounts to under the register as it is now (contract, section 5.4).

The same function judges live records, recorded ones and orders read back from SQL.
"""

from collections.abc import Sequence

import msgspec

from regulator.domain.coordinates import wgs84
from regulator.domain.findings import (
    Finding,
    LicenceEvidence,
    Status,
    finding_id,
    judgement_of,
)
from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind, Subject
from regulator.domain.orders import STAGES, Origin, Report, Trip
from regulator.domain.register import Register
from regulator.joins.orders import Filing, Order
from regulator.judging.law import Law
from regulator.rules.rule import COMPLIANT, DOES_NOT_APPLY, Facts, Outcome, Rule, Verdict


class Waiting(msgspec.Struct, frozen=True, gc=False):
    """An undetermined verdict waits for the register of a kind to be complete up to an instant."""

    kind: LicenceKind
    until: Instant


class Conclusion(msgspec.Struct, frozen=True):
    """All that is found about one order, and what it still waits for."""

    findings: tuple[Finding, ...] = ()
    waiting: tuple[Waiting, ...] = ()


class _Drawn(msgspec.Struct, frozen=True, gc=False):
    filing: Filing
    verdict: Verdict


NOTHING = Conclusion()


def judge(order: Order, law: Law, *, feed: str, partition: int) -> Conclusion:
    """Judge every report of an order under every rule of its stage."""
    drawn: dict[tuple[str, str], list[_Drawn]] = {}
    rules_of: dict[str, Rule] = {}
    trip = order.trip
    for filing in order.reports:
        facts = facts_of(order, filing.report, trip, law)
        for rule in law.rules[filing.report.stage]:
            for subject in rule.subjects(facts):
                verdict = rule.judge(facts, subject)
                if verdict is not COMPLIANT and verdict is not DOES_NOT_APPLY:
                    drawn.setdefault((rule.id, subject), []).append(_Drawn(filing, verdict))
                    rules_of[rule.id] = rule
    if not drawn:
        return NOTHING
    return Conclusion(
        tuple(
            _Conclusion(order, trip, law, rules_of[rule], subject, verdicts).finding(feed, partition)
            for (rule, subject), verdicts in drawn.items()
        ),
        tuple(
            Waiting(kind, one.filing.report.at)
            for verdicts in drawn.values()
            for one in verdicts
            for kind in one.verdict.awaits
        ),
    )


def facts_of(order: Order, report: Report, trip: Trip, law: Law) -> Facts:
    """Return what the rules may look at in one report."""
    return Facts(order.company, order.case, report, trip, law.register, law.areas, law.limits)


class _Conclusion:
    """One rule's verdicts on one subject, drawn together (contract, section 5.4)."""

    def __init__(
        self, order: Order, trip: Trip, law: Law, rule: Rule, subject: str, drawn: Sequence[_Drawn]
    ) -> None:
        self._order = order
        self._trip = trip
        self._law = law
        self._rule = rule
        self._subject = subject
        violating = [one for one in drawn if one.verdict.outcome is Outcome.VIOLATION]
        self._status = Status.VIOLATION if violating else Status.UNDETERMINED
        self._resting_on = sorted(violating or drawn, key=_earliest_first)
        stages = {one.filing.report.stage for one in violating}
        self._stages = tuple(stage for stage in STAGES if stage in stages)

    def finding(self, feed: str, partition: int) -> Finding:
        """Say it in full."""
        order, report, register = self._order, self._resting_on[0].filing.report, self._law.register
        reason = self._resting_on[0].verdict.reason
        disputed = self._is_disputed()
        limits_from = self._law.limits.in_force_from(report.at)
        judgement = judgement_of(
            self._status, reason, self._stages, disputed, limits_from, *map(_used, self._resting_on)
        )
        return Finding(
            id=finding_id(self._law.finding_key, order.company, order.case, self._rule.id, self._subject),
            judgement=judgement,
            company=order.company,
            order=order.number,
            login=order.login,
            rule=self._rule.id,
            subject=self._subject,
            status=self._status,
            reason=reason,
            stage=report.stage,
            stages=self._stages,
            at=report.at,
            disputed=disputed,
            vehicle=report.vehicle,
            driver=report.driver,
            last4=report.last4,
            limits_from=limits_from,
            legal_basis=self._rule.legal_basis,
            vehicle_permit=evidence(register, LicenceKind.VEHICLE_PERMIT, report.vehicle, report.at),
            driver_certificate=evidence(register, LicenceKind.DRIVER_CERTIFICATE, report.driver, report.at),
            place=wgs84(report.place),
            origins=tuple(_origin(one.filing, feed, partition) for one in self._resting_on),
        )

    def _is_disputed(self) -> bool:
        """Another report of a violating stage is compliant, or names another subject."""
        resting = {(one.filing.offset, one.filing.index) for one in self._resting_on}
        return any(
            self._clears(filing.report)
            for filing in self._order.reports
            if filing.report.stage in self._stages and (filing.offset, filing.index) not in resting
        )

    def _clears(self, report: Report) -> bool:
        facts = facts_of(self._order, report, self._trip, self._law)
        subjects = self._rule.subjects(facts)
        if self._subject in subjects:
            return self._rule.judge(facts, self._subject) is COMPLIANT
        return bool(subjects) or (self._rule.spares_others and bool(report.vehicle or report.driver))


def evidence(register: Register, kind: LicenceKind, subject: str, at: Instant) -> LicenceEvidence | None:
    """Say what the register held of one subject at an instant; None for nobody."""
    if not subject:
        return None
    answer = register.in_force(kind, Subject(subject), at)
    return LicenceEvidence(
        answer="held" if answer.held else "not_held",
        reason=answer.reason,
        certificate=answer.certificate,
        to=answer.until,
    )


def _origin(filing: Filing, feed: str, partition: int) -> Origin:
    return Origin(feed, partition, filing.offset, filing.index)


def _earliest_first(drawn: _Drawn) -> tuple[Instant, int, str, str, str]:
    report = drawn.filing.report
    return report.at, STAGES.index(report.stage), drawn.verdict.reason or "", report.vehicle, report.driver


def _used(drawn: _Drawn) -> tuple[object, ...]:
    """The facts a verdict rests on. Not how complete the register is: that grows without changing it."""
    report, verdict = drawn.filing.report, drawn.verdict
    return report.stage, report.at, report.vehicle, report.driver, verdict.reason, *verdict.grounds
