"""An order, or a login, as it stands: everything its platform reported and what was found.

The set of records decides, never the order in which they came: whatever is kept of several is
chosen by event time and, between equals, by content.
"""

from collections.abc import Iterator
from functools import partial
from typing import TypeVar

import msgspec

from regulator.domain.feed import Accepted, Payment
from regulator.domain.findings import EventKind, FindingId, LoginString, RuleId, Status
from regulator.domain.instants import Instant, to_digits
from regulator.domain.orders import Booking, CompanyId, Ending, OrderNumber, Report, Stage, Trip

_Part = TypeVar("_Part", Booking, Ending)


class Filing(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A report and where it came from: offset and index on the feed's partition."""

    report: Report
    offset: int
    index: int


class Seen(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A record's content, as a digest, and where it came from first."""

    digest: int
    offset: int
    index: int


class Filed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was last concluded about one finding, and last said about it on the queue.

    ``event`` is None for what was never on the queue.
    """

    rule: RuleId
    subject: str
    status: Status
    judgement: str
    reason: str | None
    stage: Stage
    stages: tuple[Stage, ...]
    at: Instant
    disputed: bool = False
    event: EventKind | None = None
    raised_at: Instant | None = None

    @property
    def standing(self) -> bool:
        """Tell whether the finding stands on the queue."""
        return self.event is not None and self.event is not EventKind.WITHDRAWN


class Mark(msgspec.Struct, frozen=True, gc=False):
    """How an order stood: reports and contents seen are only ever added."""

    arrival: Instant
    reports: int
    seen: int
    booking: Booking | None
    arrived: Ending | None
    ending: Ending | None


class Order(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One order (``number``) or one login (``login``) of one company.

    ``arrival`` is that of its newest record; ``arrived`` its last operateArrive, ``ending`` whatever
    ended it last. ``given`` numbers the newest life that was given back to it (``united``).
    """

    company: CompanyId
    arrival: Instant
    number: OrderNumber | None = None
    login: LoginString | None = None
    reports: list[Filing] = []
    booking: Booking | None = None
    arrived: Ending | None = None
    ending: Ending | None = None
    seen: list[Seen] = []
    filed: dict[FindingId, Filed] = {}
    given: int = 0

    @property
    def case(self) -> str:
        """The order's number, or the login string."""
        return self.number or self.login or ""

    @property
    def key(self) -> str:
        """What identifies it among all: company and case."""
        return key_of(self.company, self.case)

    @property
    def trip(self) -> Trip:
        """What a rule may ask of it, beside the report that is judged."""
        return Trip(tuple(self._reported()), self.booking, self.arrived)

    def mark(self) -> Mark:
        """Return how it stands, for ``back_to``."""
        return Mark(self.arrival, len(self.reports), len(self.seen), self.booking, self.arrived, self.ending)

    def has_grown(self, mark: Mark) -> bool:
        """Tell whether anything that a rule may ask was added since a mark."""
        return (
            len(self.reports) > mark.reports
            or self.booking is not mark.booking
            or self.arrived is not mark.arrived
        )

    def back_to(self, mark: Mark) -> None:
        """Forget every record that was taken in since a mark."""
        self.arrival, self.booking = mark.arrival, mark.booking
        self.arrived, self.ending = mark.arrived, mark.ending
        del self.reports[mark.reports :]
        del self.seen[mark.seen :]

    def first_seen(self, digest: int) -> tuple[int, int] | None:
        """Return offset and index of the first record with this content."""
        for seen in self.seen:
            if seen.digest == digest:
                return seen.offset, seen.index
        return None

    def add(self, record: Accepted, *, arrival: Instant, offset: int) -> Report | None:
        """Take in a record that was not seen before; return the report that it makes, if it makes one."""
        if arrival > self.arrival:
            self.arrival = arrival
        self.seen.append(Seen(record.digest, offset, record.index))
        fact = record.fact
        if isinstance(fact, Report):
            return self.file(fact, offset, record.index)
        if isinstance(fact, Booking):
            self.booking = newer(self.booking, fact)
        elif isinstance(fact, Ending):
            self.ending = newer(self.ending, fact)
            if not fact.cancelled:
                self.arrived = newer(self.arrived, fact)
        elif isinstance(fact, Payment):
            self.ending = newer(self.ending, Ending(at=fact.ended_at or fact.report.at))
            return self.file(fact.report, offset, record.index)
        return None

    def file(self, report: Report, offset: int, index: int) -> Report:
        """Keep a report; one without a usable time at the first arrival of its stage with this pair."""
        if not report.timed and (first := next(filter(partial(_is_same, report), self._reported()), None)):
            report = msgspec.structs.replace(report, at=first.at)
        self.reports.append(Filing(report, offset, index))
        return report

    def _reported(self) -> Iterator[Report]:
        return (filing.report for filing in self.reports)


def _is_same(report: Report, other: Report) -> bool:
    """Tell whether two reports without a usable time are of one event: then it was when the first arrived."""
    known = (other.timed, other.stage, other.vehicle, other.driver)
    return known == (report.timed, report.stage, report.vehicle, report.driver)


def key_of(company: CompanyId, case: str) -> str:
    """Return the key of an order or login."""
    return f"{company}|{case}"


def login_string(report: Report) -> LoginString:
    """Name a login by plate, driver and time; a half that is not identifiable is empty."""
    return LoginString(f"{report.vehicle}|{report.driver}|{to_digits(report.at)}")


def case_key(record: Accepted) -> str | None:
    """Return the key of the order or login that a record belongs to; None for other records."""
    if record.fact is None:
        return None
    if record.order is not None:
        return key_of(record.company, record.order)
    if isinstance(record.fact, Report):
        return key_of(record.company, login_string(record.fact))
    return None


def opened(record: Accepted, arrival: Instant) -> Order:
    """Return the order or login that a record is the first of, without it."""
    login = login_string(record.fact) if record.order is None and isinstance(record.fact, Report) else None
    return Order(company=record.company, arrival=arrival, number=record.order, login=login)


def newer(present: _Part | None, other: _Part) -> _Part:
    """Return the later; of equals one without a place, which accuses nobody, else by content."""
    return other if present is None else max(present, other, key=_rank)


def _rank(part: Booking | Ending) -> tuple[Instant, bool, bytes]:
    place = part.destination if isinstance(part, Booking) else part.place
    return part.at, place is None, msgspec.json.encode(part)
