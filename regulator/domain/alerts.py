"""Alerts (预警): the open card of one car and driver, which their findings join. What officers see.

A half that nobody can identify must not throw strangers onto one card: then the company, and where
nothing is identifiable the order, tells cards apart.
"""

from enum import StrEnum
from hashlib import sha256
from typing import NewType

from regulator.domain.drivers import Driver
from regulator.domain.findings import FindingId
from regulator.domain.instants import Instant
from regulator.domain.orders import CompanyId
from regulator.domain.plates import Plate

AlertId = NewType("AlertId", str)
Pair = NewType("Pair", str)
"""Whose card it is: at most one card of a pair is open."""


class ClosedBecause(StrEnum):
    """Why a card was closed."""

    WITHDRAWN = "withdrawn"
    """No finding on it stands any more."""
    HANDLED = "handled"
    """An officer is done with it."""


def pair_of(vehicle: Plate, driver: Driver, *, company: CompanyId, case: str) -> Pair:
    """Name the pair that a finding is about; ``case`` is its order number or login string."""
    parts = [vehicle, driver]
    if not (vehicle and driver):
        parts.append(company)
    if not (vehicle or driver):
        parts.append(case)
    return Pair("|".join(parts))


def alert_id(pair: Pair, first: FindingId, raised_at: Instant) -> AlertId:
    """Return a card's identity: the same whenever the same first finding is read again."""
    return AlertId(sha256(f"{pair}\x1f{first}\x1f{raised_at}".encode()).hexdigest()[:32])
