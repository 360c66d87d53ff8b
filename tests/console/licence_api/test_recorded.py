"""Who asked about whom is on record, whatever the answer; and no log and no metric tells it."""

import logging

import httpx
import pytest

from regulator.domain.instants import Instant
from regulator.store import Store
from regulator.store.audit import AuditStore
from tests.console.licence_api.city import DRIVER, FOREIGN, HELD, NUMBER, client
from tests.console.running import EVENING, Clock, Running, running_console


def who_asked(store: Store, subject: str) -> list[str]:
    with store.reading() as connection:
        entries = AuditStore(connection).about(subject, since=EVENING, until=Instant(EVENING + 1))
        return [entry.who for entry in entries]


def test_the_public_is_recorded_by_address(city: Store, public: httpx.Client) -> None:
    public.get(f"vehicles/{HELD}")

    assert who_asked(city, HELD) == ["public 127.0.0.1"]


def test_the_public_behind_our_proxy_is_recorded_by_its_own_address(city: Store, clock: Clock) -> None:
    with running_console(city, clock, proxies=["127.0.0.0/8"]) as running, client(running.address) as asks:
        asks.get(f"vehicles/{HELD}", headers={"x-forwarded-for": "192.0.2.7"})

    assert who_asked(city, HELD) == ["public 192.0.2.7"]


def test_a_platform_is_recorded_by_its_key_also_where_it_learned_nothing(
    city: Store, platform: httpx.Client
) -> None:
    platform.get(f"vehicles/{FOREIGN}")

    [who] = who_asked(city, FOREIGN)
    assert who.startswith("key ")
    assert who.endswith(" qinghe (运营)")


def test_each_of_many_is_found_again(city: Store, platform: httpx.Client) -> None:
    platform.post("query", json={"subjects": [{"vehicle": HELD}, {"driving_licence_no": NUMBER}]})

    assert len(who_asked(city, HELD)) == len(who_asked(city, DRIVER)) == 1
    assert who_asked(city, NUMBER) == []


def test_what_was_refused_was_not_looked_up(city: Store, public: httpx.Client) -> None:
    public.get(f"drivers/{DRIVER}")

    assert who_asked(city, DRIVER) == []


def test_a_number_in_an_address_goes_nowhere(
    city: Store, platform: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="regulator"):
        answer = platform.get(f"drivers/{NUMBER}")

    assert answer.status_code == 400
    assert "POST" in answer.json()["detail"]
    assert NUMBER not in answer.text
    assert NUMBER not in "".join(record.getMessage() for record in caplog.records if record.name != "httpx")


def test_metrics_count_askers_by_role_and_name_nobody(
    city: Store, console: Running, public: httpx.Client, platform: httpx.Client
) -> None:
    public.get(f"vehicles/{HELD}")
    platform.get(f"vehicles/{FOREIGN}")
    public.get("vehicles/nonsense")

    metrics = httpx.get(f"{console.address}metrics", trust_env=False).text
    assert 'regulator_lookup_subjects_total{answer="held",role="public"} 1.0' in metrics
    assert 'regulator_lookup_subjects_total{answer="not_reported",role="platform"} 1.0' in metrics
    assert 'regulator_lookup_requests_total{outcome="invalid-request",role="public"} 1.0' in metrics
    assert "沪" not in metrics
