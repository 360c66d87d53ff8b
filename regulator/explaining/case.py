"""The account of one order or login, put together."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from regulator.domain.findings import EventKind, Finding, FindingId, Status
from regulator.domain.instants import Instant, to_rfc3339
from regulator.domain.licences import LicenceKind, Subject
from regulator.domain.register import Sources
from regulator.explaining.explained import CaseExplained, RefusedTold
from regulator.explaining.known import Known
from regulator.explaining.naming import Names
from regulator.explaining.register import instant, told_answer, told_register
from regulator.explaining.suppositions import suppositions
from regulator.explaining.told.findings import FindingTold, QueueEvent, Silent
from regulator.explaining.told.register import LicenceAnswer
from regulator.explaining.told.reports import OriginTold, ReportTold
from regulator.explaining.verdicts import NOBODY, STAGE, Heard, all_rules, hear, told_place, told_verdict
from regulator.joins.orders import Filed, Filing, Order
from regulator.judging.conclusions import judge
from regulator.judging.law import Law
from regulator.rules.rule import Outcome

Told = Mapping[FindingId, Sequence[QueueEvent]]
"""What the queue was told of each finding, the first first."""


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """Where an order's records came from. ``arrivals``: of offsets, where they are known."""

    topic: str
    partition: int | None = None
    arrivals: Mapping[int, Instant] = {}


class Explainer:
    """Explains orders and logins under a register; the law's own register must be the same."""

    def __init__(self, law: Law, register: Known, sources: Sources, names: Names) -> None:
        self._law = law
        self._register = register
        self._sources = sources
        self._names = names

    def explain(
        self,
        order: Order,
        feed: Feed,
        *,
        told: Told,
        at: Instant | None = None,
        known_by: Instant | None = None,
        refused: Sequence[RefusedTold] = (),
    ) -> CaseExplained:
        """Account for everything that follows from an order; ``at``: ask for licences at one more instant."""
        self._names.learn(filing.report for filing in order.reports)
        heard = list(hear(order, self._law))
        licences = _licences(order)
        return CaseExplained(
            company=order.company,
            order=order.number,
            login=self._names.subject(order.login) if order.login else None,
            known_by=instant(known_by),
            reports=tuple(
                self._report(filing, feed, [one for one in heard if one.number == number])
                for number, filing in enumerate(order.reports)
            ),
            register=told_register(
                self._register,
                self._sources,
                self._names,
                licences=licences,
                episodes={key: one for each in heard for key, one in each.asked.episodes.items()}.values(),
                cars=dict.fromkeys(
                    filing.report.vehicle for filing in order.reports if filing.report.vehicle
                ),
            ),
            asked=tuple(self.answers(licences, at)) if at is not None else (),
            findings=tuple(self.findings(order, told)),
            silent=tuple(self._silent(heard)),
            would_change=tuple(suppositions(order, self._law, heard, self._names)),
            refused=tuple(refused),
        )

    def answers(
        self, licences: Sequence[tuple[LicenceKind, Subject]], at: Instant
    ) -> Iterator[LicenceAnswer]:
        """Say what is held of licences at an instant."""
        for kind, subject in licences:
            yield told_answer(self._names, kind, subject, at, self._register.in_force(kind, subject, at))

    def findings(self, order: Order, told: Told) -> Iterator[FindingTold]:
        """Tell what follows from the facts, and what stands on the queue's record besides."""
        concluded = {one.id: one for one in judge(order, self._law, feed="", partition=0).findings}
        for id_, finding in concluded.items():
            yield self._finding(finding, told.get(id_, ()))
        for id_, filed in order.filed.items():
            if id_ not in concluded and filed.event is not None:
                yield self._gone(id_, filed, told.get(id_, ()))

    def _report(self, filing: Filing, feed: Feed, heard: Sequence[Heard]) -> ReportTold:
        report, beats = filing.report, self._register.heartbeats()
        return ReportTold(
            stage=report.stage,
            at=to_rfc3339(report.at),
            timed=report.timed,
            vehicle=report.vehicle or None,
            driver=self._names.driver(report.driver),
            place=told_place(report),
            origin=OriginTold(
                topic=feed.topic,
                partition=feed.partition,
                offset=filing.offset,
                index=filing.index,
                arrival=instant(feed.arrivals.get(filing.offset)),
            ),
            verdicts=tuple(
                told_verdict(one, self._law, self._names, sources=self._sources, beats=beats) for one in heard
            ),
        )

    def _finding(self, finding: Finding, events: Sequence[QueueEvent]) -> FindingTold:
        return FindingTold(
            finding=finding.id,
            rule=finding.rule,
            subject=self._names.subject(finding.subject),
            status=finding.status,
            reason=finding.reason,
            stage=finding.stage,
            stages=finding.stages,
            at=to_rfc3339(finding.at),
            disputed=finding.disputed,
            queue=events[-1].event if events else None,
            events=tuple(events),
        )

    def _gone(self, id_: FindingId, filed: Filed, events: Sequence[QueueEvent]) -> FindingTold:
        """A finding that the queue has heard of, and that no longer follows."""
        return FindingTold(
            finding=id_,
            rule=filed.rule,
            subject=self._names.subject(filed.subject),
            status=None,
            reason=filed.reason,
            stage=filed.stage,
            stages=filed.stages,
            at=to_rfc3339(filed.at),
            disputed=filed.disputed,
            queue=events[-1].event if events else filed.event,
            events=tuple(events),
        )

    def _silent(self, heard: Sequence[Heard]) -> Iterator[Silent]:
        """Say of each rule without a finding why: the reason that came closest to one."""
        for rule in all_rules(self._law):
            said = [one for one in heard if one.rule.id == rule]
            outcomes = {one.verdict.outcome for one in said if one.verdict is not None}
            if Outcome.VIOLATION in outcomes or Outcome.UNDETERMINED in outcomes:
                continue
            whys = [one.why_not for one in said]
            if Outcome.COMPLIANT in outcomes:
                why = str(Outcome.COMPLIANT)
            else:
                why = next((why for why in ("facts", NOBODY) if why in whys), STAGE)
            yield Silent(rule=rule, why=why)


def _licences(order: Order) -> list[tuple[LicenceKind, Subject]]:
    """Every licence of everybody whom an order names."""
    reports = [filing.report for filing in order.reports]
    return [
        (LicenceKind.PLATFORM_PERMIT, Subject(order.company)),
        *(
            (LicenceKind.VEHICLE_PERMIT, Subject(car))
            for car in dict.fromkeys(one.vehicle for one in reports)
            if car
        ),
        *(
            (LicenceKind.DRIVER_CERTIFICATE, Subject(who))
            for who in dict.fromkeys(one.driver for one in reports)
            if who
        ),
    ]


def stands(finding: FindingTold) -> bool:
    """Tell whether a finding stands on the queue."""
    return finding.queue not in (None, EventKind.WITHDRAWN)


def accuses(finding: FindingTold) -> bool:
    """Tell whether a violation follows from the facts."""
    return finding.status == Status.VIOLATION
