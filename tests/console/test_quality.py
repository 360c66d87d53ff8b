"""The page of data quality: figures with numerator and denominator, a dash where nothing can be known."""

from io import BytesIO

import httpx
import msgspec
import pytest
from openpyxl import load_workbook

from regulator.domain.instants import DAY, HOUR, MINUTE, Instant
from regulator.domain.reported import Change, ReportedCar, ReportedDriver, Told
from regulator.quality.orders import Mark, OrderSeen
from regulator.quality.tally import Count, Tally
from regulator.store import Store
from regulator.store.base_facts import BaseFactStore
from regulator.store.quality import QualityStore
from regulator.store.quality_orders import OrderQualityStore
from tests.console.running import EVENING

QINGHE = "3101YPZCYS01"
FEED = "feed.qinghe.orders"
WHOLE = Mark.MATCHED | Mark.DEPARTED | Mark.ARRIVED | Mark.PAID


def told(store: Store, *counts: tuple[str, str, str, int], at: Instant = EVENING, offset: int = 0) -> None:
    """Counts of a type, what, field and number."""
    made = tuple(
        Count(QINGHE if what in ("handled", "repeated") or field else "", type_, what, field, number)
        for type_, what, field, number in counts
    )
    tally = Tally(topic=FEED, partition=0, first=offset, last=offset, arrived_at=at, messages=1, counts=made)
    with store.writing() as connection:
        QualityStore(connection).take([tally], at=at)


def a_day(store: Store) -> None:
    """A thousand arrivals."""
    told(
        store,
        ("operateArrive", "handled", "", 1000),
        ("operateArrive", "repeated", "", 30),
        ("operateArrive", "foreign", "", 5),
        ("operateArrive", "missing_field", "DestLongitude", 40),
        ("operateArrive", "missing_field", "DestTime", 10),
        ("operateArrive", "untimely", "DestTime", 99),
        ("operateArrive", "nonconforming", "", 25),
        ("operateArrive", "bad_field", "DestLatitude", 25),
    )


def an_order(key: str, marks: Mark, *, district: str = "310106", driver: str = "known") -> OrderSeen:
    return OrderSeen(
        company=QINGHE,  # type: ignore[arg-type]
        key=key,
        arrived_at=EVENING,
        district=district,
        vehicles=frozenset({"沪AD12345"}),  # type: ignore[arg-type]
        drivers=frozenset({driver}),  # type: ignore[arg-type]
        marks=marks,
    )


def reported(store: Store) -> None:
    """The platform told of one car and one driver."""
    car = ReportedCar(
        vehicle="沪AD12345",  # type: ignore[arg-type]
        at=EVENING,
        change=Change.ADDED,
        permit="",  # type: ignore[arg-type]
        permit_from=None,
        permit_to=None,
        permit_area="",
        first_registered=None,
        plate_colour="",
        brand="",
        model="",
        colour="",
        seats=None,
        fare_type="",
        active=None,
    )
    driver = ReportedDriver(
        driver="known",  # type: ignore[arg-type]
        at=EVENING,
        change=Change.ADDED,
        last4="",
        certificate="",  # type: ignore[arg-type]
        certificate_from=None,
        certificate_to=None,
        driving_since=None,
        driving_to=None,
        active=None,
    )
    facts = [Told(company=QINGHE, arrived_at=EVENING, fact=fact) for fact in (car, driver)]  # type: ignore[arg-type]
    with store.writing() as connection:
        BaseFactStore(connection).take(facts, least_kilometres=0)


def ordered(store: Store, *orders: OrderSeen) -> None:
    with store.writing() as connection:
        OrderQualityStore(connection).take(orders)


def test_records_are_measured_with_numerator_and_denominator(store: Store, visitor: httpx.Client) -> None:
    a_day(store)

    page = visitor.get("/quality").text

    for text in (
        "<td>1,035</td><td>1,000</td><td>30</td><td>5</td>",
        "7,950 / 8,000",  # completeness: eight required fields a record
        "99.38%",
        "975 / 1,000",  # conformance
        "891 / 990",  # timeliness: ten records do not say when
        "90.00%",
        "<td>operateArrive</td><td>DestTime</td><td>迟报或早报</td><td>99</td>",
        "<td>非本平台</td><td>5</td>",
        "并非官方测评指标",
    ):
        assert text in page, text


