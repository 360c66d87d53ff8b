"""Looks at the broker: does it answer, are its topics as declared, who is behind."""

from collections.abc import Iterator
from contextlib import closing

from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from regulator.config import Config
from regulator.settings import Settings
from streams import topics
from streams.broker.ready import answers
from streams.doctor.symptom import Symptom, note, well, wrong

_FAR_BEHIND = 10_000


def look_at_broker(settings: Settings, config: Config) -> Iterator[Symptom]:
    """Ask the broker; stop at the first thing that makes further questions useless."""
    host, _, port = settings.kafka.split(",")[0].rpartition(":")
    if host in ("127.0.0.1", "localhost") and not answers(int(port)):
        yield wrong(
            "broker", f"nobody answers at {settings.kafka}", "start it (make run), or set REGULATOR_KAFKA"
        )
        return
    try:
        with closing(KafkaAdminClient(bootstrap_servers=settings.kafka.split(","))) as admin:
            present = {topic["name"]: len(topic["partitions"]) for topic in admin.describe_topics()}
            groups = {group: admin.list_group_offsets(group)[group] for group in ("judge", "track")}
    except KafkaError as why:
        yield wrong("broker", f"{settings.kafka}: {why!r}", "see the broker's log; check REGULATOR_KAFKA")
        return
    yield well("broker", f"answers at {settings.kafka}")
    yield from _topics(config, present)
    for group, offsets in groups.items():
        yield _behind(settings, group, {part: offset.offset for part, offset in offsets.items()})


def _topics(config: Config, present: dict[str, int]) -> Iterator[Symptom]:
    declared = list(topics.declared(config))
    missing = [topic.name for topic in declared if topic.name not in present]
    other = [
        topic.name for topic in declared if present.get(topic.name, topic.partitions) != topic.partitions
    ]
    if missing:
        yield wrong("topics", f"missing: {', '.join(missing)}", "start the desk: it creates them")
    if other:
        yield wrong(
            "topics",
            f"other partitions than declared: {', '.join(other)}",
            "set `partitions` in platforms.toml back: an order's partition must not change under its state",
        )
    if not missing and not other:
        yield well("topics", f"{len(declared)} as declared")


def _behind(settings: Settings, group: str, committed: dict[TopicPartition, int]) -> Symptom:
    if not committed:
        return note(f"{group}'s progress", "has never read anything", f"start it: regulator {group}")
    with closing(KafkaConsumer(bootstrap_servers=settings.kafka.split(","))) as consumer:
        ends = consumer.end_offsets(list(committed))
    behind = sum(max(0, ends[part] - offset) for part, offset in committed.items())
    if behind > _FAR_BEHIND:
        return wrong(
            f"{group}'s progress", f"{behind} messages behind", f"is {group} running? start more of them"
        )
    return well(f"{group}'s progress", f"{behind} messages behind")
