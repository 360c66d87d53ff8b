"""The alerts as JSON, and what operators ask of the console."""

import httpx
import pytest

from regulator.domain.instants import MINUTE, Instant, to_rfc3339
from regulator.store import Store
from tests.console.city import write_rides
from tests.console.rides import ride
from tests.console.running import EVENING

AT = Instant(EVENING - MINUTE)


def test_an_alert_carries_its_findings_as_the_queue_published_them(
    store: Store, visitor: httpx.Client
) -> None:
    write_rides(store, [ride(at=AT, arrival=Instant(EVENING + 9 * MINUTE))], at=EVENING)

    alert = visitor.get("/api/v1/alerts").json()[0]

    assert alert["vehicle"] == "沪AD12345"
    assert alert["driver_last4"] == "234X"
    assert alert["expected_arrival"] == to_rfc3339(Instant(EVENING + 9 * MINUTE))
    assert alert["findings"][0]["rule"] == "vehicle_permit"
    assert alert["findings"][0]["vehicle_permit"]["reason"] == "expired"
    assert visitor.get(f"/api/v1/alerts/{alert['id']}").json() == alert


def test_an_alert_that_never_was_is_not_found(visitor: httpx.Client) -> None:
    assert visitor.get("/api/v1/alerts/0123").status_code == 404


@pytest.mark.parametrize("limit", ["0", "1001", "many", "-1", "9" * 5000])
def test_a_limit_is_a_sensible_number(visitor: httpx.Client, limit: str) -> None:
    assert visitor.get("/api/v1/alerts", params={"limit": limit}).status_code == 400


def test_health_names_what_is_stale(store: Store, visitor: httpx.Client) -> None:
    answer = visitor.get("/health")

    assert answer.status_code == 200
    assert answer.json()["ok"] is True
    assert answer.json()["stale"]


def test_metrics_count_officers_acts(store: Store, officer: httpx.Client) -> None:
    write_rides(store, [ride(at=AT)], at=EVENING)
    card = officer.get("/api/v1/alerts").json()[0]["id"]
    officer.post(f"/api/v1/alerts/{card}/claim").raise_for_status()

    metrics = officer.get("/metrics").text

    assert 'regulator_console_acts_total{act="claim",outcome="done"} 1.0' in metrics
    assert "regulator_console_pages 0.0" in metrics
    assert "沪" not in metrics
