"""One conversation of the operator with the broker."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from regulator.config import load_config
from regulator.domain.errors import Unavailable
from regulator.settings import Settings
from streams.broker.kit import obtain
from streams.onboarding.listing import Listing
from streams.onboarding.plans import Onboarding
from streams.onboarding.quota import Quota

_ANSWER_MS = 10_000


@contextmanager
def onboarding(slug: str, settings: Settings, *, say: Callable[[str], None]) -> Iterator[Onboarding]:
    """Connect for one platform; raises Unavailable, Misconfigured. ``say`` is told what takes long."""
    config = load_config(settings.config)
    try:
        with closing(_admin(settings)) as admin:
            yield Onboarding(
                slug,
                admin=admin,
                config=config,
                listing=Listing(settings.config, slug),
                quota=Quota(lambda: obtain(settings.cache, say=say), settings.kafka, slug),
            )
    except KafkaError as why:
        raise Unavailable(f"Kafka at {settings.kafka}: {why!r}. What was done stays; try again") from why


def _admin(settings: Settings) -> KafkaAdminClient:
    return KafkaAdminClient(
        bootstrap_servers=settings.kafka.split(","), client_id="onboarding", bootstrap_timeout_ms=_ANSWER_MS
    )
