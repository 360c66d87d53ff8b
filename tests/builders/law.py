"""Reports, statements and a court over them, as short as a test wants to say them.

Noon is 12:00 on 2 March 2026 in Shanghai. Times are written as minutes from it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from regulator.domain.drivers import Driver
from regulator.domain.feed import Accepted, Fact, Outcome
from regulator.domain.findings import Finding, FindingEvent
from regulator.domain.instants import MINUTE, Instant, from_rfc3339
from regulator.domain.licences import (
    Certificate,
    LicenceKind,
    Period,
    PeriodState,
    SourceName,
    Statement,
    Subject,
)
from regulator.domain.orders import CompanyId, OrderNumber, Report, Stage
from regulator.domain.plates import Plate
from regulator.domain.register import Heartbeat, Source, Sources, Withdrawal
from regulator.joins.register_index import RegisterIndex
from regulator.joins.statements import StatementBook
from regulator.judging.conclusions import judge
from regulator.judging.court import Court
from regulator.judging.hearing import Hearing
from regulator.judging.judged import Judged
from regulator.judging.law import Law, by_stage
from regulator.judging.order_book import OrderBook
from regulator.limits import Limits
from regulator.rules.catalogue import IN_FORCE
from regulator.rules.rule import Rule

NOON = from_rfc3339("2026-03-02T12:00:00+08:00")
CAR = Plate("沪AD12345")
OTHER_CAR = Plate("沪BK2345")
LI = Driver("3b19c912c058ebba1d0aba5754b1473a")
WANG = Driver("ffffc912c058ebba1d0aba5754b1473a")
SUNNY = CompanyId("3101YPZC0001")
MOON = CompanyId("3101YPZC0002")
CITY = SourceName("city")
FEED = "feed.sunny.orders"

VALID, SUSPENDED, REVOKED, CANCELLED = (
    PeriodState.VALID,
    PeriodState.SUSPENDED,
    PeriodState.REVOKED,
    PeriodState.CANCELLED,
)


def minutes(count: float) -> Instant:
    """Return an instant so many minutes from noon."""
    return Instant(NOON + round(count * MINUTE))


def period(start: float = -1000, end: float | None = 1000, state: PeriodState = VALID) -> Period:
    """Return a period from and to minutes from noon."""
    return Period(minutes(start), None if end is None else minutes(end), state)


def a_statement(
    *periods: Period,
    kind: LicenceKind = LicenceKind.VEHICLE_PERMIT,
    subject: str = CAR,
    certificate: str = "one",
    source: str = CITY,
    sequence: int = 1,
) -> Statement:
    """Return a source's word on one certificate; without periods it says that there is none."""
    return Statement(
        source=SourceName(source),
        kind=kind,
        certificate=Certificate(certificate),
        subject=Subject(subject),
        sequence=sequence,
        periods=periods,
    )


def a_withdrawal(sequence: int = 1, **facts: Any) -> Withdrawal:
    """Return that a source takes its word back."""
    about = {"source": CITY, "kind": LicenceKind.VEHICLE_PERMIT, "certificate": "one", **facts}
    return Withdrawal(**about, sequence=sequence)


def a_source(name: str = "city", **facts: Any) -> Source:
    """Return a required source that may state all licences and has no grace."""
    settings = {"kinds": frozenset(LicenceKind), "precedence": 1, "required": True, "grace": 0}
    return Source(name=SourceName(name), **{**settings, **facts})


def sources(*declared: Source) -> Sources:
    """Return the sources by name; without any, the city alone."""
    return {source.name: source for source in declared or (a_source(),)}


def a_report(
    stage: Stage = Stage.MATCH,
    at: float = 0,
    *,
    vehicle: str = CAR,
    driver: str = LI,
    **facts: Any,
) -> Report:
    """Return a report so many minutes from noon."""
    return Report(
        stage=stage, at=minutes(at), vehicle=Plate(vehicle), driver=Driver(driver), last4="002X", **facts
    )


