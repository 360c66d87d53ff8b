"""/metrics and /health of a process."""

from dataclasses import dataclass

import httpx
import pytest
from prometheus_client import CollectorRegistry, Counter

from streams.telemetry import Telemetry
from tests.streams.faust.recorders import free_port


@dataclass
class Condition:
    ok: bool = True
    reasons: tuple[str, ...] = ()


async def get(port: int, path: str) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.get(f"http://127.0.0.1:{port}{path}")


@pytest.fixture
async def port_and_condition():
    registry = CollectorRegistry()
    Counter("regulator_things", "Things.", registry=registry).inc(3)
    condition = Condition()
    telemetry = Telemetry(registry, health=lambda: condition)
    port = free_port()
    await telemetry.open(port)
    yield port, condition
    await telemetry.close()


async def test_metrics_are_those_of_the_registry(port_and_condition):
    port, _ = port_and_condition

    answer = await get(port, "/metrics")

    assert answer.headers["content-type"].startswith("text/plain")
    assert "regulator_things_total 3.0" in answer.text


async def test_health_is_200_as_long_as_all_is_well(port_and_condition):
    port, _ = port_and_condition

    answer = await get(port, "/health")

    assert (answer.status_code, answer.json()) == (200, {"ok": True, "reasons": []})


async def test_health_is_503_with_the_reasons_when_it_is_not(port_and_condition):
    port, condition = port_and_condition
    condition.ok, condition.reasons = False, ("no broker answers",)

    answer = await get(port, "/health")

    assert (answer.status_code, answer.json()) == (503, {"ok": False, "reasons": ["no broker answers"]})


async def test_closing_what_was_never_opened_is_nothing():
    await Telemetry(CollectorRegistry(), health=Condition).close()


async def test_a_port_that_is_taken_is_an_error(port_and_condition):
    port, _ = port_and_condition
    second = Telemetry(CollectorRegistry(), health=Condition)

    with pytest.raises(OSError, match="address already in use"):
        await second.open(port)
    await second.close()
