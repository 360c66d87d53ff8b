"""Officers tell platforms to stop dispatching, and see what was answered."""

import httpx
import pytest

from regulator.domain.instants import DAY, HOUR, MINUTE, Instant
from regulator.domain.notices import AnswerKind, NoticeId
from regulator.store import Store
from regulator.store.notices import Given, NoticeStore
from regulator.store.outbox import OutboxStore
from regulator.wire.notices import NoticeTold, decode_notice
from tests.console.city import write_rides
from tests.console.rides import ride
from tests.console.running import EVENING, Clock


@pytest.fixture
def card(store: Store, visitor: httpx.Client) -> str:
    write_rides(store, [ride(at=Instant(EVENING - MINUTE))], at=EVENING)
    return str(visitor.get("/api/v1/alerts").json()[0]["id"])


def issue(client: httpx.Client, card: str, **form: str) -> httpx.Response:
    return client.post("/notices", data={"alert": card, "whom": "vehicle", "days": "3", **form})


def told(store: Store) -> list[NoticeTold]:
    with store.reading() as connection:
        return [decode_notice(letter.value) for letter in OutboxStore(connection).first_of_others(9)]


def test_a_notice_goes_to_the_platform_with_the_findings_it_rests_on(
    card: str, store: Store, officer: httpx.Client
) -> None:
    answer = issue(officer, card)

    assert (answer.status_code, answer.headers["location"]) == (303, "/notices")
    (notice,) = told(store)
    listed = officer.get(f"/api/v1/alerts/{card}").json()
    assert notice.vehicle == listed["vehicle"]
    assert notice.driver is None
    assert set(notice.findings) == {one["finding"] for one in listed["findings"]}
    page = officer.get("/notices").text
    assert notice.notice in page
    assert "王建国 310104-0117" in page
    assert "等待答复" in page


def test_the_card_offers_the_notice(card: str, officer: httpx.Client) -> None:
    assert "通知平台停派" in officer.get(f"/cards/{card}").text


def test_a_driver_is_named_by_pseudonym_and_last_four(card: str, store: Store, officer: httpx.Client) -> None:
    issue(officer, card, whom="driver", days="0")

    (notice,) = told(store)
    assert notice.driver is not None
    assert (len(notice.driver.id), len(notice.driver.last4)) == (32, 4)
    assert (notice.vehicle, notice.until) == (None, None)


@pytest.mark.parametrize(
    ("form", "status"), [({"whom": "both"}, 400), ({"days": "2"}, 400), ({"alert": "none"}, 409)]
)
def test_what_cannot_be_meant_sends_nothing(
    card: str, store: Store, officer: httpx.Client, form: dict[str, str], status: int
) -> None:
    assert issue(officer, card, **form).status_code == status
    assert told(store) == []


def test_nobody_sends_or_lifts_without_saying_who_he_is(
    card: str, store: Store, visitor: httpx.Client
) -> None:
    assert issue(visitor, card).status_code == 401
    assert visitor.post("/notices/N00000001/lift").status_code == 401
    assert told(store) == []


def test_the_page_tells_what_was_answered_what_is_overdue_and_what_was_lifted(
    card: str, store: Store, officer: httpx.Client, clock: Clock
) -> None:
    issue(officer, card)
    (notice,) = told(store)
    clock.at = Instant(EVENING + DAY + HOUR)
    officer.post("/identity", data={"name": "王建国", "badge": "310104-0117", "back": "/"})
    assert "逾期未答复" in officer.get("/notices").text

    given = Given(
        platform="qinghe",
        notice=NoticeId(notice.notice),
        answer=AnswerKind.STOPPED,
        text="<b>已停</b>",
        at=clock.at,
    )
    with store.writing() as connection:
        assert NoticeStore(connection).answer(given)
    page = officer.get("/notices").text
    assert "已停派" in page
    assert "&lt;b&gt;已停&lt;/b&gt;" in page

    assert officer.post(f"/notices/{notice.notice}/lift").status_code == 303
    assert "已解除" in officer.get("/notices").text
    assert officer.post(f"/notices/{notice.notice}/lift").status_code == 409
    assert [one.state for one in told(store)] == ["standing", "lifted"]
