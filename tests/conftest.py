"""What every test may use. The outside parts live in tests/fixtures, one a file."""

import os

from hypothesis import settings

from tests.fixtures.kafka import fresh_kafka, kafka, kafka_kit, topic_prefix
from tests.fixtures.postgres import postgres, postgres_server
from tests.fixtures.programs import chromium, promtool

__all__ = [
    "chromium",
    "fresh_kafka",
    "kafka",
    "kafka_kit",
    "postgres",
    "postgres_server",
    "promtool",
    "topic_prefix",
]

settings.register_profile("ci", deadline=None)
settings.register_profile("fast", deadline=None, max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
