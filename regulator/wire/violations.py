"""The enforcement queue's JSON (contract, section 6.1), schema 1: what outsiders consume."""

import msgspec

from regulator.domain.episodes import number_of
from regulator.domain.findings import EventKind, FindingEvent, LicenceEvidence
from regulator.domain.instants import Instant, day_of, is_midnight, to_rfc3339
from regulator.domain.places import Place

SCHEMA = 1
_RE_OFFENCE = "re_offence"
_encoder = msgspec.json.Encoder()


class DriverShown(msgspec.Struct, frozen=True):
    """A driver as outsiders may know them."""

    id: str
    last4: str


class PlaceShown(msgspec.Struct, frozen=True):
    """WGS-84 degrees."""

    lon: float
    lat: float


class DestinationShown(msgspec.Struct, frozen=True):
    """Where the ride is bound: WGS-84 degrees, unknown if null, and the platform's words."""

    lon: float | None
    lat: float | None
    text: str


class LicenceShown(msgspec.Struct, frozen=True):
    """What the register held of one licence at the violation's time."""

    answer: str
    reason: str | None
    certificate: str | None
    to: str | None


class OriginShown(msgspec.Struct, frozen=True):
    """Where on the feed a report was."""

    topic: str
    partition: int
    offset: int
    index: int


class BecauseShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the register said that made the event."""

    source: str
    kind: str
    certificate: str | None = None
    sequence: int | None = None
    complete_to: str | None = None


class ViolationEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One message of ``enforcement.violations``; its key is ``finding``."""

    schema: int = SCHEMA
    event: EventKind
    finding: str
    judgement: str
    rule: str
    limits_from: str | None
    reason: str | None
    stage: str
    stages: tuple[str, ...]
    disputed: bool
    at: str
    raised_at: str
    company: str
    order: str | None
    login: str | None
    subject: str
    vehicle: str | None
    driver: DriverShown | None
    vehicle_permit: LicenceShown | None
    driver_certificate: LicenceShown | None
    register_complete_to: str | None
    episode: str | None = None
    times_since_removal: int | None = None
    place: PlaceShown | None
    destination: DestinationShown | None
    expected_arrival: str | None
    district: str | None
    legal_basis: tuple[str, ...]
    origins: tuple[OriginShown, ...]
    because: BecauseShown | None


_decoder = msgspec.json.Decoder(ViolationEvent)


def encode_violation(event: FindingEvent) -> bytes:
    """Write one event of a finding."""
    return _encoder.encode(_shown(event))


def decode_violation(payload: bytes) -> ViolationEvent:
    """Read one event; msgspec.ValidationError says what is not as published."""
    return _decoder.decode(payload)


def _shown(event: FindingEvent) -> ViolationEvent:
    finding = event.finding
    return ViolationEvent(
        event=event.kind,
        finding=finding.id,
        judgement=finding.judgement,
        rule=finding.rule,
        limits_from=finding.limits_from or None,
        reason=finding.reason,
        stage=finding.stage,
        stages=finding.stages,
        disputed=finding.disputed,
        at=to_rfc3339(finding.at),
        raised_at=to_rfc3339(event.raised_at),
        company=finding.company,
        order=finding.order,
        login=finding.login,
        subject=finding.subject,
        episode=number_of(finding.subject) if finding.rule == _RE_OFFENCE else None,
        times_since_removal=event.times_since_removal,
        vehicle=finding.vehicle or None,
        driver=DriverShown(finding.driver, finding.last4) if finding.driver else None,
        vehicle_permit=_licence(finding.vehicle_permit),
        driver_certificate=_licence(finding.driver_certificate),
        register_complete_to=_instant(event.register_complete_to),
        place=PlaceShown(finding.place.lon, finding.place.lat) if finding.place else None,
        destination=_destination(event.destination, event.destination_text),
        expected_arrival=_instant(event.expected_arrival),
        district=event.district,
        legal_basis=finding.legal_basis,
        origins=tuple(OriginShown(*msgspec.structs.astuple(origin)) for origin in finding.origins),
        because=_because(event),
    )


def _instant(instant: Instant | None) -> str | None:
    return None if instant is None else to_rfc3339(instant)


def _licence(evidence: LicenceEvidence | None) -> LicenceShown | None:
    if evidence is None:
        return None
    to = None if evidence.to is None else last_day_or_instant(evidence.to)
    return LicenceShown(evidence.answer, evidence.reason, evidence.certificate, to)


def last_day_or_instant(end: Instant) -> str:
    """Write the end of a period as the paper does: its last day, inclusive, where it ends at a midnight."""
    return day_of(Instant(end - 1)).isoformat() if is_midnight(end) else to_rfc3339(end)


def _destination(place: Place | None, text: str) -> DestinationShown | None:
    if place is None and not text:
        return None
    return DestinationShown(place.lon if place else None, place.lat if place else None, text)


def _because(event: FindingEvent) -> BecauseShown | None:
    because = event.because
    if because is None:
        return None
    return BecauseShown(
        because.source, because.kind, because.certificate, because.sequence, _instant(because.complete_to)
    )
