"""Feed records as they leave the border: attributed, pseudonymised, in one spelling and one datum."""

from enum import StrEnum

import msgspec

from regulator.domain.drivers import Driver
from regulator.domain.instants import Instant
from regulator.domain.orders import Booking, CompanyId, Ending, OrderNumber, Report
from regulator.domain.places import RawPlace
from regulator.domain.plates import Plate
from regulator.domain.register import Mileage
from regulator.domain.reported import Reported


class FeedKind(StrEnum):
    """Which of a platform's two topics a message came on."""

    ORDERS = "orders"
    POSITIONS = "positions"


class Dialect(StrEnum):
    """How a platform writes its messages: the ministry's interface, or a city's own."""

    MINISTRY = "ministry"
    GUANGZHOU = "guangzhou"


class Refusal(StrEnum):
    """Why a record was refused (拒收): it could not be attributed, or our own code failed on it."""

    UNREADABLE = "unreadable"
    UNKNOWN_TYPE = "unknown_type"
    WRONG_TOPIC = "wrong_topic"
    FOREIGN = "foreign"
    UNATTRIBUTABLE = "unattributable"
    DEFECT = "defect"

    __hash__ = str.__hash__


class FlawKind(StrEnum):
    """What is wrong with a record that is handled all the same (瑕疵)."""

    MISSING_FIELD = "missing_field"
    BAD_FIELD = "bad_field"
    CONTRADICTION = "contradiction"
    PERSONAL_DATA = "personal_data"
    UNTIMELY = "untimely"
    REPAIRED = "repaired"

    __hash__ = str.__hash__


class Flaw(msgspec.Struct, frozen=True, gc=False):
    """One flaw of one field, named as the platform names it."""

    field: str
    kind: FlawKind


class Payment(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What a pay says: who drove (a report), and when the ride ended, where it says so."""

    report: Report
    ended_at: Instant | None = None


class Logout(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A car and driver going off line."""

    at: Instant
    vehicle: Plate
    driver: Driver


class BizStatus(StrEnum):
    """What a car was doing, as its platform says (BizStatus 1 to 4)."""

    UNKNOWN = ""
    OCCUPIED = "occupied"
    ON_CALL = "on_call"
    VACANT = "vacant"
    OFF = "off"


class Position(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Where a car or driver was. Speed in km/h, direction in degrees clockwise from north.

    ``vehicle`` or ``driver`` is blank where it is not identifiable; ``place`` is None where it is
    missing, impossible or of an unknown datum.
    """

    at: Instant
    vehicle: Plate
    driver: Driver
    last4: str = ""
    place: RawPlace | None = None
    speed: int | None = None
    direction: int | None = None
    status: BizStatus = BizStatus.UNKNOWN
    order: OrderNumber | None = None


Fact = Report | Booking | Ending | Payment | Logout | Position | Mileage | Reported
"""What a record says that the system uses. A type that is known and not judged has none."""


class Accepted(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A record that will be handled.

    ``digest`` is the same for equal content after repair; 0 for a position that names somebody,
    whose repetitions are known by the second.
    """

    index: int
    type: str
    company: CompanyId
    order: OrderNumber | None
    digest: int
    fact: Fact | None
    flaws: tuple[Flaw, ...] = ()


class Refused(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A record that is not handled, and why. Never holds what the record said."""

    index: int
    type: str
    company: str
    order: str | None
    reason: Refusal


Outcome = Accepted | Refused
