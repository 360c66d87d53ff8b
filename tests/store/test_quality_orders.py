"""An order counts once, as it was told last, on the day on which it was heard of first."""

from datetime import date
from typing import Any

from regulator.domain.drivers import Driver
from regulator.domain.instants import DAY, Instant, from_rfc3339
from regulator.domain.orders import CompanyId
from regulator.domain.plates import Plate
from regulator.quality.orders import Mark, OrderSeen
from regulator.store import Store
from regulator.store.quality_orders import OrderQualityStore
from regulator.store.schema import base_facts

SUNNY, MOON = CompanyId("3101YPZC0001"), CompanyId("3101YPZC0002")
NOON = from_rfc3339("2026-03-02T12:00:00+08:00")
CAR, LI = Plate("沪AD12345"), Driver("3b19c912c058ebba1d0aba5754b1473a")
NOBODYS = Mark.CAR_UNREPORTED | Mark.DRIVER_UNREPORTED


def order(key: str = "1", marks: Mark = Mark.MATCHED, **facts: Any) -> OrderSeen:
    given: dict[str, Any] = {"company": SUNNY, "arrived_at": NOON, "district": "310106"} | facts
    return OrderSeen(key=key, marks=marks, vehicles=frozenset({CAR}), drivers=frozenset({LI}), **given)


def take(store: Store, *orders: OrderSeen) -> None:
    with store.writing() as connection:
        OrderQualityStore(connection).take(orders)


def report_fare(store: Store, fare_type: str) -> None:
    fact = {"company": SUNNY, "at": NOON, "arrived_at": NOON, "deleted": False, "document": "{}"}
    with store.writing() as connection:
        connection.execute(base_facts.insert(), {**fact, "kind": "fare", "subject": fare_type})


def report(store: Store, company: CompanyId = SUNNY, *, deleted: bool = False) -> None:
    fact = {"company": company, "at": NOON, "arrived_at": NOON, "deleted": deleted, "document": "{}"}
    with store.writing() as connection:
        for kind, subject in (("car", CAR), ("driver", LI)):
            connection.execute(base_facts.insert(), {**fact, "kind": kind, "subject": subject})


def counted(store: Store) -> dict[tuple[str, str, Mark], int]:
    with store.reading() as connection:
        days = OrderQualityStore(connection).days(date(2026, 3, 1), date(2026, 3, 9))
    return {(one.day, one.district, Mark(one.marks)): one.number for one in days}


def test_what_is_told_later_takes_the_place_of_what_was_told(store: Store) -> None:
    take(store, order(), order("2"), order("2", Mark.MATCHED | Mark.DEPARTED))
    take(store, order(marks=Mark.MATCHED | Mark.PAID, district="310115"))
    take(store, order(marks=Mark.MATCHED | Mark.PAID, district="310115"))

    assert counted(store) == {
        ("2026-03-02", "310115", Mark.MATCHED | Mark.PAID | NOBODYS): 1,
        ("2026-03-02", "310106", Mark.MATCHED | Mark.DEPARTED | NOBODYS): 1,
    }


def test_past_midnight_it_stays_on_its_day(store: Store) -> None:
    take(store, order())
    take(store, order(marks=Mark.MATCHED | Mark.PAID, arrived_at=Instant(NOON + DAY)))

    assert [day for day, _, _ in counted(store)] == ["2026-03-02"]


def test_whom_its_platform_reported_is_known(store: Store) -> None:
    report(store)
    take(store, order(), order("2", company=MOON))

    assert {marks for _, _, marks in counted(store)} == {Mark.MATCHED, Mark.MATCHED | NOBODYS}


def test_an_order_at_a_fare_that_its_platform_reported_is_told_from_others(store: Store) -> None:
    report(store)
    report_fare(store, "YS01")
    take(
        store,
        order(fare_type="YS01"),
        order("2", fare_type="YS02"),
        order("3"),
        order("4", company=MOON, fare_type="YS01"),
    )

    assert counted(store) == {
        ("2026-03-02", "310106", Mark.MATCHED): 2,
        ("2026-03-02", "310106", Mark.MATCHED | Mark.FARE_UNREPORTED): 1,
        ("2026-03-02", "310106", Mark.MATCHED | NOBODYS | Mark.FARE_UNREPORTED): 1,
    }


def test_whom_it_took_back_is_not(store: Store) -> None:
    report(store, deleted=True)
    take(store, order())

    assert {marks for _, _, marks in counted(store)} == {Mark.MATCHED | NOBODYS}


def test_who_reported_anybody_is_known(store: Store) -> None:
    report(store)

    with store.reading() as connection:
        assert OrderQualityStore(connection).reporting("car") == {SUNNY}  # type: ignore[arg-type]
