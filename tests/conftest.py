"""What every test may use. The outside parts live in tests/fixtures, one a file."""

import os

import pytest
from hypothesis import settings

from tests.fixtures.kafka import empty_kafka, fresh_kafka, kafka, kafka_kit, topic_prefix
from tests.fixtures.postgres import postgres, postgres_server
from tests.fixtures.programs import chromium, promtool
from tests.fixtures.started import started

__all__ = [
    "chromium",
    "empty_kafka",
    "fresh_kafka",
    "kafka",
    "kafka_kit",
    "postgres",
    "postgres_server",
    "promtool",
    "started",
    "topic_prefix",
]

settings.register_profile("ci", deadline=None)
settings.register_profile("fast", deadline=None, max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

_FORGOTTEN = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
"""kafka-python leaves sockets whose broker went away to the garbage collector, and so to a later test."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest, so that of two at a time none is left at the end; forgive kafka-python."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    for item in items:
        if item.get_closest_marker("kafka") is not None:
            item.add_marker(_FORGOTTEN)
