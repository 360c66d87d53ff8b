"""``regulator ministry-bridge``: the bridge as a process, with /metrics and /health."""

import asyncio
import logging
import signal
from collections.abc import Sequence
from contextlib import closing
from threading import Event

from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError
from prometheus_client import CollectorRegistry

from regulator.config import Config
from regulator.domain.errors import Misconfigured
from regulator.settings import Settings
from regulator.wire.dispatch import TOPICS
from streams.bridge.bridge import Bridge
from streams.bridge.metrics import BridgeMetrics
from streams.bridge.sink import Sink
from streams.bridge.terms import Account, Terms
from streams.telemetry import Telemetry
from streams.topics import create_missing, declared_for

_PAUSE = 2.0
_ANSWER_MS = 5_000
_log = logging.getLogger(__name__)


def run_bridge(
    settings: Settings,
    config: Config,
    *,
    password: str,
    slug: str,
    topics: Sequence[str] = TOPICS,
    terms: Terms | None = None,
) -> int:
    """Forward until SIGTERM or SIGINT; return the exit code. Raises Misconfigured."""
    account = Account(settings.ministry_url.rstrip("/"), settings.ministry_user, password)
    account.check()
    if slug not in config.platforms:
        raise Misconfigured(f"platforms.toml has no [{slug}]: say for which companies it may speak")
    if strange := set(topics) - set(TOPICS):
        raise Misconfigured(f"the dispatch has no topic {', '.join(sorted(strange))}")
    give_up = Event()
    sink = Sink(settings.kafka, slug, stop=give_up)
    registry = CollectorRegistry()
    bridge = Bridge(
        account, topics, sink=sink, metrics=BridgeMetrics(registry), terms=terms if terms else Terms()
    )
    telemetry = Telemetry(registry, health=bridge.health)
    try:
        return asyncio.run(_run(bridge, telemetry, settings, config, slug, give_up))
    finally:
        sink.close()


async def _run(
    bridge: Bridge, telemetry: Telemetry, settings: Settings, config: Config, slug: str, give_up: Event
) -> int:
    stop = asyncio.Event()
    for asked in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(asked, stop.set)
    await telemetry.open(settings.bridge_port, host=settings.metrics_host)
    try:
        preparing = asyncio.create_task(_create_topics(settings, config, slug))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((preparing, stopping), return_when=asyncio.FIRST_COMPLETED)
        if not preparing.done():
            preparing.cancel()
            return 0
        preparing.result()
        return await bridge.run(stop, give_up=give_up)
    finally:
        await telemetry.close()


async def _create_topics(settings: Settings, config: Config, slug: str) -> None:
    """Make sure that there is something to write to, however long the broker is away."""
    wanted = list(declared_for(slug, config.platforms[slug]))

    def create() -> None:
        with closing(
            KafkaAdminClient(
                bootstrap_servers=settings.kafka.split(","),
                client_id="ministry-bridge",
                bootstrap_timeout_ms=_ANSWER_MS,
            )
        ) as admin:
            create_missing(admin, wanted)

    while True:
        try:
            await asyncio.to_thread(create)
        except KafkaError as why:
            _log.warning("Kafka at %s does not answer (%s); asking again", settings.kafka, type(why).__name__)
            await asyncio.sleep(_PAUSE)
        else:
            return
