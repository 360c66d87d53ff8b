"""What the enforcement queue is told when a conclusion differs from what was last said.

An unchanged judgement makes no event. A finding whose reason is gone is withdrawn on the same
channel; one that is undetermined is kept with its order and never announced.
"""

from collections.abc import Iterator
from functools import cached_property

import msgspec

from regulator.domain.coordinates import wgs84
from regulator.domain.drivers import NO_DRIVER
from regulator.domain.findings import (
    Because,
    EventKind,
    Finding,
    FindingEvent,
    FindingId,
    RuleId,
    Status,
    judgement_of,
)
from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind
from regulator.domain.orders import Report
from regulator.domain.plates import NOBODY
from regulator.joins.journeys import Journey, journey
from regulator.joins.orders import Filed, Order
from regulator.judging.conclusions import Conclusion, evidence
from regulator.judging.law import Law
from regulator.rules import re_offence

_KIND_OF = {str(kind): kind for kind in LicenceKind}


class Occasion(msgspec.Struct, frozen=True):
    """When an order was judged, and on the register's account if ``because`` is given."""

    at: Instant
    because: Because | None = None


Reached = dict[LicenceKind | None, Occasion]
"""Why an order is judged: what the register said of each kind of licence; None: for another reason."""


def announce(order: Order, conclusion: Conclusion, *, law: Law, reached: Reached) -> list[FindingEvent]:
    """Bring what is filed with an order up to a conclusion; return what the queue is to be told."""
    if not conclusion.findings and not order.filed:
        return []
    return list(_Announcer(order, law, reached).events(conclusion))


