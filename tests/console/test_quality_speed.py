"""What a month of five platforms costs on the page of data quality."""

import time
from datetime import date, timedelta

from regulator.console.quality.report import report
from regulator.domain.instants import HOUR, Instant
from regulator.domain.limits import Limits
from regulator.quality.rhythm import patience_of
from regulator.store import Store
from regulator.store.schema import feed_hours, quality_days
from regulator.wire.ministry.table import TYPES
from tests.console.running import EVENING

COMPANIES = {f"3101YPZCYS0{number}": f"platform{number}" for number in range(1, 6)}
LAST = date(2026, 3, 6)
FIRST = LAST - timedelta(30)
KINDS = [("handled", ""), ("repeated", ""), ("nonconforming", ""), ("untimely", "OrderTime")]
FLAWS = [("missing_field", "OrderId"), ("bad_field", "VehicleNo"), ("repaired", "LicenseId")]


def test_a_month_of_five_platforms_is_read_within_three_tenths_of_a_second(store: Store) -> None:
    fill(store)

    assert min(read(store) for _ in range(3)) < 0.3


def test_of_another_dialect_nothing_is_said_that_its_table_does_not_say(store: Store) -> None:
    fill(store)
    with store.reading() as connection:
        said = report(
            connection,
            COMPANIES,
            first=FIRST,
            last=LAST,
            now=EVENING,
            patience=patience_of(Limits(), EVENING),
            other_dialects={"platform2"},
        )

    total = said.total["platform2"]
    assert (total.ratio("completeness").value, total.ratio("timeliness").value) == (None, None)
    assert total.ratio("conformance").value == said.total["platform1"].ratio("conformance").value
    assert said.total["platform1"].ratio("completeness").value is not None


def fill(store: Store) -> None:
    days = [
        {
            "day": (FIRST + timedelta(day)).isoformat(),
            "topic": f"feed.{slug}.orders",
            "company": company,
            "type": one.name,
            "what": what,
            "field": field,
            "number": 1000,
        }
        for company, slug in COMPANIES.items()
        for day in range(31)
        for one in TYPES[:20]
        for what, field in KINDS + FLAWS
    ]
    hours = [
        {
            "topic": f"feed.{slug}.{kind}",
            "hour": (at := EVENING // HOUR * HOUR - back * HOUR),
            "messages": 3600,
            "records": 3600,
            "handled": 3600,
            "untimely": 9,
            "newest_at": at + HOUR - 1,
        }
        for slug in COMPANIES.values()
        for kind in ("orders", "positions")
        for back in range(31 * 24)
    ]
    with store.writing() as connection:
        connection.execute(quality_days.insert(), days)
        connection.execute(feed_hours.insert(), hours)


def read(store: Store) -> float:
    """Seconds of this thread's own work, whatever else the machine does."""
    began = time.thread_time()
    with store.reading() as connection:
        patience = patience_of(Limits(), EVENING)
        said = report(connection, COMPANIES, first=FIRST, last=LAST, now=Instant(EVENING), patience=patience)
    assert said.total["platform3"].records.handled == 31 * 20 * 1000
    return time.thread_time() - began
