"""What officers see and do on the board, in a real browser."""

import time

import pytest
from playwright.sync_api import Page, expect

from regulator.clock import now
from regulator.domain.findings import Because
from regulator.domain.instants import MINUTE, SECOND, Instant
from regulator.domain.licences import SourceName
from regulator.domain.places import Place
from regulator.store import Store
from tests.browser.conftest import PHONE, Opened
from tests.console.city import arrive, withdraw, write_freshness, write_positions, write_rides
from tests.console.evening import evening
from tests.console.rides import Ride, ride
from tests.console.running import Running
from tests.fixtures.crowding import crowding

pytestmark = pytest.mark.browser


def _soon(vehicle: str = "沪AD12345", *, minutes: int = 9, **others: object) -> Ride:
    at = now()
    return ride(vehicle, at=Instant(at - MINUTE), arrival=Instant(at + minutes * MINUTE), **others)


def _plates(page: Page, name: str = "road") -> list[str]:
    return page.locator(f"#{name} .card").evaluate_all("cards => cards.map(card => card.dataset.plate)")


def test_a_card_arrives_without_reload_within_a_second_and_in_its_place(store: Store, opened: Opened) -> None:
    write_rides(store, [_soon("沪AD00001", minutes=5), _soon("沪AD00003", minutes=25)], at=now())
    page = opened()

    write_rides(store, [_soon("沪AD00002", minutes=15)], at=now())
    written = time.monotonic()
    page.wait_for_selector('.card[data-plate="沪AD00002"]')
    took = time.monotonic() - written

    assert took < crowding()
    assert _plates(page) == ["沪AD00001", "沪AD00002", "沪AD00003"]
    expect(page.locator("#count-road")).to_have_text("3")
    expect(page.locator('.card[data-plate="沪AD00002"] .eta b')).to_have_text("15 分后到")


def test_a_claim_is_seen_by_the_other_officers_at_once(store: Store, opened: Opened) -> None:
    write_rides(store, [_soon()], at=now())
    wang, li = opened(name="王建国"), opened(name="李敏")

    wang.click(".card .claim")

    expect(li.locator(".card .holder")).to_have_text("王建国 310104-0117 已认领")
    expect(li.locator(".card .claim")).to_be_hidden()
    expect(wang.locator(".card[data-mine]")).to_have_count(1)


def test_who_has_not_said_his_name_is_asked_for_it(store: Store, opened: Opened) -> None:
    write_rides(store, [_soon()], at=now())
    page = opened()

    page.click(".card .claim")

    expect(page.locator('.who input[name="name"]')).to_be_focused()
    expect(page.locator(".card .claim")).to_be_visible()


def test_a_withdrawn_card_disappears_from_every_screen_with_the_reason(store: Store, opened: Opened) -> None:
    one = _soon()
    write_rides(store, [one], at=now())
    pages = [opened(), opened(size=PHONE)]
    pages[0].click(".card .open")
    expect(pages[0].locator(".file h2")).to_be_visible()

    withdraw(
        store, one, at=now(), because=Because(source=SourceName("vehicle-permits"), kind="vehicle_permit")
    )

    for page in pages:
        expect(page.locator(".card")).to_have_count(0)
        expect(page.locator("#notices")).to_contain_text("预警已撤回：vehicle-permits 登记了车辆运输证")
        expect(page.locator("#road .empty")).to_be_visible()
    expect(pages[0].locator(".file")).to_have_count(0)


def test_an_arrived_ride_moves_to_the_desk_list(store: Store, opened: Opened) -> None:
    one = _soon()
    write_rides(store, [one], at=now())
    page = opened()

    arrive(store, one, at=now())

    expect(page.locator("#desk .card")).to_have_count(1)
    expect(page.locator("#road .card")).to_have_count(0)
    page.click("#tab-desk")
    expect(page.locator("#desk .card .phase")).to_have_text("已到达")


def test_the_file_shows_both_licences_and_the_map_the_car_with_its_age(store: Store, opened: Opened) -> None:
    write_rides(store, [_soon()], at=now())
    write_positions(store, [("沪AD12345", Place(121.46, 31.22), Instant(now() - 12 * SECOND))])
    page = opened()

    page.click(".card .open")

    expect(page.locator('.both [data-mark="failed"]')).to_contain_text("已过期")
    expect(page.locator('.both [data-mark="held"]')).to_contain_text("有效")
    expect(page.locator(".car[data-chosen] text").first).to_have_text("沪A·D12345")
    expect(page.locator(".car[data-chosen] text").last).to_contain_text("秒前")
    expect(page.locator("#course path")).to_have_count(1)
    assert page.url.endswith(f"?card={page.locator('.card').get_attribute('data-id')}")


