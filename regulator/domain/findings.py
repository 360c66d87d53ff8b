"""Findings (违规线索): the machine's conclusions. Never a case, never a penalty.

A finding's identity is for ever the same; its judgement is a hash of the facts used, so that an
unchanged conclusion makes no noise.
"""

import hmac
from enum import StrEnum
from hashlib import sha256
from typing import NewType

import msgspec

from regulator.domain.drivers import Driver
from regulator.domain.instants import Instant
from regulator.domain.licences import Certificate, Reason, SourceName
from regulator.domain.orders import CompanyId, OrderNumber, Origin, Stage
from regulator.domain.places import Place
from regulator.domain.plates import Plate

FindingId = NewType("FindingId", str)
RuleId = NewType("RuleId", str)
LoginString = NewType("LoginString", str)
"""``<plate>|<driver pseudonym>|<14 digits>``"""

_encoder = msgspec.json.Encoder(enc_hook=str)


class Status(StrEnum):
    """How a finding stands."""

    VIOLATION = "violation"
    UNDETERMINED = "undetermined"

    __hash__ = str.__hash__


class EventKind(StrEnum):
    """What happened to a finding on the enforcement queue."""

    RAISED = "raised"
    UPDATED = "updated"
    WITHDRAWN = "withdrawn"

    __hash__ = str.__hash__


class LicenceEvidence(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One licence side by side with the other: was it held, and if not, why."""

    answer: str
    reason: Reason | None = None
    certificate: Certificate | None = None
    to: Instant | None = None


class Because(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """Why an event came without a new report: what the register said."""

    source: SourceName
    kind: str
    certificate: Certificate | None = None
    sequence: int | None = None
    complete_to: Instant | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One conclusion about one order or login, rule and subject, as it stands."""

    id: FindingId
    judgement: str
    company: CompanyId
    order: OrderNumber | None
    login: LoginString | None
    rule: RuleId
    subject: str
    status: Status
    reason: str | None
    stage: Stage
    stages: tuple[Stage, ...]
    at: Instant
    disputed: bool
    vehicle: Plate
    driver: Driver
    last4: str
    limits_from: str
    legal_basis: tuple[str, ...]
    vehicle_permit: LicenceEvidence | None
    driver_certificate: LicenceEvidence | None
    place: Place | None
    origins: tuple[Origin, ...]


def finding_id(key: bytes, *facts: str) -> FindingId:
    """Return the identity of (company, order or login, rule, subject)."""
    return FindingId(hmac.digest(key, "\x1f".join(facts).encode(), "sha256").hex()[:32])


def judgement_of(*facts: object) -> str:
    """Return a hash of the facts a conclusion rests on: the same facts, the same hash on every machine."""
    return sha256(_encoder.encode(facts)).hexdigest()[:16]


class FindingEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the enforcement queue is told about one finding.

    ``caused_at`` is the arrival of what caused it; ``because`` is None where that was a platform's
    report. ``expected_arrival`` is an estimate. ``times_since_removal`` is which re-offence of its
    episode this is by event time, from 1, among those that this judge knows.
    """

    kind: EventKind
    finding: Finding
    caused_at: Instant
    raised_at: Instant
    because: Because | None
    register_complete_to: Instant | None
    destination: Place | None
    destination_text: str
    expected_arrival: Instant | None
    district: str | None
    times_since_removal: int | None = None