def accepted(
    fact: Fact | None,
    order: str | None = "order-1",
    *,
    company: CompanyId = SUNNY,
    index: int = 0,
    digest: int = 0,
) -> Accepted:
    """Return a record as the border lets it through; equal facts have equal digests."""
    return Accepted(
        index=index,
        type="any",
        company=company,
        order=OrderNumber(order) if order is not None else None,
        digest=digest or hash((order, fact)) or 1,
        fact=fact,
    )


class HandedOver:
    """A border to which a test hands outcomes: a payload is the number of a hand-over."""

    def __init__(self) -> None:
        self._handed: list[list[Outcome]] = []

    def hand(self, outcomes: Iterable[Outcome]) -> bytes:
        """Return the payload that will be read as these outcomes."""
        self._handed.append(list(outcomes))
        return str(len(self._handed) - 1).encode()

    def read(self, payload: bytes, arrival: Instant) -> list[Outcome]:
        """Return what was handed over."""
        return self._handed[int(payload)]


class Sitting:
    """A court that hears one partition, and a register it follows; concludes when it is told to."""

    def __init__(
        self,
        *stated: Statement,
        vouched: float | None = 1000,
        rules: Sequence[Rule] = IN_FORCE,
        declared: Sources | None = None,
    ) -> None:
        index = RegisterIndex(declared or sources())
        self.law = Law(
            register=index,
            rules=by_stage(rules),
            limits=Limits(),
            finding_key=b"key of findings",
            district=lambda place: None,
        )
        self.court = Court(self.law, index)
        self._statements = StatementBook()
        self.reopen()
        for statement in stated:
            self.say(statement)
        if vouched is not None:
            self.vouch(vouched)
        self.conclude()

    def reopen(self) -> None:
        """Begin anew on the partition, with nothing in memory but the register."""
        self.border = HandedOver()
        self.book = OrderBook(self.law, feed=FEED, partition=0)
        self.hearing = Hearing(self.border, self.book)
        self.court.open(self.hearing)
        self.offset = 0

    def report(
        self,
        report: Fact,
        order: str | None = "order-1",
        *,
        arrival: float = 0,
        offset: int | None = None,
        **where: Any,
    ) -> None:
        """Hear one record."""
        self.hear(accepted(report, order, **where), arrival=arrival, offset=offset)

    def hear(self, *outcomes: Outcome, arrival: float = 0, offset: int | None = None) -> None:
        """Hear one message of several records."""
        payload = self.border.hand(outcomes)
        offset = self.offset if offset is None else offset
        self.hearing.hear(payload, arrival=minutes(arrival), offset=offset)
        self.offset = offset + 1

    def say(self, message: Statement | Withdrawal | Heartbeat, at: float = 0) -> None:
        """Follow what a source says."""
        change = self._statements.take(message)
        if change is not None:
            self.court.follow(change, minutes(at))

    def vouch(self, complete_to: float, source: str = CITY) -> None:
        """Follow a heartbeat."""
        self.say(Heartbeat(source=SourceName(source), complete_to=minutes(complete_to)), complete_to)

    def conclude(self) -> Judged:
        """Judge what was heard and reached."""
        return self.hearing.conclude()

    def events(self) -> list[FindingEvent]:
        """Judge, and return what the queue is told."""
        return self.conclude().events

    def findings(self) -> dict[str, Finding]:
        """Return the findings at rest, by rule and subject."""
        return {
            f"{finding.rule} {finding.subject}": finding
            for order in self.book
            for finding in judge(order, self.law, feed=FEED, partition=0).findings
        }


def licensed(**besides: Any) -> tuple[Statement, ...]:
    """Return statements that give the company, car and driver of every builder their licences."""
    return (
        a_statement(period(), kind=LicenceKind.PLATFORM_PERMIT, subject=SUNNY, certificate="p", **besides),
        a_statement(period(), kind=LicenceKind.VEHICLE_PERMIT, subject=CAR, certificate="v", **besides),
        a_statement(period(), kind=LicenceKind.DRIVER_CERTIFICATE, subject=LI, certificate="d", **besides),
    )
