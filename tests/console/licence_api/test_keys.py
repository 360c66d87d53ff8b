"""A key counts or it does not: nobody who shows one is taken for the public."""

import httpx
import pytest

from regulator.domain.instants import MINUTE, SECOND, Instant
from regulator.store import Store
from regulator.store.api_keys import ApiKeyStore
from tests.console.licence_api.city import HELD, client, key
from tests.console.running import EVENING, Clock, Running


def ask(console: Running, authorization: str) -> httpx.Response:
    with client(console.address) as asks:
        return asks.get(f"vehicles/{HELD}", headers={"authorization": authorization, "accept-language": "en"})


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer nonsense",
        "Basic b2ZmaWNlcjo=",
        "Bearer rgk_000000000000_x",
        "Bearer " + "x" * 4000,
    ],
)
def test_what_is_no_key_is_refused(city: Store, console: Running, authorization: str) -> None:
    answer = ask(console, authorization)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert answer.json()["type"] == "/api/v1/docs#key-not-valid"


def test_a_key_that_ended_is_told_so(city: Store, console: Running) -> None:
    answer = ask(console, f"Bearer {key(city, expires_at=EVENING)}")

    assert answer.status_code == 401
    assert "2026-03-06T18:42:07+08:00" in answer.json()["detail"]


def test_a_key_ends_the_moment_it_is_revoked(city: Store, console: Running) -> None:
    token = key(city)
    assert ask(console, f"Bearer {token}").status_code == 200

    with city.writing() as connection:
        store = ApiKeyStore(connection)
        store.revoke(store.all()[0].id, who="operator li", at=EVENING)

    answer = ask(console, f"bearer {token}")
    assert answer.status_code == 401
    assert "revoked" in answer.json()["detail"]


def test_who_guesses_keys_has_to_wait(city: Store, console: Running, clock: Clock) -> None:
    token = key(city)
    guesses = [ask(console, f"Bearer rgk_guess_{number}").status_code for number in range(12)]

    assert guesses == [401] * 10 + [429] * 2
    assert ask(console, f"Bearer {token}").headers["retry-after"] == "6"

    clock.at = Instant(clock.at + 6 * SECOND)

    assert ask(console, f"Bearer {token}").status_code == 200


def test_the_last_use_of_a_key_is_remembered(city: Store, console: Running, clock: Clock) -> None:
    token = key(city)
    for _ in range(2):
        ask(console, f"Bearer {token}")
        clock.at = Instant(clock.at + MINUTE)

    with city.reading() as connection:
        assert ApiKeyStore(connection).all()[0].last_used_at == EVENING + MINUTE


def test_an_officers_cookie_is_no_key(city: Store, console: Running) -> None:
    with console.officer("王建国", "310104-0117") as officer:
        answer = officer.post("/api/v1/licences/query", json={"subjects": [{"vehicle": HELD}]})

    assert answer.status_code == 401
