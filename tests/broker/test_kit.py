"""Only the jars on the committed list are ever run."""

import shutil

import pytest

from streams.broker.jars import expected, faults

pytestmark = pytest.mark.kafka


def test_the_fetched_jars_are_the_committed_ones(kafka_kit):
    assert faults(kafka_kit.jars) == []


def test_a_changed_a_missing_and_a_strange_jar_are_named(kafka_kit, tmp_path):
    jars = tmp_path / "jars"
    shutil.copytree(kafka_kit.jars, jars)
    changed, missing = sorted(expected())[:2]
    (jars / changed).write_bytes(b"something else")
    (jars / missing).unlink()
    (jars / "stranger.jar").write_bytes(b"")

    assert faults(jars) == [
        f"{missing} is missing",
        "stranger.jar does not belong here",
        f"{changed} has another SHA-256 than the committed list says",
    ]
