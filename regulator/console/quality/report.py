"""What the page and the sheet of data quality say, before any language."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, timedelta

import msgspec

from regulator.console.quality.phrases import WHY_NO_CARS, WHY_NO_DRIVERS, WHY_OTHER_DIALECT
from regulator.domain.instants import HOUR, Instant, start_of
from regulator.quality.gaps import gaps_of
from regulator.quality.measures import (
    OrderMeasures,
    Ratio,
    RecordMeasures,
    measure_orders,
    measure_records,
    together,
)
from regulator.quality.orders import Mark
from regulator.quality.rhythm import Patience, Pulse
from regulator.store import Connection
from regulator.store.base_facts import FactKind
from regulator.store.quality import DayCount, QualityStore
from regulator.store.quality_orders import OrderCount, OrderQualityStore
from regulator.wire.ministry.measured import MEASURED

MEASURES = ("completeness", "linkage", "conformance", "timeliness", "truth")


class Measured(msgspec.Struct, frozen=True):
    """The measures of a platform over some days."""

    records: RecordMeasures
    orders: OrderMeasures

    def ratio(self, name: str) -> Ratio:
        """Return one of MEASURES."""
        found: Ratio = getattr(self.orders if name in ("linkage", "truth") else self.records, name)
        return found


class Gap(msgspec.Struct, frozen=True):
    """Hours [from, to) of a day in which a feed sent nothing."""

    day: date
    topic: str
    spans: tuple[tuple[int, int], ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything; platforms by their slugs, in order."""

    days: tuple[date, ...]
    slugs: tuple[str, ...]
    total: Mapping[str, Measured]
    daily: Mapping[tuple[str, date], Measured]
    districts: Mapping[tuple[str, str], OrderMeasures]
    pulses: Mapping[str, Pulse]
    gaps: Sequence[Gap]


def feeds_of(slug: str) -> tuple[str, str]:
    """Return the names of a platform's two feeds, as the contract has them."""
    return f"feed.{slug}.orders", f"feed.{slug}.positions"


def report(
    connection: Connection,
    companies: Mapping[str, str],
    *,
    first: date,
    last: date,
    now: Instant,
    patience: Patience,
    other_dialects: Set[str] = frozenset(),
) -> Report:
    """Read what is known of the days [first, last]; ``companies``: the slug of each company."""
    slugs = tuple(sorted(set(companies.values())))
    days = tuple(first + timedelta(days) for days in range((last - first).days + 1))
    store, orders = QualityStore(connection), OrderQualityStore(connection)
    why = _why_no_truth(orders, companies)
    records = _by_platform(store.days(first, last), slugs)
    marks = _by_group(orders.days(first, last), companies)
    pulses = {one.topic: one for one in store.pulses(now=now, patience=patience)}
    daily = {
        (slug, day): Measured(
            _records(records[slug, day.isoformat()], known=slug not in other_dialects),
            _orders(marks, slug, [day.isoformat()], why),
        )
        for slug in slugs
        for day in days
    }
    return Report(
        days=days,
        slugs=slugs,
        total={slug: _total([daily[slug, day] for day in days], marks, slug, why) for slug in slugs},
        daily=daily,
        districts=_districts(marks, why),
        pulses={topic: pulses[topic] for slug in slugs for topic in feeds_of(slug) if topic in pulses},
        gaps=_gaps(store, slugs, start_of(first), min(now, Instant(start_of(last) + 24 * HOUR))),
    )


_Day = tuple[str, str]
_Numbers = Mapping[Mark, int]
_Marks = Mapping[str, Mapping[str, Mapping[str, _Numbers]]]
"""By slug, day and district."""


def _by_platform(counts: Iterable[DayCount], slugs: Sequence[str]) -> dict[_Day, list[DayCount]]:
    slug_of = {topic: slug for slug in slugs for topic in feeds_of(slug)}
    found: dict[_Day, list[DayCount]] = defaultdict(list)
    for one in counts:
        if one.topic in slug_of:
            found[slug_of[one.topic], one.day].append(one)
    return found


def _by_group(counts: Iterable[OrderCount], companies: Mapping[str, str]) -> _Marks:
    found: dict[str, dict[str, dict[str, dict[Mark, int]]]] = {}
    for one in counts:
        if one.company in companies:
            of_day = found.setdefault(companies[one.company], {}).setdefault(one.day, {})
            numbers = of_day.setdefault(one.district, {})
            marks = Mark(one.marks)
            numbers[marks] = numbers.get(marks, 0) + one.number
    return found


def _why_no_truth(orders: OrderQualityStore, companies: Mapping[str, str]) -> dict[str, str]:
    """Say of platforms that reported none of their cars or drivers why truth cannot be known."""
    cars = {companies.get(one) for one in orders.reporting(FactKind.CAR)}
    drivers = {companies.get(one) for one in orders.reporting(FactKind.DRIVER)}
    return {
        slug: WHY_NO_CARS if slug not in cars else WHY_NO_DRIVERS
        for slug in companies.values()
        if slug not in cars or slug not in drivers
    }


def _records(counts: Sequence[DayCount], *, known: bool) -> RecordMeasures:
    """Measure records; of another dialect nobody says which fields are required, and which tells the time."""
    measured = measure_records(counts, MEASURED)
    if known:
        return measured
    unknown = Ratio(0, 0, WHY_OTHER_DIALECT)
    return msgspec.structs.replace(measured, completeness=unknown, timeliness=unknown)


def _total(days: Sequence[Measured], marks: _Marks, slug: str, why: Mapping[str, str]) -> Measured:
    return Measured(together([one.records for one in days]), _orders(marks, slug, marks.get(slug, {}), why))


def _orders(marks: _Marks, slug: str, days: Iterable[str], why: Mapping[str, str]) -> OrderMeasures:
    of_platform = marks.get(slug, {})
    numbers = _sum(one for day in days for one in of_platform.get(day, {}).values())
    return measure_orders(numbers, why_no_truth=why.get(slug, ""))


def _districts(marks: _Marks, why: Mapping[str, str]) -> dict[tuple[str, str], OrderMeasures]:
    found = {}
    for slug, days in sorted(marks.items()):
        for district in sorted({district for day in days.values() for district in day}):
            numbers = _sum(day.get(district, {}) for day in days.values())
            found[slug, district] = measure_orders(numbers, why_no_truth=why.get(slug, ""))
    return found


def _sum(several: Iterable[_Numbers]) -> dict[Mark, int]:
    sums: dict[Mark, int] = {}
    for numbers in several:
        for marks, number in numbers.items():
            sums[marks] = sums.get(marks, 0) + number
    return sums


def _gaps(store: QualityStore, slugs: Sequence[str], since: Instant, until: Instant) -> list[Gap]:
    hours = store.hours(since, until)
    found = [
        Gap(day, topic, tuple(spans))
        for slug in slugs
        for topic in feeds_of(slug)
        for day, spans in gaps_of(
            [one for one in hours if one.topic == topic], since=since, until=until
        ).items()
    ]
    return sorted(found, key=lambda gap: (gap.day, gap.topic), reverse=True)
