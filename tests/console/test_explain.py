"""The page that says why: asked by officers, on record, and in both languages."""

import httpx
import pytest
from sqlalchemy import select

from regulator.domain.instants import MINUTE, Instant
from regulator.domain.orders import Report
from regulator.joins.journeys import Phase
from regulator.joins.orders import Filing, Order
from regulator.store import Store
from regulator.store.enforcement import apply_judgements
from regulator.store.orders import OrderState
from regulator.store.schema import audit
from regulator.wire.orders import encode_order
from tests.builders.law import CAR, LI, a_report
from tests.console.running import EVENING

COMPANY = "3101YPZCYS01"


@pytest.fixture
def city(store: Store) -> Store:
    report: Report = a_report()
    order = Order(
        company=COMPANY,  # type: ignore[arg-type]
        arrival=Instant(report.at + MINUTE),
        number="QT0001",  # type: ignore[arg-type]
        reports=[Filing(report, 7, 0)],
    )
    state = OrderState(
        company=order.company,
        key=order.case,
        state=encode_order(order).decode(),
        feed="feed.qinghe.orders",
        phase=Phase.MATCHED,
        vehicle=report.vehicle,
        driver=report.driver,
        expected_arrival=None,
        destination=None,
        destination_text="",
        updated_at=order.arrival,
    )
    with store.writing() as connection:
        apply_judgements(connection, [], [state], at=order.arrival)
    return store


def test_an_order_is_explained_with_reports_register_and_what_would_change_it(
    city: Store, officer: httpx.Client
) -> None:
    page = officer.get("/explain", params={"q": "QT0001"}).text

    for text in ("订单 QT0001", "待定", "feed.qinghe.orders/0@7#0", "没有任何来源的陈述", "登记库已完整"):
        assert text in page
    assert "…002X" in page
    assert LI not in page


def test_a_car_leads_to_its_orders(city: Store, officer: httpx.Client) -> None:
    page = officer.get("/explain", params={"q": CAR}).text

    assert '<a href="/explain?q=QT0001">' in page


def test_who_does_not_say_who_he_is_gets_no_answer(city: Store, visitor: httpx.Client) -> None:
    answer = visitor.get("/explain", params={"q": "QT0001"})

    assert answer.status_code == 400
    assert "请先登记身份" in answer.text
    assert "…002X" not in answer.text


def test_every_question_is_recorded_with_who_asked(city: Store, officer: httpx.Client) -> None:
    officer.get("/explain", params={"q": "QT0001"})

    with city.reading() as connection:
        entries = connection.execute(select(audit.c.at, audit.c.who, audit.c.what, audit.c.subject)).all()
    assert entries == [(EVENING, "王建国 310104-0117", "explain", "QT0001")]


def test_what_nobody_knows_is_said_to_be_unknown(city: Store, officer: httpx.Client) -> None:
    answer = officer.get("/explain", params={"q": "<script>"})

    assert answer.status_code == 404
    assert "没有“&lt;script&gt;”的订单、上线或车辆。" in answer.text


def test_a_time_that_is_none_is_refused_with_an_example(city: Store, officer: httpx.Client) -> None:
    answer = officer.get("/explain", params={"q": "QT0001", "at": "yesterday"})

    assert answer.status_code == 400
    assert "2026-03-02T08:00:00" in answer.text


def test_a_time_may_be_given_as_browsers_write_it(city: Store, officer: httpx.Client) -> None:
    answer = officer.get("/explain?q=QT0001&at=2026-03-02T12:00:00+08:00")

    assert "许可以 2026-03-02 12:00:00 为准" in answer.text
