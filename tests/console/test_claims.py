"""Claim, release, close: whose card it is, and that everybody is told."""

import httpx
import pytest

from regulator.domain.instants import HOUR, MINUTE, Instant
from regulator.store import Store
from tests.console.city import write_rides
from tests.console.rides import ride
from tests.console.running import EVENING, Clock, Running


@pytest.fixture
def card(store: Store, visitor: httpx.Client) -> str:
    write_rides(store, [ride(at=Instant(EVENING - MINUTE))], at=EVENING)
    return str(visitor.get("/api/v1/alerts").json()[0]["id"])


def test_nobody_claims_without_saying_who_he_is(card: str, visitor: httpx.Client) -> None:
    answer = visitor.post(f"/api/v1/alerts/{card}/claim")

    assert answer.status_code == 401
    assert answer.json() == {"outcome": "unnamed", "by": None, "message": "请先登记身份"}


def test_a_claimed_card_shows_whose_it_is(card: str, officer: httpx.Client, visitor: httpx.Client) -> None:
    officer.post(f"/api/v1/alerts/{card}/claim").raise_for_status()

    page = visitor.get("/").text

    assert "王建国 310104-0117 已认领" in page
    assert 'data-holder="王建国 310104-0117"' in page


def test_the_second_officer_is_told_who_was_first(card: str, console: Running, officer: httpx.Client) -> None:
    officer.post(f"/api/v1/alerts/{card}/claim").raise_for_status()
    with console.officer("李敏", "310104-0233") as other:
        answer = other.post(f"/api/v1/alerts/{card}/claim")

    assert answer.status_code == 409
    assert answer.json() == {
        "outcome": "taken",
        "by": "王建国 310104-0117",
        "message": "已被 王建国 310104-0117 认领",
    }


def test_a_released_card_is_free_again(card: str, console: Running, officer: httpx.Client) -> None:
    officer.post(f"/api/v1/alerts/{card}/claim").raise_for_status()
    officer.post(f"/api/v1/alerts/{card}/release").raise_for_status()
    with console.officer("李敏", "310104-0233") as other:
        answer = other.post(f"/api/v1/alerts/{card}/claim")

    assert answer.json()["outcome"] == "done"


def test_a_closed_card_leaves_the_board_and_keeps_its_reason(card: str, officer: httpx.Client) -> None:
    officer.post(f"/api/v1/alerts/{card}/close", json={"as": "stopped"}).raise_for_status()

    assert officer.get("/api/v1/alerts").json() == []
    assert officer.get(f"/api/v1/alerts/{card}").json()["closed_because"] == "handled"
    assert officer.get(f"/cards/{card}").status_code == 404
    assert officer.post(f"/api/v1/alerts/{card}/claim").json()["outcome"] == "not_open"


@pytest.mark.parametrize("body", ['{"as": "forgotten"}', "{}", "[", ""])
def test_a_card_is_closed_for_a_known_reason_only(card: str, officer: httpx.Client, body: str) -> None:
    answer = officer.post(f"/api/v1/alerts/{card}/close", content=body)

    assert answer.status_code == 400
    assert "stopped" in answer.json()["message"]


def test_a_name_is_kept_for_a_shift(card: str, officer: httpx.Client, clock: Clock) -> None:
    clock.at = Instant(EVENING + 12 * HOUR)

    assert officer.post(f"/api/v1/alerts/{card}/claim").status_code == 401


def test_a_forged_name_is_nobodys(card: str, officer: httpx.Client) -> None:
    body, _, seal = officer.cookies["officer"].partition(".")
    officer.cookies.set("officer", f"{body[:-4]}AAAA.{seal}", domain="127.0.0.1")

    assert officer.post(f"/api/v1/alerts/{card}/claim").status_code == 401


def test_a_name_and_a_badge_are_needed(visitor: httpx.Client) -> None:
    answer = visitor.post("/identity", data={"name": " ", "badge": "310104-0117", "back": "/"})

    assert answer.status_code == 400
    assert "officer" not in visitor.cookies
