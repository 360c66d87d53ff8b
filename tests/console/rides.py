"""Rides with what is wrong about them, and what a judge says of them on the enforcement queue."""

from datetime import date

import msgspec

from regulator.domain.drivers import DriverNumber, last4, pseudonym
from regulator.domain.findings import (
    Because,
    EventKind,
    Finding,
    FindingEvent,
    FindingId,
    LicenceEvidence,
    LoginString,
    RuleId,
    Status,
    finding_id,
    judgement_of,
)
from regulator.domain.instants import DAY, SECOND, Instant, start_of, to_digits
from regulator.domain.licences import (
    Certificate,
    Reason,
)
from regulator.domain.orders import CompanyId, OrderNumber, Origin, Stage
from regulator.domain.places import Place
from regulator.domain.plates import Plate
from regulator.joins.journeys import Phase
from regulator.rules.catalogue import IN_FORCE
from regulator.store.findings import QueueEvent
from regulator.store.orders import OrderState
from regulator.wire.violations import encode_violation
from tests.console.places import AREAS, DESTINATIONS

_TITLES = {rule.id: rule for rule in IN_FORCE}
_KEY = b"a-test"


class Ride(msgspec.Struct, frozen=True, kw_only=True):
    """One ride with what is wrong about it. Builders give the rest."""

    vehicle: Plate
    number: str
    order: str | None
    at: Instant
    company: str = "3101YPZCYS01"
    phase: Phase = Phase.ON_TRIP
    stage: Stage = Stage.DEPART
    rules: tuple[tuple[str, str | None], ...] = (("vehicle_permit", "expired"),)
    arrival: Instant | None = None
    destination: tuple[str, float, float] | None = DESTINATIONS[0]
    place: Place | None = Place(121.45, 31.22)

    @property
    def driver(self) -> str:
        return pseudonym(DriverNumber(self.number), _KEY) if self.number else ""

    @property
    def case(self) -> str:
        return self.order or f"{self.vehicle}|{self.driver}|{to_digits(self.at)}"


def ride(vehicle: str = "沪AD12345", *, at: Instant, **others: object) -> Ride:
    """Return a ride; what is not given is ordinary."""
    facts: dict[str, object] = {"number": "31010419850101234X", "order": f"QH{vehicle[-5:]}{at // SECOND}"}
    return Ride(vehicle=Plate(vehicle), at=at, **facts | others)  # type: ignore[arg-type]


def events(
    one: Ride,
    *,
    kind: EventKind = EventKind.RAISED,
    because: Because | None = None,
    register_to: Instant | None = None,
) -> list[QueueEvent]:
    """Return what the judge says on the queue about a ride."""
    return [_event(one, rule, reason, kind, because, register_to) for rule, reason in one.rules]


def state(one: Ride, *, phase: Phase | None = None) -> OrderState:
    """Return the ride as the judge's state has it."""
    text, lon, lat = one.destination or ("", 0.0, 0.0)
    return OrderState(
        company=CompanyId(one.company),
        key=one.case,
        state="{}",
        phase=phase or one.phase,
        vehicle=one.vehicle,
        driver=one.driver,  # type: ignore[arg-type]
        expected_arrival=one.arrival,
        destination=Place(lon, lat) if one.destination else None,
        destination_text=text,
        updated_at=one.at,
    )


def _event(
    one: Ride,
    rule: str,
    reason: str | None,
    kind: EventKind,
    because: Because | None,
    register_to: Instant | None,
) -> QueueEvent:
    said = _finding_event(one, rule, reason, kind, because, register_to)
    return QueueEvent(
        kind=kind,
        finding=said.finding.id,
        judgement=said.finding.judgement,
        rule=said.finding.rule,
        reason=reason,
        company=said.finding.company,
        order=said.finding.order,
        login=said.finding.login,
        vehicle=one.vehicle,
        driver=said.finding.driver,
        last4=said.finding.last4,
        stage=one.stage,
        at=one.at,
        raised_at=said.raised_at,
        disputed=False,
        district=said.district,
        place=one.place,
        destination=said.destination,
        destination_text=said.destination_text,
        expected_arrival=one.arrival,
        because=None,
        document=encode_violation(said).decode(),
        arrived_at=Instant(one.at + SECOND),
        origin="enforcement.violations/0@1",
    )


def _finding_event(
    one: Ride,
    rule: str,
    reason: str | None,
    kind: EventKind,
    because: Because | None,
    register_to: Instant | None,
) -> FindingEvent:
    text, lon, lat = one.destination or ("", 0.0, 0.0)
    return FindingEvent(
        kind=kind,
        finding=_finding(one, rule, reason, kind),
        raised_at=Instant(one.at + SECOND),
        caused_at=Instant(one.at + SECOND),
        because=because,
        register_complete_to=register_to or Instant(one.at + 20 * SECOND),
        destination=Place(lon, lat) if one.destination else None,
        destination_text=text,
        expected_arrival=one.arrival,
        district=AREAS.district(one.place) if one.place else None,
        times_since_removal=2 if rule == "re_offence" else None,
    )


def _finding(one: Ride, rule: str, reason: str | None, kind: EventKind) -> Finding:
    failed = dict(one.rules)
    subjects = {
        "vehicle_permit": one.vehicle,
        "driver_certificate": one.driver,
        "re_offence": "city/2026-0312",
    }
    subject = subjects.get(rule, one.case)
    return Finding(
        id=FindingId(finding_id(_KEY, one.company, one.case, rule, subject)),
        judgement=judgement_of(one.case, rule, kind),
        company=CompanyId(one.company),
        order=OrderNumber(one.order) if one.order else None,
        login=None if one.order else LoginString(one.case),
        rule=RuleId(rule),
        subject=subject,
        status=Status.VIOLATION,
        reason=reason,
        stage=one.stage,
        stages=(Stage.MATCH, Stage.DEPART) if one.stage is Stage.DEPART else (one.stage,),
        at=one.at,
        disputed=False,
        vehicle=one.vehicle,
        driver=one.driver,  # type: ignore[arg-type]
        last4=last4(DriverNumber(one.number)),
        limits_from="2016-11-01",
        legal_basis=_TITLES[RuleId(rule)].legal_basis,
        vehicle_permit=_evidence(one, "vehicle_permit", failed),
        driver_certificate=_evidence(one, "driver_certificate", failed) if one.number else None,
        place=one.place,
        origins=(Origin("feed.qinghe.orders", 0, 8123, 0), Origin("feed.qinghe.orders", 0, 8127, 2)),
    )


def _evidence(one: Ride, kind: str, failed: dict[str, str | None]) -> LicenceEvidence:
    number = "沪交运管许可310115" + format(abs(hash(one.vehicle)) % 10**6, "06d")
    if kind == "driver_certificate":
        number = f"…{one.number[-4:]}·{one.driver}"
    ends = Instant(start_of(date(2027, 2, 28)) + DAY)
    if kind not in failed:
        return LicenceEvidence(answer="held", certificate=Certificate(number), to=ends)
    reason = Reason(failed[kind] or "never")
    if reason is Reason.NEVER:
        return LicenceEvidence(answer="not_held", reason=reason)
    ended = start_of(date(2026, 3, 1)) if reason is Reason.EXPIRED else ends
    return LicenceEvidence(answer="not_held", reason=reason, certificate=Certificate(number), to=ended)
