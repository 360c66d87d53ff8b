"""A disputed finding: both of the platform's words beside each other, and what an officer decides."""

from typing import Any

import httpx
import pytest

from regulator.store import Store
from regulator.store.audit import AuditStore
from tests.builders.archive import City
from tests.builders.law import OTHER_CAR, a_report, a_statement, licensed, period
from tests.console.running import Running


@pytest.fixture
def city(store: Store) -> City:
    """A car without a permit was matched, and a second match names one that has a permit."""
    company, _, driver = licensed()
    city = City(store, company, driver, a_statement(period(), subject=OTHER_CAR, certificate="w"))
    city.sitting.report(a_report())
    city.sitting.report(a_report(at=1, vehicle=OTHER_CAR))
    city.conclude()
    return city


@pytest.fixture
def card(city: City, visitor: httpx.Client) -> dict[str, Any]:
    (card,) = visitor.get("/api/v1/alerts").json()
    return card  # type: ignore[no-any-return]


def finding_of(card: dict[str, Any]) -> str:
    (finding,) = card["findings"]
    assert finding["disputed"]
    return str(finding["finding"])


def rule(client: httpx.Client, card: dict[str, Any], ruling: str) -> httpx.Response:
    return client.post(f"/api/v1/findings/{finding_of(card)}/ruling", json={"as": ruling})


def file_of(client: httpx.Client, card: dict[str, Any]) -> str:
    return client.get(f"/cards/{card['id']}").text


def test_both_words_of_the_platform_are_beside_each_other(
    card: dict[str, Any], visitor: httpx.Client
) -> None:
    accused, _, otherwise = file_of(visitor, card).partition("平台另报")

    assert "线索所依据的报送" in accused
    assert "<span>派单 03-02 12:00:00</span><span>沪A·D12345</span><span>驾驶员尾号 002X</span>" in accused
    assert "<span>派单 03-02 12:01:00</span><span>沪B·K2345</span><span>驾驶员尾号 002X</span>" in otherwise
    assert "异议不成立，线索维持" in otherwise
    assert "异议成立，线索不成立" in otherwise


@pytest.mark.parametrize(
    ("ruling", "text"), [("stands", "异议不成立，线索维持"), ("unfounded", "异议成立，线索不成立")]
)
def test_a_ruling_is_kept_with_who_and_when_and_seen_by_everybody(
    card: dict[str, Any], store: Store, officer: httpx.Client, visitor: httpx.Client, ruling: str, text: str
) -> None:
    assert rule(officer, card, ruling).json()["outcome"] == "done"

    assert f"<b>{text} · 王建国 310104-0117 · 18:42:07</b>" in file_of(visitor, card)
    assert f"{text} · 王建国 310104-0117" in officer.get("/plates", params={"plate": card["vehicle"]}).text
    assert visitor.get("/api/v1/alerts").json()[0]["change"] > card["change"]
    with store.reading() as connection:
        entries = AuditStore(connection).newest(9)
    assert (f"rule {ruling}", finding_of(card)) in [(one.what, one.subject) for one in entries]


def test_the_last_ruling_counts_and_the_same_twice_is_one(
    card: dict[str, Any], store: Store, officer: httpx.Client
) -> None:
    for ruling in ("stands", "stands", "unfounded"):
        rule(officer, card, ruling).raise_for_status()

    page = file_of(officer, card)
    assert "异议成立，线索不成立 · 王建国" in page
    assert "异议不成立，线索维持 · 王建国" not in page
    with store.reading() as connection:
        assert [one.what for one in AuditStore(connection).newest(2)] == ["rule unfounded", "rule stands"]


def test_a_finding_that_changes_after_it_was_decided_says_so(
    city: City, card: dict[str, Any], officer: httpx.Client
) -> None:
    rule(officer, card, "stands").raise_for_status()

    city.sitting.report(a_report(at=2))
    city.conclude()

    assert "此后线索有变，可重新裁定" in file_of(officer, card)


def test_who_does_not_say_who_he_is_decides_nothing(card: dict[str, Any], visitor: httpx.Client) -> None:
    assert rule(visitor, card, "stands").status_code == 401


def test_another_officers_card_is_his_to_decide(
    card: dict[str, Any], console: Running, officer: httpx.Client
) -> None:
    officer.post(f"/api/v1/alerts/{card['id']}/claim").raise_for_status()
    with console.officer("李敏", "310104-0233") as other:
        answer = rule(other, card, "stands")

    assert (answer.status_code, answer.json()["outcome"]) == (409, "taken")


def test_what_is_not_disputed_or_no_ruling_is_refused(
    city: City, card: dict[str, Any], officer: httpx.Client
) -> None:
    assert rule(officer, card, "perhaps").status_code == 400

    city.sitting.report(a_report(at=5), "order-2")
    city.conclude()
    undisputed = [
        finding["finding"]
        for other in officer.get("/api/v1/alerts").json()
        for finding in other["findings"]
        if not finding["disputed"]
    ]
    assert undisputed
    answers = [officer.post(f"/api/v1/findings/{id}/ruling", json={"as": "stands"}) for id in undisputed]
    assert {answer.status_code for answer in [*answers, rule_of_nothing(officer)]} == {409}


def rule_of_nothing(client: httpx.Client) -> httpx.Response:
    return client.post("/api/v1/findings/nothing/ruling", json={"as": "stands"})
