"""The shipped Prometheus files are ones that Prometheus takes, and their alarms ring when they should."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

CONFIG = Path(__file__).parents[1] / "config"
RULES = CONFIG / "prometheus" / "rules" / "regulator.yml"
METRICS = {
    "regulator_records_total",
    "regulator_findings_total",
    "regulator_standing_findings",
    "regulator_undetermined",
    "regulator_event_to_queue_seconds_bucket",
    "regulator_register_complete_to_seconds",
    "regulator_consumer_lag",
    "regulator_reconciliation_differences",
    "regulator_reconciliation_finished_seconds",
    "regulator_rejudgement_defects_total",
    "regulator_rejudgement_remaining",
    "regulator_rejudged_orders_total",
    "regulator_config_refused",
    "regulator_feed_silence_seconds",
    "regulator_feed_silent",
    "regulator_feed_late",
    "regulator_shadow_rules_off",
    "regulator_notices_unanswered_seconds",
}
ALARMS = """
rule_files: [{rules}]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - series: 'up{{job="regulator", process="judge"}}'
        values: '1 0 0 0'
      - series: 'up{{job="regulator", process="track"}}'
        values: '1 1 1 1'
      - series: 'regulator_records_total{{company="a", fate="defect"}}'
        values: '0 0 1 1'
      - series: 'regulator_register_complete_to_seconds{{source="traffic"}}'
        values: '60x8'
      - series: 'regulator_register_complete_to_seconds{{source="transport"}}'
        values: '7200x8'
      - series: 'regulator_config_refused{{process="judge", file="limits.toml"}}'
        values: '0 0 1 1'
      - series: 'regulator_shadow_rules_off{{rule="tried"}}'
        values: '0 1 1 1'
      - series: 'regulator_notices_unanswered_seconds{{platform="sunny"}}'
        values: '86400 90000x8'
    alert_rule_test:
      - {{alertname: NoticeUnanswered, eval_time: 0m, exp_alerts: []}}
      - {{alertname: NoticeUnanswered, eval_time: 1m, exp_alerts: [{silent}]}}
      - {{alertname: ConfigurationRefused, eval_time: 1m, exp_alerts: []}}
      - {{alertname: ConfigurationRefused, eval_time: 2m, exp_alerts: [{refused}]}}
      - {{alertname: ShadowRuleOff, eval_time: 0m, exp_alerts: []}}
      - {{alertname: ShadowRuleOff, eval_time: 1m, exp_alerts: [{off}]}}
      - {{alertname: ProcessDown, eval_time: 1m, exp_alerts: []}}
      - {{alertname: ProcessDown, eval_time: 2m, exp_alerts: [{down}]}}
      - {{alertname: Defects, eval_time: 1m, exp_alerts: []}}
      - {{alertname: Defects, eval_time: 3m, exp_alerts: [{defect}]}}
      - {{alertname: RegisterBehind, eval_time: 4m, exp_alerts: []}}
      - {{alertname: RegisterBehind, eval_time: 6m, exp_alerts: [{behind}]}}
"""


def run(promtool: Path, *arguments: str) -> str:
    done = subprocess.run([promtool, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.prometheus
@pytest.mark.parametrize("name", ["prometheus.yml", "compose.yml"])
def test_prometheus_takes_the_configuration(promtool, name):
    assert "SUCCESS" in run(promtool, "check", "config", str(CONFIG / "prometheus" / name))


@pytest.mark.prometheus
def test_the_alarms_ring_when_they_should_and_not_before(promtool, tmp_path):
    rules = {rule["alert"]: rule for rule in yaml.safe_load(RULES.read_text())["groups"][0]["rules"]}

    def rung(alert: str, labels: dict[str, str], **filled: str) -> str:
        annotations = dict(rules[alert]["annotations"])
        for pattern, value in filled.items():
            annotations["summary"] = re.sub(
                r"\{\{ [^}]*" + pattern + r"[^}]* \}\}", value, annotations["summary"]
            )
        return json.dumps({"exp_labels": rules[alert]["labels"] | labels, "exp_annotations": annotations})

    story = ALARMS.format(
        rules=RULES,
        down=rung("ProcessDown", {"process": "judge", "job": "regulator"}, process="judge"),
        defect=rung("Defects", {"company": "a"}, company="a"),
        refused=rung(
            "ConfigurationRefused",
            {"process": "judge", "file": "limits.toml"},
            process="judge",
            file="limits.toml",
        ),
        silent=rung("NoticeUnanswered", {"platform": "sunny"}, platform="sunny", value="1d 1h 0m 0s"),
        off=rung("ShadowRuleOff", {"rule": "tried"}, rule="tried"),
        behind=rung("RegisterBehind", {"source": "transport"}, source="transport", value="2h 0m 0s"),
    )
    (tmp_path / "story.yml").write_text(story)

    assert "SUCCESS" in run(promtool, "test", "rules", str(tmp_path / "story.yml"))


def test_both_configurations_scrape_the_same_processes():
    scraped = [
        {target["labels"]["process"] for target in job["static_configs"]}
        for name in ("prometheus.yml", "compose.yml")
        for job in yaml.safe_load((CONFIG / "prometheus" / name).read_text())["scrape_configs"]
    ]

    assert scraped == [{"judge", "track", "desk"}] * 2


def test_alarms_and_dashboard_ask_only_for_metrics_that_exist():
    dashboard = json.loads((CONFIG / "grafana" / "dashboards" / "regulator.json").read_text())
    asked = RULES.read_text() + "".join(panel["targets"][0]["expr"] for panel in dashboard["panels"])

    assert set(re.findall(r"regulator_\w+", asked)) == METRICS
