"""The page of data quality on a desk and in a hand."""

import pytest
from playwright.sync_api import expect

from regulator.clock import now
from regulator.domain.instants import DAY, Instant
from regulator.quality.tally import Count, Tally
from regulator.store import Store
from regulator.store.quality import QualityStore
from tests.browser.conftest import DESK, PHONE, Opened

pytestmark = pytest.mark.browser


def fill(store: Store) -> None:
    """Two days of one platform."""
    at = now()
    counts = (
        Count("3101YPZCYS01", "operateArrive", "handled", "", 1000),
        Count("3101YPZCYS01", "operateArrive", "untimely", "DestTime", 20),
    )
    tallies = [
        Tally(
            topic="feed.qinghe.orders",
            partition=0,
            first=days,
            last=days,
            arrived_at=Instant(at - days * DAY),
            messages=1000,
            counts=counts,
        )
        for days in (1, 0)
    ]
    with store.writing() as connection:
        QualityStore(connection).take(tallies, at=at)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_supervisor_chooses_a_measure_and_sees_its_line(
    store: Store, opened: Opened, size: dict[str, int]
) -> None:
    fill(store)
    page = opened(size=size)
    page.click('.menu a[href="/quality"]')
    page.select_option('select[name="measure"]', "timeliness")
    page.click(".asked button")

    expect(page.locator(".chart circle")).to_have_count(2)
    expect(page.locator(".chart polyline")).to_have_count(1)
    expect(page.locator(".quality")).to_contain_text("1,960 / 2,000")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_excel_file_is_taken_along(store: Store, opened: Opened) -> None:
    fill(store)
    page = opened()
    page.click('.menu a[href="/quality"]')

    with page.expect_download() as taken:
        page.click('.asked a[href^="/quality.xlsx"]')

    assert taken.value.suggested_filename.endswith(".xlsx")
