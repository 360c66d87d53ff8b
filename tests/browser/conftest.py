"""Real Chromium in front of the real console: a city of its own for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from regulator.clock import now
from regulator.store import Store, open_store
from tests.console.city import write_freshness
from tests.console.running import Running, running_console

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

Opened = Callable[..., Page]

expect.set_options(timeout=15_000)


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(_QUIET))
        yield launched
        launched.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'regulator.db'}")
    write_freshness(opened, feed=now(), register=now())
    yield opened
    opened.close()


@pytest.fixture
def console(store: Store) -> Iterator[Running]:
    with running_console(store, now) as running:
        yield running


@pytest.fixture
def opened(browser: Browser, console: Running) -> Iterator[Opened]:
    """Open the board: ``opened(name="王建国", size=PHONE, language="en", scheme="dark")``.

    At the end no page may have complained, or asked anybody but the console for anything.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_board(
        *, name: str = "", size: dict[str, int] = DESK, language: str = "zh-CN", scheme: str = "light"
    ) -> Page:
        context = browser.new_context(viewport=size, color_scheme=scheme, has_touch=size is PHONE)  # type: ignore[arg-type]
        context.set_default_timeout(30_000)
        contexts.append(context)
        context.add_cookies([{"name": "language", "value": language, "url": console.address}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda sent: _only_ours(sent.url, console.address, complaints))
        page.goto(console.address, wait_until="domcontentloaded")
        page.wait_for_selector('#light[data-state="live"]')
        if name:
            introduce(page, name)
        return page

    yield open_board
    for context in contexts:
        context.close()
    assert complaints == []


def introduce(page: Page, name: str, badge: str = "310104-0117") -> None:
    """Say who the officer is."""
    page.click(".who summary")
    page.fill('.who input[name="name"]', name)
    page.fill('.who input[name="badge"]', badge)
    page.click(".who form button")
    page.wait_for_selector('#light[data-state="live"]')


def _only_ours(url: str, address: str, complaints: list[str]) -> None:
    if not url.startswith((address, "data:")):
        complaints.append(f"asked {url}")
