"""The track as a process: a Faust app that hears every platform's positions feed."""

from faust.types import StreamT
from prometheus_client import CollectorRegistry

from regulator.config import Config
from regulator.secrets import Secrets
from regulator.settings import Settings
from streams import topics
from streams.faust import App, Run, Terms, build_app
from streams.metrics import FeedMetrics, GaugeCollector
from streams.renewal import DESCRIBED
from streams.track.track import TrackKeeper

_GAUGES = {"regulator_consumer_lag": ("Messages not yet handled.", "topic"), **DESCRIBED}


def build_track(settings: Settings, config: Config, secrets: Secrets, *, terms: Terms | None = None) -> App:
    """Put a track together; nothing is connected until it runs."""
    registry = CollectorRegistry()
    keeper = TrackKeeper(
        config=config,
        secrets=secrets,
        brokers=settings.kafka,
        metrics=FeedMetrics(registry, companies=config.companies),
    )
    registry.register(GaugeCollector(keeper.gauges, _GAUGES))
    app = build_app(
        "track",
        brokers=settings.kafka,
        topics=[topics.feed_positions(platform) for platform in config.platforms],
        web_port=settings.track_port,
        web_host=settings.metrics_host,
        registry=registry,
        before_joining=keeper.before_joining,
        on_opened=keeper.on_opened,
        on_closed=keeper.on_closed,
        on_stopped=keeper.on_stopped,
        terms=terms,
    )
    keeper.app = app

    @app.agent(app.feed)
    async def track_positions(runs: StreamT[Run]) -> None:
        async for run in runs:
            await keeper.hear(run)

    app.task(keeper.renew)
    return app
