"""An officer decides about a disputed finding, in a real browser; the others see it without reload."""

import pytest
from playwright.sync_api import expect

from regulator.store import Store
from tests.browser.conftest import Opened
from tests.builders.archive import City
from tests.builders.law import OTHER_CAR, a_report, a_statement, licensed, period

pytestmark = pytest.mark.browser


def test_a_ruling_is_seen_by_everybody_at_once(store: Store, opened: Opened) -> None:
    company, _, driver = licensed()
    city = City(store, company, driver, a_statement(period(), subject=OTHER_CAR, certificate="w"))
    city.sitting.report(a_report())
    city.sitting.report(a_report(at=1, vehicle=OTHER_CAR))
    city.conclude()
    wang, li = opened(name="王建国"), opened(name="李敏")
    for page in (wang, li):
        page.click(".card .open >> visible=true")
        expect(page.locator(".dispute dd")).to_have_count(2)

    wang.click("button[data-as=unfounded]")

    for page in (wang, li):
        expect(page.locator(".ruled")).to_contain_text("异议成立，线索不成立 · 王建国 310104-0117")
        expect(page.locator("button[data-as=unfounded]")).to_be_disabled()
        expect(page.locator("button[data-as=stands]")).to_be_enabled()
