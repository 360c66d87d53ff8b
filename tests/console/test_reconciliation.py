"""The page that says whether the database still tells the truth."""

from datetime import date

import httpx

from regulator.domain.findings import FindingId
from regulator.domain.instants import MINUTE, Instant
from regulator.store import Store
from regulator.store.reconciliation import Difference, ReconciliationStore, Stands, Tally
from tests.console.running import EVENING

STANDS = Stands(
    rule="vehicle_permit",
    subject="沪AD12345",
    reason="expired",
    stage="match",
    stages=("match", "depart"),
    at=Instant(EVENING - 90 * MINUTE),
    disputed=False,
)
LOST = Difference(order_key="3101YPZCYS01|订单-7", finding=FindingId("f" * 32), replayed=STANDS, stored=None)


def compared(store: Store, *differences: Difference) -> None:
    tally = Tally(orders=1234, findings=56, not_comparable=7, differences=len(differences))
    with store.writing() as connection:
        kept = ReconciliationStore(connection)
        number = kept.begin(date(2026, 3, 5), at=EVENING)
        kept.finish(number, tally, differences, at=EVENING)


def test_before_the_first_night_it_says_so(visitor: httpx.Client) -> None:
    page = visitor.get("/reconciliation").text

    assert "尚未核对过" in page
    assert "没有待复判的订单" in page


def test_it_says_that_nothing_differs_and_when_that_was(store: Store, visitor: httpx.Client) -> None:
    compared(store)

    page = visitor.get("/reconciliation").text

    for text in ("零差异", "2026-03-05 的订单，18:42 完成", "1234", "<td>56</td>", "<td>7</td>"):
        assert text in page


def test_it_names_each_difference_in_the_visitors_language(store: Store, visitor: httpx.Client) -> None:
    compared(store, LOST)
    page = visitor.get("/reconciliation").text
    for text in (
        "1 条差异",
        "3101YPZCYS01 订单-7",
        "车辆无运输证",
        "已过期 · 派单/发车 · 17:12:07",
        "无此线索",
    ):
        assert text in page

    visitor.cookies.set("language", "en")
    page = visitor.get("/reconciliation").text
    for text in ("1 differences", "expired · match/depart", "<td>nothing</td>"):
        assert text in page


def test_a_comparison_that_was_not_finished_is_not_shown(store: Store, visitor: httpx.Client) -> None:
    with store.writing() as connection:
        ReconciliationStore(connection).begin(date(2026, 3, 5), at=EVENING)

    assert "尚未核对过" in visitor.get("/reconciliation").text


def test_the_board_leads_there(visitor: httpx.Client) -> None:
    assert 'href="/reconciliation"' in visitor.get("/").text
