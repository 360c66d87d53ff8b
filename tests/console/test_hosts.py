"""Under which names the console answers."""

import httpx
import pytest

from regulator.console.hosts import is_ours
from regulator.store import Store
from tests.console.running import Clock, running_console

NAMES = frozenset({"regulator.example.cn"})


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8080",
        "127.0.0.1",
        "localhost:8080",
        "LOCALHOST",
        "[::1]:8080",
        "192.0.2.7",
        "regulator.example.cn",
        "Regulator.Example.CN:443",
    ],
)
def test_it_is_known_by_address_as_localhost_and_by_its_names(host: str) -> None:
    assert is_ours(host, NAMES)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "elsewhere.example",
        "regulator.example.cn.elsewhere.example",
        "127.0.0.1.elsewhere.example",
        "x@elsewhere.example",
        "localhost.elsewhere.example",
        "[::1",
        "2130706433",
        "sub.regulator.example.cn",
    ],
)
def test_any_other_name_is_not_ours(host: str) -> None:
    assert not is_ours(host, NAMES)


def test_a_page_that_points_its_own_name_here_is_answered_nothing(store: Store, clock: Clock) -> None:
    with running_console(store, clock, names=NAMES) as running:
        for path in ("", "metrics", "api/v1/alerts", "api/v1/licences/vehicles/沪AD12345", "static/board.js"):
            answer = httpx.get(
                f"{running.address}{path}", headers={"host": "elsewhere.example"}, trust_env=False
            )
            assert answer.status_code == 421
            assert "REGULATOR_CONSOLE_NAMES" in answer.text

        answer = httpx.get(running.address, headers={"host": "regulator.example.cn"}, trust_env=False)
        assert answer.status_code == 200


def test_behind_our_proxy_cookies_are_for_https_alone(store: Store, clock: Clock) -> None:
    form = {"name": "王建国", "badge": "1", "back": "/"}
    told = {"x-forwarded-proto": "https", "x-regulator-console": "1"}
    cookies = []
    for proxies in (["127.0.0.1"], []):
        with running_console(store, clock, proxies=proxies) as running:
            answer = httpx.post(f"{running.address}identity", data=form, headers=told, trust_env=False)
            cookies.append("secure" in answer.headers["set-cookie"].lower())

    assert cookies == [True, False]
