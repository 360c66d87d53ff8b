"""The plate look-up: what it finds, what it hides, and that it is recorded."""

from datetime import date

import httpx
import pytest
from sqlalchemy import select

from regulator.domain.instants import MINUTE, Instant
from regulator.domain.licences import LicenceKind
from regulator.domain.places import Place
from regulator.store import Store
from regulator.store.schema import audit
from tests.console.city import valid, write_licence, write_positions, write_rides
from tests.console.rides import ride
from tests.console.running import EVENING

AT = Instant(EVENING - 5 * MINUTE)


@pytest.fixture
def city(store: Store) -> Store:
    one = ride(at=AT)
    write_rides(store, [one], at=EVENING)
    write_positions(store, [("沪AD12345", Place(121.43, 31.18), Instant(EVENING - MINUTE))])
    write_licence(
        store,
        kind=LicenceKind.VEHICLE_PERMIT,
        subject="沪AD12345",
        certificate="沪交运管许可310115002863",
        periods=[valid(date(2023, 3, 1), date(2026, 2, 28))],
        at=AT,
    )
    write_licence(
        store,
        kind=LicenceKind.DRIVER_CERTIFICATE,
        subject=one.driver,
        certificate=f"…234X·{one.driver}",
        periods=[valid(date(2025, 3, 1), date(2028, 2, 29))],
        at=AT,
    )
    return store


def test_it_shows_card_position_licences_and_findings(city: Store, officer: httpx.Client) -> None:
    page = officer.get("/plates", params={"plate": "沪a·d12345"}).text

    for text in ("载客中", "18:41:07", "徐汇区", "沪交运管许可310115002863", "2023-03-01 – 2026-02-28"):
        assert text in page
    assert "现在 已过期" in page
    assert "现在 有效" in page
    assert "车辆无运输证" in page


def test_it_shows_no_more_of_a_driver_than_the_last_four_characters(
    city: Store, officer: httpx.Client
) -> None:
    page = officer.get("/plates", params={"plate": "沪AD12345"}).text

    assert "…234X" in page
    assert ride(at=AT).driver not in page


def test_every_question_is_recorded_with_who_asked(city: Store, officer: httpx.Client) -> None:
    officer.get("/plates", params={"plate": "沪AD12345"})

    with city.reading() as connection:
        entries = connection.execute(select(audit.c.at, audit.c.who, audit.c.what, audit.c.subject)).all()
    who = (EVENING, "王建国 310104-0117")
    assert entries == [
        (*who, "look up vehicle", "沪AD12345"),
        (*who, "see driver of vehicle", ride(at=AT).driver),
    ]


def test_who_does_not_say_who_he_is_gets_no_answer(city: Store, visitor: httpx.Client) -> None:
    answer = visitor.get("/plates", params={"plate": "沪AD12345"})

    assert answer.status_code == 400
    assert "请先登记身份" in answer.text
    assert "沪交运管许可" not in answer.text


def test_a_car_that_nobody_knows_is_said_to_be_unknown(city: Store, officer: httpx.Client) -> None:
    page = officer.get("/plates", params={"plate": "沪AF99999"}).text

    for text in ("没有未结预警", "没有位置报送", "登记库没有记录", "没有现存线索", "从未取得"):
        assert text in page


def test_what_is_no_plate_is_said_to_be_none(city: Store, officer: httpx.Client) -> None:
    answer = officer.get("/plates", params={"plate": "<b>"})

    assert answer.status_code == 400
    assert "“&lt;b&gt;”不是一个号牌" in answer.text
