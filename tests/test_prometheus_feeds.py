"""Operators are woken when a feed falls silent or late, and not by a judge that is behind."""

import re
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

RULES = Path(__file__).parents[1] / "config" / "prometheus" / "rules" / "regulator.yml"
SILENT, WAITING = "feed.sunny.orders", "feed.moon.orders"
STORY = {
    f'regulator_feed_silent{{topic="{SILENT}", process="desk"}}': "0 1x20",
    f'regulator_feed_silent{{topic="{WAITING}", process="desk"}}': "0 1x20",
    f'regulator_feed_late{{topic="{SILENT}", process="desk"}}': "0 1x20",
    f'regulator_consumer_lag{{topic="{SILENT}", process="judge"}}': "0x20",
    f'regulator_consumer_lag{{topic="{WAITING}", process="judge"}}': "500x20",
}


def rung(alert: str) -> dict[str, Any]:
    rules = {rule["alert"]: rule for rule in yaml.safe_load(RULES.read_text())["groups"][0]["rules"]}
    annotations = dict(rules[alert]["annotations"])
    annotations["summary"] = re.sub(r"\{\{ \$labels.topic \}\}", SILENT, annotations["summary"])
    return {"exp_labels": {**rules[alert]["labels"], "topic": SILENT}, "exp_annotations": annotations}


def asked(alert: str, minute: int, *alarms: dict[str, Any]) -> dict[str, Any]:
    return {"alertname": alert, "eval_time": f"{minute}m", "exp_alerts": list(alarms)}


@pytest.mark.prometheus
def test_the_alarms_of_the_feeds_ring_when_they_should_and_not_before(promtool: Path, tmp_path: Path) -> None:
    test = {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in STORY.items()],
        "alert_rule_test": [
            asked("FeedSilent", 2),
            asked("FeedSilent", 4, rung("FeedSilent")),
            asked("FeedLate", 9),
            asked("FeedLate", 12, rung("FeedLate")),
        ],
    }
    story = {"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": [test]}
    (tmp_path / "story.json").write_bytes(msgspec.json.encode(story))

    done = subprocess.run(
        [promtool, "test", "rules", tmp_path / "story.json"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
