"""Reports, statements and a court over them, as short as a test wants to say them.

Noon is 12:00 on 2 March 2026 in Shanghai. Times are written as minutes from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from regulator.domain.drivers import NO_DRIVER, Driver
from regulator.domain.episodes import Episode, EpisodeEvent, EpisodeNumber, EpisodeStep
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
from regulator.domain.limits import Limits
from regulator.domain.orders import Booking, CompanyId, Ending, OrderNumber, Report, Stage, Trip
from regulator.domain.places import Datum, RawPlace
from regulator.domain.plates import NOBODY, Plate
from regulator.domain.register import (
    EpisodeWithdrawal,
    Heartbeat,
    Mileage,
    RegisterMessage,
    Source,
    Sources,
    Withdrawal,
)
from regulator.joins.register_index import RegisterIndex
from regulator.joins.statements import StatementBook
from regulator.judging.conclusions import judge
from regulator.judging.court import Court
from regulator.judging.hearing import Hearing
from regulator.judging.judged import Judged
from regulator.judging.law import Law, by_stage
from regulator.judging.order_book import OrderBook
from regulator.rules.catalogue import IN_FORCE
from regulator.rules.rule import Facts, Rule

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


class Squares:
    """Areas that are squares of one degree, by the corner in the south-west."""

    def __init__(self, corners: Mapping[str, tuple[int, int]]) -> None:
        self._corners = corners

    def holds(self, code: str, place: RawPlace) -> bool | None:
        """Tell whether a square holds a place."""
        corner = self._corners.get(code)
        if corner is None:
            return None
        east, north = place.lon_e6 / 1e6 - corner[0], place.lat_e6 / 1e6 - corner[1]
        return 0 <= east <= 1 and 0 <= north <= 1


CITY_AREA, COUNTY_AREA = "310000", "320500"
AREAS = Squares({CITY_AREA: (121, 31), COUNTY_AREA: (120, 31)})
IN_CITY = RawPlace(121_500_000, 31_500_000, Datum.WGS_84)
IN_COUNTY = RawPlace(120_500_000, 31_500_000, Datum.WGS_84)
ABROAD = RawPlace(118_500_000, 31_500_000, Datum.WGS_84)


def a_statement(
    *periods: Period,
    kind: LicenceKind = LicenceKind.VEHICLE_PERMIT,
    subject: str = CAR,
    certificate: str = "one",
    source: str = CITY,
    sequence: int = 1,
    area: str = "",
    first_registered: date | None = None,
) -> Statement:
    """Return a source's word on one certificate; without periods it says that there is none."""
    return Statement(
        source=SourceName(source),
        kind=kind,
        certificate=Certificate(certificate),
        subject=Subject(subject),
        sequence=sequence,
        periods=periods,
        area=area,
        first_registered=first_registered,
    )


PENALISED, REMOVED, LIFTED = EpisodeStep


def an_episode(
    *steps: tuple[EpisodeStep, float],
    vehicle: str = CAR,
    driver: str = "",
    number: str = "one",
    source: str = CITY,
    sequence: int = 1,
) -> Episode:
    """Return an episode with steps so many minutes from noon."""
    return Episode(
        source=SourceName(source),
        number=EpisodeNumber(number),
        sequence=sequence,
        events=tuple(EpisodeEvent(step, minutes(at)) for step, at in steps),
        vehicle=Plate(vehicle) if vehicle else NOBODY,
        driver=Driver(driver) if driver else NO_DRIVER,
    )


def an_episode_withdrawal(number: str = "one", sequence: int = 1) -> EpisodeWithdrawal:
    """Return that the city takes an episode back."""
    return EpisodeWithdrawal(source=CITY, number=EpisodeNumber(number), sequence=sequence)


def driven(kilometres: float, at: float = 0, vehicle: str = CAR) -> Mileage:
    """Return how far a car had been driven, so many minutes from noon."""
    return Mileage(vehicle=Plate(vehicle), at=minutes(at), kilometres=kilometres)


def a_withdrawal(sequence: int = 1, **facts: Any) -> Withdrawal:
    """Return that a source takes its word back."""
    about = {"source": CITY, "kind": LicenceKind.VEHICLE_PERMIT, "certificate": "one", **facts}
    return Withdrawal(**about, sequence=sequence)


def a_source(name: str = "city", **facts: Any) -> Source:
    """Return a required source that may state everything and has no grace."""
    settings = {"kinds": frozenset([*LicenceKind, "episode"]), "precedence": 1, "required": True, "grace": 0}
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
    """Return a report from the city, so many minutes from noon."""
    facts = {"place": IN_CITY, **facts}
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
        *stated: Statement | Episode,
        vouched: float | None = 1000,
        rules: Sequence[Rule] = IN_FORCE,
        declared: Sources | None = None,
        limits: Limits | None = None,
    ) -> None:
        index = RegisterIndex(declared or sources())
        self.law = Law(
            register=index,
            rules=by_stage(rules),
            limits=limits or Limits(),
            areas=AREAS,
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

    def facts(
        self,
        report: Report,
        *others: Report,
        booking: Booking | None = None,
        arrived: Ending | None = None,
        case: str = "order-1",
    ) -> Facts:
        """Return what a rule is asked about a report of an order that has others too."""
        trip = Trip((*others, report), booking, arrived)
        return Facts(SUNNY, case, report, trip, self.law.register, AREAS, self.law.limits)

    def tell(self, mileage: Mileage, at: float = 0) -> None:
        """Follow what a platform tells of a car."""
        self.court.follow(mileage, minutes(at))

    def say(self, message: RegisterMessage, at: float = 0) -> None:
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
        a_statement(period(), subject=CAR, certificate="v", area=CITY_AREA, **besides),
        a_statement(period(), kind=LicenceKind.DRIVER_CERTIFICATE, subject=LI, certificate="d", **besides),
    )
