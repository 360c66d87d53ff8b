"""Both licences in a card's file: as of the report that was judged, and as the register has them now."""

from datetime import date

import httpx
import pytest

from regulator.domain.findings import EventKind
from regulator.domain.instants import MINUTE, Instant
from regulator.domain.licences import LicenceKind, Period, PeriodState
from regulator.store import Store
from regulator.store.enforcement import apply_judgements
from tests.console.city import valid, write_licence, write_rides
from tests.console.rides import events, ride
from tests.console.running import EVENING

AT = Instant(EVENING - 5 * MINUTE)
UNDECIDED = ride(at=AT, rules=(("vehicle_permit", "cancelled"), ("driver_certificate", "never")))


def state(store: Store, kind: LicenceKind, subject: str, period: Period) -> None:
    write_licence(store, kind=kind, subject=subject, certificate="1", periods=[period], at=EVENING)


def file_of(visitor: httpx.Client) -> str:
    (card,) = visitor.get("/api/v1/alerts").json()
    return " ".join(visitor.get(f"/cards/{card['id']}").text.split())


@pytest.fixture
def undecided(store: Store) -> Store:
    """The driver's finding was withdrawn; the car's evidence of him is of before."""
    write_rides(store, [UNDECIDED], at=EVENING)
    with store.writing() as connection:
        apply_judgements(connection, events(UNDECIDED, kind=EventKind.WITHDRAWN)[1:], [], at=EVENING)
    return store


def test_beside_what_was_undecided_at_the_report_stands_what_the_register_says_now(
    undecided: Store, visitor: httpx.Client
) -> None:
    state(
        undecided,
        LicenceKind.DRIVER_CERTIFICATE,
        UNDECIDED.driver,
        valid(date(2025, 3, 1), date(2028, 2, 29)),
    )

    file = file_of(visitor)

    said = '待定</dd> <dd class="as-of">以 18:37:07 为准</dd><dd class="present">登记库现在：有效</dd>'
    assert said in file


def test_a_permit_renewed_since_the_report_is_told_beside_the_verdict(
    store: Store, visitor: httpx.Client
) -> None:
    write_rides(store, [ride(at=AT)], at=EVENING)
    state(
        store, LicenceKind.VEHICLE_PERMIT, "沪AD12345", Period(Instant(AT + MINUTE), None, PeriodState.VALID)
    )
    visitor.cookies.set("language", "en")

    file = file_of(visitor)

    assert "expired</dd>" in file
    assert "register now: held" in file


def test_of_a_car_that_nobody_can_name_the_register_is_not_asked(store: Store, visitor: httpx.Client) -> None:
    write_rides(store, [ride("无牌", at=AT, number="", rules=(("not_identifiable", "both"),))], at=EVENING)

    assert "登记库现在" not in file_of(visitor)
