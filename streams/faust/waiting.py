"""Waiting, at the start, for a broker that answers and for topics that exist."""

import asyncio
import logging
from collections.abc import Collection

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from streams.faust.elapsed import elapsed

ASK_AGAIN_AFTER = 0.1
"""Seconds after the first question; twice as many after each further one, up to the longest pause."""
LONGEST_PAUSE = 1.0
TELL_EVERY = 5.0

log = logging.getLogger(__name__)


class TopicsMissing(Exception):
    """Start again when the topics exist and the broker answers."""


async def wait_for_topics(brokers: str, topics: Collection[str], *, within: float) -> None:
    """Return when all topics exist; raises TopicsMissing after `within` seconds."""
    began = elapsed()
    told = began - TELL_EVERY
    pause = ASK_AGAIN_AFTER
    while (lacking := await _lacking(brokers, topics)) is not None:
        waited = elapsed() - began
        if waited >= within:
            raise TopicsMissing(f"after {within:.0f} s: {lacking}")
        if elapsed() - told >= TELL_EVERY:
            told = elapsed()
            log.warning("Waiting, %.0f of %.0f s: %s", waited, within, lacking)
        await asyncio.sleep(min(pause, within - waited))
        pause = min(2 * pause, LONGEST_PAUSE)


async def _lacking(brokers: str, topics: Collection[str]) -> str | None:
    client = AIOKafkaAdminClient(bootstrap_servers=brokers)
    try:
        await client.start()
        missing = sorted(set(topics) - set(await client.list_topics()))
    except (KafkaError, OSError, TimeoutError) as error:
        return f"no Kafka broker answers at {brokers} ({error!r})"
    finally:
        await client.close()
    return f"topics do not exist: {', '.join(missing)}" if missing else None
