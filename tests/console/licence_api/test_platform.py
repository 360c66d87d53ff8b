"""A platform asks about whom it reported itself; of all others it learns nothing."""

import httpx
import pytest

from regulator.domain.instants import DAY, MINUTE, Instant
from regulator.store import Store
from tests.console.city import write_rides
from tests.console.licence_api.city import (
    DRIVER,
    EXPIRED,
    FOREIGN,
    HELD,
    NUMBER,
    SUSPENDED,
    UNKNOWN,
    YUNQIAO,
    client,
    key,
    report,
)
from tests.console.rides import ride
from tests.console.running import EVENING, Running

NOTHING = {"basis": None, "reason": None, "certificate": None, "from": None, "to": None, "areas": []}


def test_it_learns_why_a_licence_of_its_own_is_not_held(platform: httpx.Client) -> None:
    licence = platform.get(f"vehicles/{EXPIRED}?at=2026-03-02T08:00:00Z").json()["licence"]

    assert licence["answer"] == "not_held"
    assert (licence["basis"], licence["reason"]) == ("absence", "expired")
    assert (licence["certificate"], licence["to"]) == ("沪交运管许可00001", "2026-02-28")


def test_it_learns_what_an_answer_waits_for(platform: httpx.Client) -> None:
    answer = platform.get(f"vehicles/{UNKNOWN}").json()

    assert answer["licence"]["answer"] == "undetermined"
    assert answer["licence"]["reason"] == "never"
    assert answer["register"]["complete_to"] < answer["licence"]["at"]


def test_a_suspension_is_a_statement_and_says_until_when(platform: httpx.Client) -> None:
    licence = platform.get(f"vehicles/{SUSPENDED}").json()["licence"]

    assert (licence["answer"], licence["basis"], licence["reason"]) == ("not_held", "statement", "suspended")
    assert licence["to"] == "2026-03-07T18:42:07+08:00"


def test_a_licence_that_begins_later_says_when(platform: httpx.Client) -> None:
    licence = platform.get(f"vehicles/{HELD}?at=2024-01-01T00:00:00Z").json()["licence"]

    assert (licence["answer"], licence["reason"]) == ("not_held", "not_yet")
    assert (licence["from"], licence["to"]) == ("2024-03-01", None)


@pytest.mark.parametrize("what", [f"vehicles/{FOREIGN}", f"platforms/{YUNQIAO}", "drivers/" + "0" * 32])
def test_of_others_it_learns_nothing(platform: httpx.Client, what: str) -> None:
    licence = platform.get(what).json()["licence"]

    assert licence["answer"] == "not_reported"
    assert {name: licence[name] for name in NOTHING} == NOTHING


def test_its_own_company_is_its_own(platform: httpx.Client) -> None:
    licence = platform.get("platforms/3101YPZCYS01").json()["licence"]

    assert (licence["kind"], licence["answer"]) == ("platform_permit", "held")


def test_a_driver_is_shown_by_pseudonym_and_last_characters(platform: httpx.Client) -> None:
    answer = platform.get(f"drivers/{DRIVER}")

    licence = answer.json()["licence"]
    assert (licence["subject"], licence["certificate"]) == (DRIVER, "…002X")
    assert NUMBER not in answer.text


def test_an_order_makes_a_car_its_own_too_for_a_while(
    city: Store, platform: httpx.Client, console: Running, clock: object
) -> None:
    young, old = "沪AD00010", "沪AD00011"
    write_rides(city, [ride(young, at=Instant(EVENING - MINUTE))], at=EVENING)
    write_rides(city, [ride(old, at=Instant(EVENING - 91 * DAY))], at=Instant(EVENING - 91 * DAY))

    assert platform.get(f"vehicles/{young}").json()["licence"]["answer"] == "undetermined"
    assert platform.get(f"vehicles/{old}").json()["licence"]["answer"] == "not_reported"


def test_a_car_of_two_platforms_is_both_platforms_own(city: Store, platform: httpx.Client) -> None:
    report(city, YUNQIAO, HELD)

    assert platform.get(f"vehicles/{HELD}").json()["licence"]["answer"] == "held"


def test_a_platform_that_left_the_configuration_has_no_fleet(city: Store, console: Running) -> None:
    with client(console.address, key(city, "closed")) as asks:
        assert asks.get(f"vehicles/{HELD}").json()["licence"]["answer"] == "not_reported"


def test_an_authority_asks_about_everybody(authority: httpx.Client) -> None:
    assert authority.get(f"vehicles/{FOREIGN}").json()["licence"]["answer"] == "held"
    assert authority.get(f"platforms/{YUNQIAO}").json()["licence"]["reason"] == "never"
