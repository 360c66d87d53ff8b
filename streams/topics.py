"""Every topic: its name, key, contents, partitions and retention. Nothing else creates one.

All carry the broker's own time of arrival (LogAppendTime): a sender's clock decides nothing here.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from kafka.admin import KafkaAdminClient
from kafka.errors import TopicAlreadyExistsError, for_code

from regulator.config import Config, Platform
from regulator.domain.errors import Misconfigured
from regulator.domain.feed import FeedKind

REGISTER = "register"
"""Statements and heartbeats with pseudonyms, in the order in which they vouch; key: the thing stated."""

VIOLATIONS = "enforcement.violations"
"""The enforcement queue; key: the finding."""

SANDBOX_VIOLATIONS = "sandbox.violations"
"""As the enforcement queue, of platforms that are being tried: no officer ever sees it."""

RETURNED = "returned"
"""Orders that judges let go of and that began anew: their first lives, from the desk; key: the order."""

TRACKS = "tracks"
"""Where cars were last: one message a run of positions."""

MILLISECOND = 1000
"""Of Kafka's timestamps, in the microseconds of an instant."""

RECEIPT_LINES = 20_000
"""A run with more refusals and flaws than this is told in several receipts."""

_DAY = 24 * 3600 * 1000
_VIOLATION_PARTITIONS = 4
_MIB = 1024 * 1024

LARGEST_BYTES = 24 * _MIB
"""Of one message: a receipt with the lines of a run and of the message that was one too many."""


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """One declared topic. ``keep_ms`` None: compacted, the newest of each key is kept for ever.

    ``tombstones_ms``: so long who reads it may be away and still hear that a key is gone. ``whole_ms``:
    so long everything is kept that was written, whatever replaced it.
    """

    name: str
    partitions: int = 1
    keep_ms: int | None = None
    tombstones_ms: int = _DAY
    largest_bytes: int = 1 * _MIB
    whole_ms: int = 0

    @property
    def configs(self) -> dict[str, str]:
        """The broker's settings for it."""
        common = {"message.timestamp.type": "LogAppendTime", "max.message.bytes": str(self.largest_bytes)}
        if self.keep_ms is None:
            compact = {"cleanup.policy": "compact", "min.cleanable.dirty.ratio": "0.3"}
            compact["min.compaction.lag.ms"] = str(self.whole_ms)
            return {**common, **compact, "delete.retention.ms": str(self.tombstones_ms)}
        return {**common, "cleanup.policy": "delete", "retention.ms": str(self.keep_ms)}


SANDBOX_QUEUE = Topic(name=SANDBOX_VIOLATIONS, partitions=_VIOLATION_PARTITIONS, keep_ms=30 * _DAY)


def feed_orders(platform: str) -> str:
    """What a platform pushes about orders and operation; key: the order."""
    return f"feed.{platform}.orders"


def feed_positions(platform: str) -> str:
    """What a platform pushes about positions; any key."""
    return f"feed.{platform}.positions"


def feed(platform: str, kind: FeedKind) -> str:
    """Return one of a platform's two feeds."""
    return feed_orders(platform) if kind is FeedKind.ORDERS else feed_positions(platform)


def feed_register(source: str) -> str:
    """What a department states; key: the certificate."""
    return f"feed.register.{source}"


def orders(platform: str) -> str:
    """Orders as they stand: the judge's state; key: company and order; partitions as the feed's."""
    return f"orders.{platform}"


def feed_of_orders(topic: str) -> str:
    """Return the feed on which the orders of a state topic are reported."""
    return feed_orders(platform_of(topic))


def receipts(platform: str) -> str:
    """What became of every record that a platform sent; no key."""
    return f"receipts.{platform}"


def base(platform: str) -> str:
    """What a platform told of its permits, fares, cars and drivers: one message a run, no key."""
    return f"base.{platform}"


def quality(platform: str) -> str:
    """What each run of a platform's feeds was made of, in numbers; no key."""
    return f"quality.{platform}"


def notices(platform: str) -> str:
    """Whom a platform is to stop dispatching; key: the notice; its newest state is kept."""
    return f"notices.{platform}"


def answers(platform: str) -> str:
    """What a platform answers to notices; key: the notice."""
    return f"feed.{platform}.answers"


def platform_of(topic: str) -> str:
    """Return the platform whose feed, orders, receipts or notices a topic is; any other raises ValueError."""
    head, _, rest = topic.partition(".")
    platform, _, _ = rest.partition(".")
    if head not in ("feed", "orders", "receipts", "notices") or not platform:
        raise ValueError(f"{topic} belongs to no platform")
    return platform