def test_orders_are_measured_by_district_and_what_keeps_them_out_is_beside(
    store: Store, visitor: httpx.Client
) -> None:
    reported(store)
    ordered(
        store,
        an_order("1", WHOLE),
        an_order("2", Mark.MATCHED),
        an_order("3", Mark.MATCHED | Mark.CANCELLED),
        an_order("4", WHOLE | Mark.UNLICENSED, district="310115"),
        an_order("5", WHOLE, driver="nobody", district="310115"),
        an_order("6", WHOLE | Mark.UNDETERMINED, district="310115"),
    )

    page = visitor.get("/quality").text

    assert "4 / 5" in page  # linkage: the cancelled one is not expected to depart
    assert "3 / 5" in page  # truth: the undetermined one is not decided
    assert "<b>0.00%</b><small>0 / 2</small></td><td>1</td><td>1</td><td>0</td><td>1</td><td>0</td>" in page


def test_orders_at_a_fare_never_reported_are_counted_beside_truth(
    store: Store, visitor: httpx.Client
) -> None:
    reported(store)
    ordered(store, msgspec.structs.replace(an_order("1", WHOLE), fare_type="YS01"))

    page = visitor.get("/quality").text

    assert "<b>100.00%</b><small>1 / 1</small></td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td>" in page
    assert "运价类型未报" in page


def test_an_order_counts_once_as_it_was_told_last(store: Store, visitor: httpx.Client) -> None:
    reported(store)
    for marks in (Mark.MATCHED, Mark.MATCHED | Mark.DEPARTED, WHOLE, WHOLE):
        ordered(store, an_order("1", marks))

    assert "1 / 1" in visitor.get("/quality").text


def test_without_base_messages_truth_is_a_dash_that_says_why(store: Store, visitor: httpx.Client) -> None:
    ordered(store, an_order("1", WHOLE))

    page = visitor.get("/quality").text

    assert "<b>—</b><small>该平台未报送车辆基本信息</small>" in page


def test_before_anything_came_every_figure_is_a_dash(visitor: httpx.Client) -> None:
    page = visitor.get("/quality").text

    assert "近 14 日无报送" in page
    assert "%</b>" not in page


def test_a_silent_feed_is_shown_and_its_gaps_are(store: Store, visitor: httpx.Client) -> None:
    told(store, ("operateArrive", "handled", "", 1), at=Instant(EVENING - 9 * HOUR))
    told(store, ("operateArrive", "handled", "", 1), at=Instant(EVENING - 40 * MINUTE), offset=1)

    page = visitor.get("/quality").text

    assert '<td data-mark="failed"><b>静默（规律尚在学习，暂按固定阈值）</b></td>' in page
    assert "<td>2026-03-06</td><td>青禾出行（演示）</td><td>订单</td><td>10–18</td>" in page


@pytest.mark.parametrize(
    "asked", ["from=x&to=9999-12-31", "from=2026-03-06&to=2001-01-01", "measure=%3Cb%3E"]
)
def test_a_senseless_question_is_answered_sensibly(store: Store, visitor: httpx.Client, asked: str) -> None:
    a_day(store)

    assert visitor.get(f"/quality?{asked}").status_code == 200


def test_excel_has_the_same_figures_as_numbers(store: Store, visitor: httpx.Client) -> None:
    a_day(store)
    told(store, ("operateArrive", "handled", "", 7), at=Instant(EVENING - DAY), offset=1)

    answer = visitor.get("/quality.xlsx?from=2026-03-05&to=2026-03-06")
    book = load_workbook(BytesIO(answer.content))
    rows = {(row[0], row[1]): row for row in book["逐日"].iter_rows(values_only=True)}

    assert answer.headers["content-disposition"] == 'attachment; filename="quality-20260305-20260306.xlsx"'
    today, before = rows["青禾出行（演示）", "2026-03-06"], rows["青禾出行（演示）", "2026-03-05"]
    assert today[2:6] == (1035, 1000, 30, 5)
    assert today[6:9] == (0.99375, 7950, 8000)
    assert before[2:6] == (7, 7, 0, 0)
    assert rows["云桥约车（演示）", "2026-03-06"][6] == "— 无数据"
    assert ("青禾出行（演示）", "operateArrive", "DestTime", "迟报或早报", 99) in set(
        book["瑕疵"].iter_rows(values_only=True)
    )


def test_in_english_too(store: Store, visitor: httpx.Client) -> None:
    a_day(store)
    visitor.cookies.set("language", "en")

    page = visitor.get("/quality").text

    assert "Completeness" in page
    assert "not official" in page
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in page.split("<h1>")[1].split("<form")[0])
