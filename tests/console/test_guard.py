"""What other sites may not do, and what no page lets in."""

import re
from collections.abc import Iterator

import httpx
import pytest

from regulator.store import open_store
from tests.console.city import write_rides
from tests.console.rides import ride
from tests.console.running import EVENING, Clock, Running, running_console


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One console for all: nothing here depends on what was asked before."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('guard') / 'regulator.db'}")
    write_rides(store, [ride(at=EVENING)], at=EVENING)
    with running_console(store, Clock()) as running:
        yield running
    store.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "x-regulator-console": "1"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {},
    ],
)
def test_a_change_that_another_site_asks_for_is_refused(console: Running, headers: dict[str, str]) -> None:
    answer = httpx.post(f"{console.address}language", data={"language": "en"}, headers=headers)

    assert answer.status_code == 403


def test_our_own_page_may_change_things(console: Running) -> None:
    origin = console.address.rstrip("/")
    answer = httpx.post(f"{console.address}language", data={"language": "en"}, headers={"origin": origin})

    assert answer.status_code == 303


@pytest.mark.parametrize("path", ["language", "identity", "api/v1/alerts/x/close"])
def test_a_body_that_is_too_large_is_not_kept(console: Running, path: str) -> None:
    chunks = (b"a" * 10_000 for _ in range(10))
    answer = httpx.post(f"{console.address}{path}", content=chunks, headers={"x-regulator-console": "1"})

    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/", "/plates", "/api/v1/alerts", "/static/board.js", "/nowhere"])
def test_every_answer_keeps_itself_to_itself(visitor: httpx.Client, path: str) -> None:
    headers = visitor.get(path).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_a_page_holds_no_script_or_style_of_its_own(visitor: httpx.Client) -> None:
    page = visitor.get("/").text

    assert re.findall(r"<script(?![^>]*src=)", page) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", page) == []
    assert re.findall(r"""(?:src|href|action)=["'](?!/|#)""", page) == []


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "x"]
)
def test_nobody_is_sent_elsewhere(visitor: httpx.Client, back: str) -> None:
    answer = visitor.post("/language", data={"language": "en", "back": back})

    assert answer.headers["location"] == "/"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(visitor: httpx.Client) -> None:
    answer = visitor.post("/identity", data={"name": "王建国", "badge": "1", "back": "/"})

    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
