"""A notice from an officer's click to the platform's topic, and the platform's answer back to the page."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from regulator.clock import now
from regulator.domain.instants import SECOND, Instant, to_digits, to_rfc3339
from streams.broker.broker import Broker
from tests.broker.installation import Installation, wait_until
from tests.broker.streets import COMPANY, REGISTER, envelope, match

pytestmark = pytest.mark.kafka

PLATE, DRIVER = "沪AD77777", "31990019900101123X"


@pytest.fixture
def installation(empty_kafka: Broker, tmp_path: Path) -> Iterator[Installation]:
    installed = Installation(empty_kafka, tmp_path / "installation")
    with installed.running(installed.desk, installed.judge):
        yield installed


def test_a_platform_is_told_and_answers(installation: Installation) -> None:
    at = now()
    port = installation.environment["REGULATOR_CONSOLE_PORT"]
    said = {"type": "heartbeat", "complete_to": to_rfc3339(Instant(at - SECOND))}
    send(installation, REGISTER, json.dumps(said).encode())
    ordered = match(COMPANY["moon"], "O-1", PLATE, DRIVER, int(to_digits(at)))
    send(installation, "feed.moon.orders", envelope(COMPANY["moon"], "orderMatch", ordered))
    with httpx.Client(
        base_url=f"http://127.0.0.1:{port}", headers={"x-regulator-console": "1"}, trust_env=False
    ) as officer:
        officer.post("/identity", data={"name": "王建国", "badge": "310104-0117", "back": "/"})
        wait_until(lambda: cards(officer) != [], what="a card")
        form = {"alert": cards(officer)[0]["id"], "whom": "vehicle", "days": "3"}
        assert officer.post("/notices", data=form).status_code == 303
        wait_until(lambda: notices(installation) != [], what="the notice on the platform's topic")

        (notice,) = notices(installation)
        assert (notice["state"], notice["vehicle"], notice["driver"]) == ("standing", PLATE, None)
        assert 'regulator_notices_unanswered{platform="moon"} 1.0' in officer.get("/metrics").text

        answer = {"notice": notice["notice"], "answer": "stopped", "text": "已停派"}
        send(installation, "feed.moon.answers", json.dumps(answer).encode())
        send(installation, "feed.sunny.answers", json.dumps({**answer, "answer": "disputed"}).encode())
        wait_until(lambda: "已停派" in officer.get("/notices").text, what="the answer on the page")
        wait_until(
            lambda: (
                'reason="unknown_notice"' not in officer.get("/metrics").text
                and "regulator_notices_unanswered{" not in officer.get("/metrics").text
            ),
            what="nothing that waits for an answer",
        )

        officer.post(f"/notices/{notice['notice']}/lift")
        wait_until(
            lambda: [one["state"] for one in notices(installation)] == ["standing", "lifted"],
            what="the notice lifted on the platform's topic",
        )


def cards(officer: httpx.Client) -> list[Any]:
    return list(officer.get("/api/v1/alerts").json())


def notices(installation: Installation) -> list[Any]:
    return [json.loads(value) for _, value in installation.read("notices.moon") if value is not None]


def send(installation: Installation, topic: str, payload: bytes) -> None:
    with installation.producing() as producer:
        producer.send(topic, payload, b"one")
