"""What is said when the database is away, or when we are wrong ourselves."""

import logging

import httpx
import pytest
from sqlalchemy import text

from regulator.store import Store
from regulator.store.database import connect
from tests.console.licence_api.city import HELD, client
from tests.console.running import Clock, running_console


def test_a_database_that_is_away_is_a_reason_to_come_again(clock: Clock) -> None:
    away = connect("postgresql://nobody@127.0.0.1:1/none")
    with running_console(away, clock) as running, client(running.address) as asks:
        answer = asks.get(f"vehicles/{HELD}", headers={"accept-language": "en"}, timeout=30)

    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert answer.json()["title"] == "The register cannot be read"


def test_our_own_mistake_is_logged_without_whom_it_was_about(
    city: Store, public: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with city.writing() as connection:
        connection.execute(text("ALTER TABLE statements RENAME TO elsewhere"))

    with caplog.at_level(logging.ERROR, logger="regulator"):
        answer = public.get(f"vehicles/{HELD}")

    assert answer.status_code == 500
    assert answer.json()["type"] == "/api/v1/docs#defect"
    assert "no such table" in caplog.text
    assert HELD not in caplog.text
