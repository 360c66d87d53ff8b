"""A sandbox is judged and answered like any platform, and no officer sees anything of it."""

from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from regulator.config import Config, load_config
from regulator.domain.errors import Misconfigured
from regulator.secrets import load_secrets
from regulator.settings import load_settings
from streams import topics
from streams.desk.readers import readers
from streams.desk.whereabouts import Whereabouts
from streams.judge.app import build_judge
from streams.metrics import FeedMetrics
from tests.builders.law import Sitting, a_report

TRYING = """
[sunny]
companies = ["3101YPZC0001"]

[sunny-trial]
companies = ["3101YPZC0001"]
sandbox = true
"""


def configured(folder: Path, platforms: str = TRYING) -> Config:
    (folder / "platforms.toml").write_text(platforms, "utf-8")
    return load_config(folder)


def test_its_findings_have_a_queue_of_their_own() -> None:
    assert topics.queue(sandbox=True) == "sandbox.violations"
    assert topics.queue(sandbox=False) == "enforcement.violations"


def test_it_has_all_topics_of_a_platform_and_the_queue_exists_only_where_there_is_one(tmp_path: Path) -> None:
    names = {topic.name for topic in topics.declared(configured(tmp_path))}

    assert {"feed.sunny-trial.orders", "receipts.sunny-trial", "notices.sunny-trial"} < names
    assert "sandbox.violations" in names
    without = configured(tmp_path, TRYING.replace("sandbox = true", ""))
    assert "sandbox.violations" not in {topic.name for topic in topics.declared(without)}


def test_the_desk_reads_nothing_of_it(tmp_path: Path) -> None:
    known = readers(configured(tmp_path), pseudonym_key=b"key", whereabouts=Whereabouts())

    assert {"orders.sunny", "receipts.sunny", "enforcement.violations"} < set(known)
    assert not {"orders.sunny-trial", "receipts.sunny-trial", "sandbox.violations"} & set(known)


def test_a_recording_leaves_it_out(tmp_path: Path) -> None:
    recorded = set(topics.feeds(configured(tmp_path)))

    assert "feed.sunny.orders" in recorded
    assert not any("sunny-trial" in topic for topic in recorded)


def test_it_may_speak_for_a_company_that_has_a_feed_and_two_feeds_may_not(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {"REGULATOR_HOME": str(tmp_path / "home")})
    secrets = load_secrets(settings.home)

    build_judge(settings, configured(tmp_path), secrets)
    with pytest.raises(Misconfigured, match="3101YPZC0001 is listed for"):
        build_judge(settings, configured(tmp_path, TRYING.replace("sandbox = true", "")), secrets)


def test_its_records_count_for_no_company() -> None:
    sitting = Sitting()
    sitting.report(a_report())
    account = sitting.hearing.close_account()
    registry = CollectorRegistry()

    FeedMetrics(registry, companies=["3101YPZC0001"]).records(account, sandbox=True)

    companies = {
        sample.labels["company"]
        for metric in registry.collect()
        for sample in metric.samples
        if sample.name == "regulator_records_total"
    }
    assert companies == {"sandbox"}