def violations_partition(feed: str, partition: int) -> int:
    """Return where findings on one partition of a feed go: always the same, so their order is the feed's."""
    return zlib.crc32(f"{feed}/{partition}".encode()) % _VIOLATION_PARTITIONS


def feeds(config: Config) -> Iterator[str]:
    """Yield every topic on which others push, platforms' and departments': what a replay is made of."""
    for source in config.sources:
        yield feed_register(source)
    for name, platform in config.platforms.items():
        if not platform.sandbox:
            yield feed_orders(name)
            yield feed_positions(name)


def queue(*, sandbox: bool) -> str:
    """Return the topic of the findings on a platform's orders."""
    return SANDBOX_VIOLATIONS if sandbox else VIOLATIONS


def by_topic(numbers: Iterable[tuple[tuple[str, int], int]]) -> dict[str, float]:
    """Add up by topic what is said of partitions."""
    sums: dict[str, float] = {}
    for (topic, _), number in numbers:
        sums[topic] = sums.get(topic, 0) + number
    return sums


def declared(config: Config) -> Iterator[Topic]:
    """Yield every topic that a configuration needs."""
    yield Topic(name=REGISTER)
    yield Topic(name=VIOLATIONS, partitions=_VIOLATION_PARTITIONS)
    yield Topic(name=TRACKS, keep_ms=_DAY // 24)
    yield Topic(name=RETURNED, keep_ms=7 * _DAY, largest_bytes=4 * _MIB)
    if any(platform.sandbox for platform in config.platforms.values()):
        yield SANDBOX_QUEUE
    for source in config.sources:
        yield Topic(name=feed_register(source), keep_ms=30 * _DAY)
    for name, platform in config.platforms.items():
        yield from declared_for(name, platform)


def declared_for(name: str, platform: Platform) -> Iterator[Topic]:
    """Yield the topics of one platform."""
    yield Topic(name=feed_orders(name), partitions=platform.partitions, keep_ms=7 * _DAY)
    yield Topic(name=feed_positions(name), partitions=platform.partitions, keep_ms=7 * _DAY)
    yield Topic(
        name=orders(name),
        whole_ms=_DAY,  # a desk that was away so long still finds every order that a judge let go of
        partitions=platform.partitions,
        largest_bytes=4 * _MIB,
        tombstones_ms=30 * _DAY,
    )
    yield Topic(name=receipts(name), keep_ms=30 * _DAY, largest_bytes=LARGEST_BYTES)
    yield Topic(name=base(name), keep_ms=7 * _DAY, largest_bytes=LARGEST_BYTES)
    yield Topic(name=quality(name), keep_ms=30 * _DAY, largest_bytes=LARGEST_BYTES)
    yield Topic(name=notices(name))
    yield Topic(name=answers(name), keep_ms=30 * _DAY)


def missing_of(admin: KafkaAdminClient, wanted: Iterable[Topic]) -> list[Topic]:
    """Return the topics that do not exist yet; raises Misconfigured as `create_missing` does."""
    present = {topic["name"]: topic for topic in admin.describe_topics()}
    listed = list(wanted)
    for topic in listed:
        _check_partitions(topic, present)
    return [topic for topic in listed if topic.name not in present]


def create_missing(admin: KafkaAdminClient, wanted: Iterable[Topic], *, replicas: int = 1) -> list[str]:
    """Create the topics that do not exist yet and return their names.

    Of an existing topic with other partitions Misconfigured is raised: which partition an order is
    on must not change under its state.
    """
    missing = {topic.name: _options(topic, replicas) for topic in missing_of(admin, wanted)}
    if missing:
        answer = admin.create_topics(missing, raise_errors=False, wait_for_metadata=True)
        for one in answer["topics"]:
            error = for_code(one["error_code"])
            if one["error_code"] and error is not TopicAlreadyExistsError:
                raise error(f"{one['name']}: {one.get('error_message')}")
    return sorted(missing)


def _options(topic: Topic, replicas: int) -> Mapping[str, object]:
    return {"num_partitions": topic.partitions, "replication_factor": replicas, "configs": topic.configs}


def _check_partitions(topic: Topic, present: Mapping[str, Mapping[str, list[object]]]) -> None:
    if topic.name in present and len(present[topic.name]["partitions"]) != topic.partitions:
        raise Misconfigured(
            f"topic {topic.name} has {len(present[topic.name]['partitions'])} partitions, configuration says"
            f" {topic.partitions}: set `partitions` back in platforms.toml"
        )
