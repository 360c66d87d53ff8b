"""`regulator doctor` on a healthy installation, and on ones that are not."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from regulator.clock import now
from regulator.domain.instants import SECOND, Instant, to_rfc3339
from streams.broker.broker import Broker
from tests.broker.installation import Installation, wait_until
from tests.broker.streets import REGISTER

pytestmark = pytest.mark.kafka


def test_a_healthy_installation_is_well_and_a_stopped_judge_is_named(
    empty_kafka: Broker, tmp_path: Path
) -> None:
    installation = Installation(empty_kafka, tmp_path / "installation")
    with installation.running(installation.desk, installation.judge, installation.track):
        vouch(installation)
        wait_until(
            lambda: doctor(installation)[0] == 0, what="all is well", tell=lambda: doctor(installation)[1]
        )

        installation.judge.kill()
        code, said = doctor(installation)

    assert code == 1
    assert "✗ judge: no health on port" in said
    assert "start it (regulator judge)" in said


def test_a_source_that_never_vouched_and_a_broker_that_is_away_are_told(
    fresh_kafka: Broker, tmp_path: Path
) -> None:
    installation = Installation(fresh_kafka, tmp_path / "installation")
    installation.create_topics()

    _, before = doctor(installation)
    fresh_kafka.stop()
    code, after = doctor(installation)

    assert "✗ source permits: has never sent a heartbeat" in before
    assert code == 1
    assert "✗ broker: nobody answers at" in after


def test_a_mistake_in_the_configuration_is_told_with_its_file(empty_kafka: Broker, tmp_path: Path) -> None:
    installation = Installation(empty_kafka, tmp_path / "installation")
    (installation.config_folder / "sources.toml").write_text("[permits]\nkinds = 3\n", "utf-8")

    code, said = doctor(installation)

    assert code == 1
    assert "sources.toml" in said
    assert "kinds" in said


def vouch(installation: Installation) -> None:
    message = {"type": "heartbeat", "complete_to": to_rfc3339(Instant(now() - SECOND))}
    with installation.producing() as producer:
        producer.send(REGISTER, json.dumps(message).encode())


def doctor(installation: Installation) -> tuple[int, str]:
    outcome = subprocess.run(
        [sys.executable, "-m", "streams.cli", "doctor", "--config", str(installation.config_folder)],
        env={**os.environ, **installation.environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return outcome.returncode, outcome.stdout + outcome.stderr
