"""Orders that are judged anew are compared with what SQL says of them: what differs is named."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import update

from regulator.domain.findings import Finding
from regulator.joins.orders import Order, Seen
from regulator.judging.conclusions import judge
from regulator.store import Store
from regulator.store.reconciliation import ReconciliationStore, Tally
from regulator.store.reconciling import Compared, compare
from regulator.store.schema import findings
from regulator.wire.orders import decode_order, encode_order
from tests.builders.archive import City
from tests.builders.law import FEED, WANG, a_report, a_statement, licensed, minutes, period


@pytest.fixture
def city(store: Store) -> City:
    """Where one order breaks two rules and another one; SQL knows."""
    city = City(store, *licensed()[::2])
    city.sitting.report(a_report(driver=WANG), "order-1", arrival=1)
    city.sitting.report(a_report(), "order-2", arrival=2)
    city.conclude()
    return city


def replayed(city: City) -> list[Order]:
    """Return the orders as a replay of the feed would make them."""
    return [decode_order(encode_order(order)) for order in city.sitting.book]


def compared(city: City, orders: Sequence[Order] | None = None, *, until: float = 1000) -> Compared:
    def judged(order: Order) -> Sequence[Finding]:
        return judge(order, city.sitting.law, feed=FEED, partition=0).findings

    with city.store.reading() as connection:
        wanted = replayed(city) if orders is None else orders
        return compare(connection, wanted, judged, until=minutes(until))


def spoil(city: City, rule: str, **values: object) -> None:
    with city.store.writing() as connection:
        connection.execute(update(findings).where(findings.c.rule == rule).values(values))


def test_where_sql_says_the_same_nothing_differs(city: City) -> None:
    assert compared(city) == Compared(Tally(orders=2, findings=3), [])


def test_what_sql_does_not_say_any_more_is_named(city: City) -> None:
    spoil(city, "driver_certificate", standing=False)

    [one] = compared(city).differences

    assert (one.stored, one.either.rule, one.either.subject) == (None, "driver_certificate", WANG)
    assert one.order_key.endswith("|order-1")


def test_what_sql_still_says_is_named(city: City) -> None:
    before = replayed(city)
    city.sitting.say(a_statement(period(), certificate="v"))

    differences = compared(city, before).differences

    assert [(one.replayed, one.either.rule) for one in differences] == [(None, "vehicle_permit")] * 2


def test_an_order_that_got_a_record_since_is_another_days(city: City) -> None:
    assert compared(city, until=2).tally == Tally(orders=1, findings=2)


def test_an_order_of_which_the_window_lacks_a_record_is_not_comparable(city: City) -> None:
    orders = replayed(city)
    orders[0].seen = [Seen(4711, 0, 0)]

    assert compared(city, orders).tally == Tally(orders=1, findings=1, not_comparable=1)


def test_an_order_that_sql_never_heard_of_differs_in_what_it_breaks(city: City) -> None:
    city.sitting.report(a_report(at=3), "order-3", arrival=3)
    city.sitting.conclude()

    assert [one.stored for one in compared(city).differences] == [None]


def test_what_was_on_its_way_differs_no_more_at_the_second_look(city: City) -> None:
    city.sitting.report(a_report(at=3), "order-3", arrival=3)
    judged = city.sitting.conclude()
    first = compared(city)
    city.keep_judged(judged)

    again = compared(city, [order for order in replayed(city) if order.number == "order-3"])

    assert first.corrected(again) == Compared(Tally(orders=3, findings=4), [])


def test_a_comparison_is_kept_with_its_differences(city: City) -> None:
    spoil(city, "driver_certificate", standing=False)
    found = compared(city)
    day = date(2026, 3, 2)
    with city.store.writing() as connection:
        kept = ReconciliationStore(connection)
        number = kept.begin(day, at=minutes(0))
        assert not kept.is_done(day)
        kept.finish(number, found.tally, found.differences, at=minutes(1))

        assert kept.is_done(day)
        [newest] = kept.newest()
        assert (newest.day, newest.tally, newest.finished_at) == (day, found.tally, minutes(1))
        assert kept.differences(newest.number) == list(found.differences)
