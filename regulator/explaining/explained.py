"""The account of an order, a login or a car, whole; its parts are in ``told``."""

import msgspec

from regulator.domain.orders import Stage
from regulator.explaining.told.findings import FindingTold, Silent, Supposition
from regulator.explaining.told.register import LicenceAnswer, RegisterTold
from regulator.explaining.told.reports import ReportTold


class RefusedTold(msgspec.Struct, frozen=True, kw_only=True):
    """A record that named the order and was refused."""

    topic: str
    partition: int
    offset: int
    index: int
    reason: str
    at: str


class CaseExplained(msgspec.Struct, frozen=True, kw_only=True, tag_field="about", tag="case"):
    """The account of one order or login."""

    company: str
    order: str | None
    login: str | None
    known_by: str | None
    reports: tuple[ReportTold, ...]
    register: RegisterTold
    asked: tuple[LicenceAnswer, ...]
    findings: tuple[FindingTold, ...]
    silent: tuple[Silent, ...]
    would_change: tuple[Supposition, ...]
    refused: tuple[RefusedTold, ...]


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """One of a car's orders or logins, and what it came to."""

    company: str
    order: str | None
    login: str | None
    at: str
    stage: Stage | None
    driver: str | None
    findings: tuple[FindingTold, ...]


class PlateExplained(msgspec.Struct, frozen=True, kw_only=True, tag_field="about", tag="plate"):
    """The account of one car: what the register holds of it, and its latest orders and logins."""

    vehicle: str
    at: str
    known_by: str | None
    register: RegisterTold
    answers: tuple[LicenceAnswer, ...]
    cases: tuple[Came, ...]


class Unknown(msgspec.Struct, frozen=True, kw_only=True, tag_field="about", tag="unknown"):
    """Nothing is held under what was asked for; records that named it may have been refused."""

    asked: str
    refused: tuple[RefusedTold, ...]


Explained = CaseExplained | PlateExplained | Unknown