def test_a_car_on_the_map_opens_its_file(store: Store, opened: Opened) -> None:
    write_rides(store, [_soon()], at=now())
    write_positions(store, [("沪AD12345", Place(121.46, 31.22), now())])
    page = opened()

    page.click(".car .dot")

    expect(page.locator(".file h2")).to_have_text("沪A·D12345")
    expect(page.locator(".card[aria-current]")).to_have_count(1)


def test_the_map_zooms_and_pans(store: Store, opened: Opened) -> None:
    page = opened()
    before = page.locator("#ground").get_attribute("transform") or ""

    page.hover("#sheet")
    page.mouse.wheel(0, -400)
    page.wait_for_function(
        "before => document.getElementById('ground').getAttribute('transform') !== before", arg=before
    )
    zoomed = page.locator("#ground").get_attribute("transform") or ""
    page.mouse.down()
    page.mouse.move(900, 300, steps=4)
    page.mouse.up()
    page.wait_for_function(
        "before => document.getElementById('ground').getAttribute('transform') !== before", arg=zoomed
    )

    moved = page.locator("#ground").get_attribute("transform") or ""
    assert zoomed.split()[0] == moved.split()[0]


def test_a_dead_connection_is_told_and_heals_without_loss(
    store: Store, console: Running, opened: Opened
) -> None:
    page = opened()

    console.cut()
    expect(page.locator('[data-warning="broken"]')).to_be_visible(timeout=30000)
    write_rides(store, [_soon()], at=now())
    console.heal()

    expect(page.locator(".card")).to_have_count(1, timeout=30000)
    expect(page.locator('[data-warning="broken"]')).to_be_hidden()


def test_a_silent_feed_and_a_register_behind_are_told(store: Store, opened: Opened) -> None:
    page = opened()
    expect(page.locator('[data-warning="feed"]')).to_be_hidden()

    write_freshness(store, feed=Instant(now() - 5 * MINUTE), register=now())

    expect(page.locator('[data-warning="feed"]')).to_contain_text("没有新预警不等于没有违规", timeout=30000)


def test_the_keyboard_is_enough(store: Store, opened: Opened) -> None:
    write_rides(store, [_soon("沪AD00001", minutes=5), _soon("沪AD00002", minutes=15)], at=now())
    page = opened(name="王建国")

    page.locator(".card .open").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("c")
    expect(page.locator('.card[data-plate="沪AD00002"][data-mine]')).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".file h2")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator(".file")).to_have_count(0)
    expect(page.locator('.card[data-plate="沪AD00002"] .open')).to_be_focused()


def test_an_officer_closes_a_card_from_its_file(store: Store, opened: Opened) -> None:
    write_rides(store, [_soon()], at=now())
    page = opened(name="王建国")
    page.click(".card .open")
    page.select_option("#closing", "missed")

    page.click('[data-act="close"]')

    expect(page.locator(".card")).to_have_count(0)
    expect(page.locator("#notices")).to_contain_text("未能拦截")


def test_english_by_a_switch(store: Store, opened: Opened) -> None:
    write_rides(store, [_soon()], at=now())
    page = opened()

    page.click(".tongue button")
    page.wait_for_selector('html[lang="en"]')
    write_rides(store, [_soon("沪AD00002")], at=now())

    expect(page.locator(".card")).to_have_count(2)
    expect(page.locator("#road .card .chips").first).to_contain_text("Vehicle without permit")
    expect(page.locator("#light")).to_have_text("Live")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_phone_shows_everything_without_scrolling_sideways(
    store: Store, opened: Opened, language: str
) -> None:
    rides, cars = evening(now(), count=40)
    write_rides(store, rides, at=now())
    write_positions(store, cars)
    page = opened(size=PHONE, language=language)

    for view in ("#tab-desk", "#tab-map", "#tab-road"):
        page.click(view)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#road .open").first.click()
    expect(page.locator(".file h2")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click(".back")
    expect(page.locator("#road .card").first).to_be_visible()


def test_everything_that_can_be_pressed_has_a_name(store: Store, opened: Opened) -> None:
    write_rides(store, [_soon()], at=now())
    page = opened()
    page.click(".card .open")
    page.wait_for_selector(".file")

    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, a, input:not([type=hidden]), select, [tabindex="0"]')]
            .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length))
            .map(e => e.outerHTML)"""
    )

    assert nameless == []


def test_the_dark_is_dark(opened: Opened) -> None:
    page = opened(scheme="dark")

    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert colour == "rgb(11, 16, 21)"
