"""Operators are woken when SQL and the feeds differ, when nobody compared them, and when past orders wait."""

import re
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

RULES = Path(__file__).parents[1] / "config" / "prometheus" / "rules" / "regulator.yml"
STORY = {
    "regulator_reconciliation_differences": "0 2x20",
    "regulator_reconciliation_finished_seconds": "129000 129601x20",
    "regulator_rejudgement_remaining": "5x60",
    "regulator_rejudged_orders_total": "7x60",
    "regulator_rejudgement_defects_total": "0 1x20",
}


def rung(alert: str, value: str = "") -> dict[str, Any]:
    rules = {rule["alert"]: rule for rule in yaml.safe_load(RULES.read_text())["groups"][0]["rules"]}
    annotations = dict(rules[alert]["annotations"])
    annotations["summary"] = re.sub(r"\{\{ \$value[^}]*\}\}", value, annotations["summary"])
    return {"exp_labels": rules[alert]["labels"], "exp_annotations": annotations}


def asked(alert: str, minute: int, *alarms: dict[str, Any]) -> dict[str, Any]:
    return {"alertname": alert, "eval_time": f"{minute}m", "exp_alerts": list(alarms)}


@pytest.mark.prometheus
def test_the_alarms_of_the_archive_ring_when_they_should_and_not_before(
    promtool: Path, tmp_path: Path
) -> None:
    test = {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in STORY.items()],
        "alert_rule_test": [
            asked("ReconciliationDiffers", 0),
            asked("ReconciliationDiffers", 1, rung("ReconciliationDiffers", "2")),
            asked("ReconciliationOverdue", 10),
            asked("ReconciliationOverdue", 12, rung("ReconciliationOverdue", "1d 12h 0m 1s")),
            asked("RejudgementStuck", 10),
            asked("RejudgementStuck", 45, rung("RejudgementStuck", "5")),
            asked("RejudgementDefects", 0),
            asked("RejudgementDefects", 2, rung("RejudgementDefects")),
        ],
    }
    story = {"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": [test]}
    (tmp_path / "story.json").write_bytes(msgspec.json.encode(story))

    done = subprocess.run(
        [promtool, "test", "rules", tmp_path / "story.json"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
