"""Orders and logins as the platforms report them.

A *report* (报送记录) names car, driver and time; it is what a rule judges. The other records of an
order say where it goes and how it ended; officers need that, no licence rule does.
"""

from collections.abc import Sequence, Set
from enum import StrEnum
from typing import NewType

import msgspec

from regulator.domain.drivers import Driver
from regulator.domain.instants import Instant
from regulator.domain.places import RawPlace
from regulator.domain.plates import Plate

CompanyId = NewType("CompanyId", str)
OrderNumber = NewType("OrderNumber", str)


class Stage(StrEnum):
    """The reports of an order or login, in the order in which a ride meets them."""

    LOGIN = "login"
    MATCH = "match"
    DEPART = "depart"
    PAY = "pay"

    __hash__ = str.__hash__  # an enumeration's own is Python, and asked for every record


STAGES = tuple(Stage)


class Origin(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Where a record came from: exact, and enough to find it again."""

    topic: str
    partition: int
    offset: int
    index: int


class Report(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """Who drove what at one stage, and when.

    ``vehicle`` and ``driver`` are blank where the platform named nobody identifiable. ``at`` is
    the event time; where that was unusable it is the first arrival, and ``timed`` is False.
    ``last4`` are the last characters of the driving-licence number, for officers' eyes.
    """

    stage: Stage
    at: Instant
    vehicle: Plate
    driver: Driver
    last4: str = ""
    timed: bool = True
    place: RawPlace | None = None


Pair = tuple[Plate, Driver]
"""A car and its driver, both identifiable."""


class Booking(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """What the passenger ordered (orderCreate)."""

    at: Instant
    depart_at: Instant | None = None
    start: RawPlace | None = None
    destination: RawPlace | None = None
    destination_text: str = ""
    fare_type: str = ""
    """Which of its platform's fares it is charged by; blank where the record does not say."""


class Ending(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """How an order ended: ``cancelled`` (orderCancel) or arrived (operateArrive)."""

    at: Instant
    cancelled: bool = False
    place: RawPlace | None = None


class Trip(msgspec.Struct, frozen=True, gc=False):
    """What else an order's platform reported, beside the report that is judged.

    ``booking`` is the last orderCreate, ``arrived`` the last operateArrive, by event time.
    """

    reports: Sequence[Report]
    booking: Booking | None = None
    arrived: Ending | None = None
    remembered: dict[Stage, Set[Pair]] = {}
    """What ``pairs`` found: of an order that somebody writes a hundred reports on it is asked each time."""

    def pairs(self, stage: Stage) -> Set[Pair]:
        """Return the pairs of identifiable car and driver that the reports of a stage name."""
        found = self.remembered.get(stage)
        if found is None:
            found = self.remembered[stage] = {
                (report.vehicle, report.driver)
                for report in self.reports
                if report.stage is stage and report.vehicle and report.driver
            }
        return found

    def has(self, stage: Stage) -> bool:
        """Tell whether there is any report of a stage."""
        return any(report.stage is stage for report in self.reports)

    @property
    def names_end(self) -> bool:
        """Tell whether any record says where it ends, be it a place that cannot be used."""
        return self.arrived is not None or self.booking is not None

    @property
    def end(self) -> RawPlace | None:
        """Where it ends: as it arrived, else as it was booked; None where no place is known."""
        if self.arrived is not None:
            return self.arrived.place
        return self.booking.destination if self.booking is not None else None
