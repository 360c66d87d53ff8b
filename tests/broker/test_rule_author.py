"""What a rule's author does to a running installation: limits change, and a rule is tried in the shadow."""

import json
import re
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from regulator.clock import now
from regulator.domain.instants import DAY, Instant, to_datetime, to_digits, to_rfc3339
from regulator.wire.violations import ViolationEvent, decode_violation
from streams.broker.broker import Broker
from streams.topics import VIOLATIONS
from tests.broker.installation import Installation, wait_until
from tests.broker.streets import COMPANY, REGISTER, envelope, match
from tests.replay.rule_files import rule_file

pytestmark = pytest.mark.kafka

PLATE, DRIVER = "沪AD77777", "31990019900101123X"
_FEED, _MOON = "feed.moon.orders", COMPANY["moon"]


@pytest.fixture
def installation(empty_kafka: Broker, tmp_path: Path) -> Iterator[Installation]:
    """Desk, judge and track, with one rule in the shadow and one that fails."""
    installed = Installation(empty_kafka, tmp_path / "installation")
    folder = installed.config_folder
    rule_file(folder, "tried")
    rule_file(folder, "failing", "return 1 / 0")
    (folder / "rules.toml").write_text('shadow = ["tried.py", "failing.py"]\n')
    write_limits(installed, "retirement_years = [{ from = 2016-11-01, value = 8 }]")
    with installed.running(installed.desk, installed.judge, installed.track):
        yield installed


def test_limits_change_under_held_orders_and_a_bad_file_changes_nothing(installation: Installation) -> None:
    at = now()
    push(installation, REGISTER, *licences(at))
    push(installation, _FEED, envelope(_MOON, "orderMatch", match(_MOON, "O-1", PLATE, DRIVER, local(at))))
    wait_until(
        lambda: metric(installation, "regulator_shadow_standing_findings", rule="tried") == 1, what="judged"
    )
    assert violations(installation) == []

    write_limits(installation, "retirement_years = [{ from = 2016-11-01, value = never }]")
    wait_until(
        lambda: refused(installation) == 1, what="the bad file is refused", tell=installation.judge.tail
    )
    log = installation.judge.tail()
    assert re.search(r"limits\.toml.*line 1", log)
    assert violations(installation) == []

    write_limits(installation, "retirement_years = [{ from = 2016-11-01, value = 6 }]")
    wait_until(
        lambda: len(violations(installation)) == 1, what="it is judged again", tell=installation.judge.tail
    )
    (event,) = violations(installation)
    assert (event.event, event.rule, event.reason) == ("raised", "vehicle_retired", "age")
    assert event.because is not None
    assert event.because.kind == "limits"
    wait_until(lambda: refused(installation) == 0, what="nothing is refused any more")
    for worker in (installation.track, installation.desk):
        assert "limits.toml was changed and is in force" in worker.tail()


def test_a_rule_in_the_shadow_is_counted_and_one_that_fails_is_off(installation: Installation) -> None:
    at = now()
    push(installation, REGISTER, *licences(at))
    push(installation, _FEED, envelope(_MOON, "orderMatch", match(_MOON, "O-1", PLATE, DRIVER, local(at))))

    wait_until(
        lambda: metric(installation, "regulator_shadow_findings_total", rule="tried", event="raised") == 1,
        what="it is counted",
        tell=installation.judge.tail,
    )
    assert metric(installation, "regulator_shadow_rules_off", rule="failing") == 1
    assert metric(installation, "regulator_shadow_rules_off", rule="tried") == 0
    assert "rule failing in the shadow failed and is switched off" in installation.judge.tail()
    assert violations(installation) == []


def licences(at: Instant) -> list[bytes]:
    """Give everybody a licence; the car is seven years old."""
    seven = to_datetime(at) - timedelta(days=7 * 365 + 10)
    day, later = to_datetime(Instant(at - DAY)).date(), to_datetime(Instant(at + 30 * DAY)).date()
    about = (
        ("platform_permit", "P", _MOON),
        ("vehicle_permit", "V", PLATE),
        ("driver_certificate", "D", DRIVER),
    )
    said = [
        {
            "type": "licence",
            "kind": kind,
            "certificate": certificate,
            "subject": subject,
            "sequence": 1,
            "area": "310000",
            "first_registered": seven.date().isoformat() if kind == "vehicle_permit" else None,
            "periods": [{"from": day.isoformat(), "to": later.isoformat(), "state": "valid"}],
        }
        for kind, certificate, subject in about
    ]
    beat = {"type": "heartbeat", "complete_to": to_rfc3339(Instant(at - 1_000_000))}
    return [json.dumps(one).encode() for one in (*said, beat)]


def local(at: Instant) -> int:
    return int(to_digits(at))


def push(installation: Installation, topic: str, *values: bytes) -> None:
    with installation.producing() as producer:
        for value in values:
            producer.send(topic, value)


def write_limits(installation: Installation, text: str) -> None:
    """Replace the file as a whole, as operators are told to."""
    beside = installation.config_folder / "limits.toml.new"
    beside.write_text(text + "\n", "utf-8")
    beside.rename(installation.config_folder / "limits.toml")


def violations(installation: Installation) -> list[ViolationEvent]:
    return [decode_violation(value) for _, value in installation.read(VIOLATIONS) if value is not None]


def refused(installation: Installation) -> float:
    return metric(installation, "regulator_config_refused", file="limits.toml")


def metric(installation: Installation, name: str, **labels: str) -> float:
    """Ask the judge for one value; -1 where it has none."""
    port = installation.environment["REGULATOR_JUDGE_PORT"]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        text = answer.read().decode()
    wanted = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
    found = re.search(rf"^{name}{{{re.escape(wanted)}}} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else -1
