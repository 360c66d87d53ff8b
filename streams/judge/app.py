"""The judge as a process: a Faust app that hears every platform's orders feed."""

from faust.types import StreamT
from prometheus_client import CollectorRegistry

from regulator.clock import now
from regulator.config import Config
from regulator.domain.errors import Misconfigured
from regulator.joins.register_index import RegisterIndex
from regulator.judging.court import Court
from regulator.law import law_in_force
from regulator.law.shadow import shadow_rules
from regulator.secrets import Secrets
from regulator.settings import Settings
from streams import topics
from streams.faust import App, Run, Terms, build_app
from streams.judge.judge import Judge
from streams.metrics import GaugeCollector, JudgeMetrics
from streams.renewal import DESCRIBED

_GAUGES = {
    "regulator_register_complete_to_seconds": ("How long ago a source's register was complete.", "source"),
    "regulator_register_licences": ("Subjects with a statement.", "kind"),
    "regulator_consumer_lag": ("Messages not yet handled.", "topic"),
    "regulator_undetermined": ("Findings that wait for the register.", "rule"),
    "regulator_shadow_standing_findings": ("Findings of rules in the shadow that would stand.", "rule"),
    "regulator_shadow_rules_off": ("Whether a rule in the shadow failed and is switched off.", "rule"),
    **DESCRIBED,
}


_TERMS = Terms(run_bytes=128_000)
"""Some 500 records, however many a message holds: for so many, some 20 ms, others wait."""


def build_judge(settings: Settings, config: Config, secrets: Secrets, *, terms: Terms | None = None) -> App:
    """Put a judge together; nothing is connected until it runs."""
    _refuse_shared_companies(config)
    registry = CollectorRegistry()
    index = RegisterIndex(config.sources)
    law = law_in_force(config, secrets, index, shadow=shadow_rules(config))
    metrics = JudgeMetrics(
        registry, companies=config.companies, rules=law.rule_ids, shadow=list(law.shadow.on)
    )
    metrics.shadow_failures(law.shadow.failed)
    judge = Judge(
        court=Court(law, index),
        config=config,
        secrets=secrets,
        brokers=settings.kafka,
        metrics=metrics,
        clock=now,
    )
    registry.register(GaugeCollector(judge.gauges, _GAUGES))
    app = build_app(
        "judge",
        brokers=settings.kafka,
        topics=[topics.feed_orders(platform) for platform in config.platforms],
        web_port=settings.judge_port,
        web_host=settings.metrics_host,
        registry=registry,
        before_joining=judge.before_joining,
        on_opened=judge.on_opened,
        on_closed=judge.on_closed,
        on_stopped=judge.on_stopped,
        terms=terms if terms is not None else _TERMS,
    )
    judge.app = app
    _attach(app, judge)
    return app


def _refuse_shared_companies(config: Config) -> None:
    """An order's state belongs to one feed, so a company has one: raises Misconfigured."""
    spoken_for: dict[str, str] = {}
    for slug, platform in config.platforms.items():
        if platform.sandbox:  # what is tried there is no order of anybody's
            continue
        for company in sorted(platform.companies):
            other = spoken_for.setdefault(company, slug)
            if other != slug:
                raise Misconfigured(
                    f"platforms.toml: {company} is listed for [{other}] and for [{slug}]: only one feed may"
                    " speak for a company"
                )


def _attach(app: App, judge: Judge) -> None:
    @app.agent(app.feed)
    async def judge_orders(runs: StreamT[Run]) -> None:
        async for run in runs:
            await judge.hear(run)

    for task in (judge.follow_register, judge.follow_returns, judge.rejudge, judge.forget, judge.renew):
        app.task(task)
