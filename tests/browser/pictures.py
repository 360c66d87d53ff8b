"""Takes the pictures of the README anew: ``python -m tests.browser.pictures [CHROMIUM]``.

The evening in them is invented (tests/console/evening.py); the pages are the real ones. Reduced to 256
colours afterwards (any tool will do), each is under 200 KB.
"""

import sys
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from regulator.clock import now
from regulator.domain.licences import LicenceKind, Period, PeriodState
from regulator.store import Store, open_store
from tests.browser.conftest import PHONE, introduce
from tests.console.city import valid, write_freshness, write_licence, write_positions, write_rides
from tests.console.evening import evening
from tests.console.rides import Ride
from tests.console.running import Running, running_console

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
_DESK = {"width": 1280, "height": 800}
_FIRST, _LAST = date(2023, 3, 1), date(2027, 2, 28)
_WHOLE = valid(_FIRST, _LAST)
_PERIODS = {
    "held": _WHOLE,
    "expired": valid(_FIRST, date(2026, 2, 28)),
    "not_yet": valid(_LAST, date(2030, 2, 28)),
    **{state: Period(_WHOLE.start, _WHOLE.end, state) for state in PeriodState if state != PeriodState.VALID},
}
"""By the answer that a period gives this evening; who never held a licence has none."""
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]


def main() -> None:
    """Fill a city, open it four ways, and keep what is seen."""
    chromium = sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium"
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/regulator.db")
        _fill(store)
        with running_console(store, now) as console, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
            _claims(browser, console)
            _refresh(store)
            _desk(browser, console, "board-zh", "zh-CN", "light")
            _desk(browser, console, "board-en-dark", "en", "dark")
            _phone(browser, console)
            browser.close()
        store.close()


def _fill(store: Store) -> None:
    rides, cars = evening(now(), count=60)
    write_rides(store, rides, at=now())
    write_positions(store, cars)
    for ride in rides:
        _state(store, ride)


def _state(store: Store, ride: Ride) -> None:
    """Let the register say of car and driver what the findings say that it said."""
    failed = dict(ride.rules)
    for kind, subject in (
        (LicenceKind.VEHICLE_PERMIT, ride.vehicle),
        (LicenceKind.DRIVER_CERTIFICATE, ride.driver),
    ):
        period = _PERIODS.get(failed.get(kind) or "held")
        if subject and period is not None:
            certificate = f"{kind} {subject}"
            write_licence(
                store, kind=kind, subject=subject, certificate=certificate, periods=[period], at=ride.at
            )


def _refresh(store: Store) -> None:
    _, cars = evening(now(), count=60)
    write_positions(store, cars)
    write_freshness(store, feed=now(), register=now())


def _claims(browser: Browser, console: Running) -> None:
    page = _open(browser, console, _DESK, "zh-CN", "light")
    introduce(page, "李敏", "310104-0233")
    for row in (1, 2):
        page.locator("#road .card .claim:visible").nth(row).click()
        page.wait_for_timeout(400)
    page.context.close()


def _desk(browser: Browser, console: Running, name: str, language: str, scheme: str) -> None:
    page = _open(browser, console, _DESK, language, scheme)
    introduce(page, "王建国")
    free = page.locator('#road .card[data-holder=""]').first
    free.locator(".open").click()
    page.wait_for_timeout(1500)
    page.screenshot(path=PICTURES / f"{name}.png")
    page.context.close()


def _phone(browser: Browser, console: Running) -> None:
    page = _open(browser, console, PHONE, "zh-CN", "light")
    introduce(page, "王建国")
    page.wait_for_timeout(1200)
    page.screenshot(path=PICTURES / "phone-list.png")
    page.locator("#road .open").first.click()
    page.wait_for_timeout(800)
    page.screenshot(path=PICTURES / "phone-file.png")
    page.click(".back")
    page.click("#tab-map")
    page.wait_for_timeout(800)
    page.screenshot(path=PICTURES / "phone-map.png")
    page.context.close()


def _open(browser: Browser, console: Running, size: dict[str, int], language: str, scheme: str) -> Page:
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    context.add_cookies([{"name": "language", "value": language, "url": console.address}])
    page = context.new_page()
    page.goto(console.address, wait_until="domcontentloaded")
    page.wait_for_selector('#light[data-state="live"]')
    return page


if __name__ == "__main__":
    main()
