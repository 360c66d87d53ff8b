"""Putting an app together: what Faust has to be told so that nothing is lost."""

from collections.abc import Awaitable, Callable, Sequence

from mode import CrashingSupervisor
from prometheus_client import REGISTRY, CollectorRegistry

from streams.faust.app import App, Hooks, Step
from streams.faust.runs import Opened, TopicPartition
from streams.faust.terms import Terms
from streams.faust.waiting import wait_for_topics
from streams.garbage import freeze_garbage
from streams.telemetry import Telemetry

Hook = Callable[[], Awaitable[None]]


async def _nothing(*_: object) -> None:
    pass


def build_app(
    name: str,
    *,
    brokers: str,
    topics: Sequence[str],
    web_port: int | None = None,
    web_host: str = "127.0.0.1",
    registry: CollectorRegistry = REGISTRY,
    before_joining: Hook = _nothing,
    on_opened: Callable[[Opened], Awaitable[None]] = _nothing,
    on_closed: Callable[[TopicPartition], Awaitable[None]] = _nothing,
    on_stopped: Hook = _nothing,
    terms: Terms | None = None,
) -> App:
    """Describe a worker of the consumer group `name`; see the package for the hooks."""
    terms = terms if terms is not None else Terms()
    telemetry = Telemetry(registry, health=lambda: app.health())

    async def open_telemetry() -> None:
        if web_port is not None:
            await telemetry.open(web_port, host=web_host)

    async def topics_ready() -> None:
        await wait_for_topics(brokers, topics, within=terms.topics_within)

    async def tidy() -> None:
        freeze_garbage()

    hooks = Hooks(
        before_joining=(
            Step("starting", open_telemetry),
            Step("waiting for the broker and the topics", topics_ready),
            Step("loading what is needed before joining", before_joining),
            Step("loading what is needed before joining", tidy),
        ),
        on_opened=on_opened,
        on_closed=on_closed,
        after_stopping=(Step("stopping", on_stopped), Step("stopping", telemetry.close)),
    )
    app = App(name, topics=topics, terms=terms, hooks=hooks, **_settings(name, brokers, terms))
    return app


def _settings(name: str, brokers: str, terms: Terms) -> dict[str, object]:
    return {
        "broker": [f"kafka://{broker}" for broker in brokers.split(",")],
        "broker_session_timeout": terms.session_timeout,
        "broker_heartbeat_interval": terms.heartbeat_every,
        "broker_rebalance_timeout": terms.rebalance_within,
        "broker_commit_interval": terms.commit_every,
        # Longer than the watchdog's patience: it is the one to speak.
        "broker_max_poll_interval": terms.stuck_after + terms.open_within + terms.rebalance_within,
        "consumer_auto_offset_reset": "earliest",
        "agent_supervisor": CrashingSupervisor,
        "stream_wait_empty": True,
        "topic_disable_leader": True,
        "topic_allow_declare": False,
        "web_enabled": False,
        "autodiscover": False,
        "store": "memory://",
        "table_standby_replicas": 0,
        "broker_client_id": name,
    }