class _Announcer:
    def __init__(self, order: Order, law: Law, reached: Reached) -> None:
        self._order = order
        self._law = law
        self._reached = reached

    def events(self, conclusion: Conclusion) -> Iterator[FindingEvent]:
        found = {finding.id: finding for finding in conclusion.findings}
        for id_ in [id_ for id_ in self._order.filed if id_ not in found or not _accuses(found[id_])]:
            yield from self._withdraw(id_)
        for finding in found.values():
            if _accuses(finding):
                yield from self._raise(finding)
            else:
                self._keep_undetermined(finding)

    def _raise(self, finding: Finding) -> Iterator[FindingEvent]:
        times = self._times(finding)
        filed = self._order.filed.get(finding.id)
        standing = filed is not None and filed.standing
        if filed is not None and standing and filed.judgement == finding.judgement:
            return
        kind = EventKind.UPDATED if standing else EventKind.RAISED
        raised_at = filed.raised_at if filed is not None and standing else None
        raised_at = self._occasion(finding.rule).at if raised_at is None else raised_at
        self._order.filed[finding.id] = _file(finding, kind, raised_at)
        yield self._event(kind, finding, raised_at, times)

    def _times(self, finding: Finding) -> int | None:
        """Count a re-offence among those of its episode."""
        if finding.rule != re_offence.RULE.id:
            return None
        return self._law.offences.add(finding.subject, self._order.key, finding.at)

    def _withdraw(self, id_: FindingId) -> Iterator[FindingEvent]:
        filed = self._order.filed[id_]
        self._law.offences.remove(filed.subject, self._order.key)
        if filed.event is None:  # it was undetermined and is settled: nobody was told
            del self._order.filed[id_]
            return
        if not filed.standing:
            self._order.filed[id_] = msgspec.structs.replace(filed, status=Status.VIOLATION)
            return
        judgement = judgement_of(EventKind.WITHDRAWN, filed.judgement)
        withdrawn = msgspec.structs.replace(filed, judgement=judgement, event=EventKind.WITHDRAWN)
        self._order.filed[id_] = withdrawn
        finding = self._remembered(id_, withdrawn)
        yield self._event(EventKind.WITHDRAWN, finding, filed.raised_at or self._occasion(filed.rule).at)

    def _keep_undetermined(self, finding: Finding) -> None:
        """File it; of one that was withdrawn keep what the queue has heard last."""
        filed = self._order.filed.get(finding.id)
        if filed is None or filed.event is None:
            self._order.filed[finding.id] = _file(finding, None, None)
        else:
            self._order.filed[finding.id] = msgspec.structs.replace(filed, status=Status.UNDETERMINED)

    def _occasion(self, rule: RuleId) -> Occasion:
        """What the register said of the rule's own licence; else why the order is judged at all."""
        other = self._reached.get(None) or next(iter(self._reached.values()))
        kind = _KIND_OF.get(rule)
        return self._reached.get(kind, other) if kind is not None else other

    def _event(
        self, kind: EventKind, finding: Finding, raised_at: Instant, times: int | None = None
    ) -> FindingEvent:
        trip, occasion = self._journey, self._occasion(finding.rule)
        place = finding.place or trip.place
        return FindingEvent(
            kind=kind,
            finding=finding,
            caused_at=occasion.at,
            raised_at=raised_at,
            because=occasion.because,
            register_complete_to=self._complete_to(finding),
            destination=trip.destination,
            destination_text=trip.destination_text,
            expected_arrival=trip.expected_arrival,
            district=self._law.district(place) if place is not None else None,
            times_since_removal=times,
        )

    @cached_property
    def _journey(self) -> Journey:
        """One for all events of the order: converting its places costs more than judging it."""
        order = self._order
        reports = [filing.report for filing in order.reports]
        return journey(order.booking, reports, order.ending, limits=self._law.limits)

    def _complete_to(self, finding: Finding) -> Instant | None:
        kind = _KIND_OF.get(finding.rule)
        if kind is not None:
            return self._law.register.complete_to(kind)
        known = [self._law.register.complete_to(kind) for kind in LicenceKind]
        return min((instant for instant in known if instant is not None), default=None)

    def _remembered(self, id_: FindingId, filed: Filed) -> Finding:
        """Rebuild a finding that no longer follows from the facts, with the facts as they are now."""
        order, register = self._order, self._law.register
        reports = (filing.report for filing in order.reports)
        nobody = Report(stage=filed.stage, at=filed.at, vehicle=NOBODY, driver=NO_DRIVER)
        report = min(reports, key=lambda one: _likeness(filed, one), default=nobody)
        return Finding(
            id=id_,
            judgement=filed.judgement,
            company=order.company,
            order=order.number,
            login=order.login,
            rule=filed.rule,
            subject=filed.subject,
            status=Status.VIOLATION,
            reason=filed.reason,
            stage=filed.stage,
            stages=filed.stages,
            at=filed.at,
            disputed=filed.disputed,
            vehicle=report.vehicle,
            driver=report.driver,
            last4=report.last4,
            limits_from=self._law.limits.in_force_from(filed.at),
            legal_basis=(),
            vehicle_permit=evidence(register, LicenceKind.VEHICLE_PERMIT, report.vehicle, filed.at),
            driver_certificate=evidence(register, LicenceKind.DRIVER_CERTIFICATE, report.driver, filed.at),
            place=wgs84(report.place),
            origins=(),
        )


def _likeness(filed: Filed, report: Report) -> tuple[bool, bool, bool]:
    """Least for the report that a finding was about."""
    named = filed.subject in (report.vehicle, report.driver)
    return report.at != filed.at, report.stage is not filed.stage, not named


def _accuses(finding: Finding) -> bool:
    return finding.status is Status.VIOLATION


def _file(finding: Finding, event: EventKind | None, raised_at: Instant | None) -> Filed:
    return Filed(
        rule=finding.rule,
        subject=finding.subject,
        status=finding.status,
        judgement=finding.judgement,
        reason=finding.reason,
        stage=finding.stage,
        stages=finding.stages,
        at=finding.at,
        disputed=finding.disputed,
        event=event,
        raised_at=raised_at,
    )
