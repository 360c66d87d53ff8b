"""Anybody may ask about a plate: whether it is licensed, until when, for where; and not too often."""

from collections.abc import Iterator

import httpx
import pytest

from regulator.config.lookups import LookupLimits, PublicLimits, Rate
from regulator.domain.instants import HOUR, MINUTE, SECOND, Instant, to_rfc3339
from regulator.store import Store
from tests.console.licence_api.city import DRIVER, EXPIRED, HELD, SUSPENDED, UNKNOWN, client
from tests.console.running import EVENING, Clock, Running, running_console


def test_a_passenger_learns_that_a_car_is_licensed_until_when_and_for_where(public: httpx.Client) -> None:
    licence = public.get("vehicles/沪A·D12345").json()["licence"]

    assert licence == {
        "kind": "vehicle_permit",
        "subject": HELD,
        "at": to_rfc3339(EVENING),
        "answer": "held",
        "basis": None,
        "reason": None,
        "certificate": None,
        "from": None,
        "to": "2027-02-28",
        "areas": ["310000"],
        "reference": None,
    }


def test_an_answer_says_up_to_when_the_register_is_complete_and_by_whom(public: httpx.Client) -> None:
    answer = public.get(f"vehicles/{HELD}").json()

    assert answer["register"] == {
        "complete_to": to_rfc3339(Instant(EVENING - HOUR + MINUTE)),
        "sources": [
            {
                "source": "vehicle-permits",
                "complete_to": to_rfc3339(Instant(EVENING - HOUR)),
                "required": True,
            }
        ],
    }
    assert answer["answered_at"] == to_rfc3339(EVENING)


@pytest.mark.parametrize(
    ("plate", "at", "answer"),
    [
        (EXPIRED, "2026-02-28T23:59:59+08:00", "held"),
        (EXPIRED, "2026-03-01T00:00:00+08:00", "not_held"),
        (EXPIRED, None, "undetermined"),
        (SUSPENDED, None, "not_held"),
        (SUSPENDED, "2026-03-01T00:00:00+08:00", "held"),
        (UNKNOWN, to_rfc3339(Instant(EVENING - HOUR + MINUTE)), "not_held"),
        (UNKNOWN, to_rfc3339(Instant(EVENING - HOUR + MINUTE + 1)), "undetermined"),
    ],
)
def test_absence_counts_as_far_as_the_register_is_complete_and_a_statement_at_once(
    public: httpx.Client, plate: str, at: str | None, answer: str
) -> None:
    found = public.get(f"vehicles/{plate}", params={"at": at} if at else {}).json()

    assert found["licence"]["answer"] == answer


def test_a_plus_that_nobody_escaped_is_understood(public: httpx.Client) -> None:
    found = public.get(f"vehicles/{EXPIRED}?at=2026-02-28T23:59:59+08:00")

    assert found.json()["licence"]["at"] == "2026-02-28T23:59:59+08:00"


@pytest.mark.parametrize(
    "what", [f"drivers/{DRIVER}", "platforms/3101YPZCYS01", f"vehicles/{HELD}?known_by=2026-03-01T00:00:00Z"]
)
def test_everything_else_needs_a_key(public: httpx.Client, what: str) -> None:
    answer = public.get(what)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["type"] == "/api/v1/docs#key-needed"


def test_many_at_once_need_a_key(public: httpx.Client) -> None:
    answer = public.post("query", json={"subjects": [{"vehicle": HELD}]})

    assert answer.status_code == 401


def test_no_answer_may_be_kept(public: httpx.Client) -> None:
    assert public.get(f"vehicles/{HELD}").headers["cache-control"] == "no-store"


@pytest.fixture
def strict(city: Store, clock: Clock) -> Iterator[Running]:
    """A console that lets each address ask twice a minute, and all together three times."""
    public = PublicLimits(address=Rate(2, 2), together=Rate(3, 3))
    with running_console(city, clock, limits=LookupLimits(public=public), proxies=["127.0.0.1"]) as running:
        yield running


def ask(console: Running, address: str) -> httpx.Response:
    with client(console.address) as asks:
        return asks.get(f"vehicles/{HELD}", headers={"x-forwarded-for": address})


def test_who_asks_too_often_is_told_how_long_to_wait(strict: Running, clock: Clock) -> None:
    assert [ask(strict, "192.0.2.1").status_code for _ in range(3)] == [200, 200, 429]
    late = ask(strict, "192.0.2.1")
    assert late.headers["retry-after"] == "30"
    assert late.json()["status"] == 429

    clock.at = Instant(clock.at + 30 * SECOND)

    assert ask(strict, "192.0.2.1").status_code == 200


def test_one_who_asks_too_often_takes_nothing_from_others(strict: Running) -> None:
    for _ in range(9):
        ask(strict, "192.0.2.1")

    assert ask(strict, "192.0.2.2").status_code == 200


def test_all_together_have_a_limit_too(strict: Running) -> None:
    answers = [ask(strict, f"192.0.2.{number}").status_code for number in range(1, 6)]

    assert answers == [200, 200, 200, 429, 429]


def test_a_household_of_ipv6_is_one(strict: Running) -> None:
    answers = [ask(strict, f"2001:db8:0:1::{number}").status_code for number in range(1, 4)]

    assert answers == [200, 200, 429]
    assert ask(strict, "2001:db8:0:2::1").status_code == 200


def test_an_address_that_somebody_merely_claims_means_nothing(city: Store, clock: Clock) -> None:
    limits = LookupLimits(public=PublicLimits(address=Rate(2, 2)))
    with running_console(city, clock, limits=limits) as running:
        answers = [ask(running, f"192.0.2.{number}").status_code for number in range(1, 4)]

    assert answers == [200, 200, 429]


def test_of_several_addresses_the_one_that_our_proxy_saw_counts(strict: Running) -> None:
    answers = [ask(strict, f"192.0.2.{number}, 198.51.100.7").status_code for number in range(1, 4)]

    assert answers == [200, 200, 429]
