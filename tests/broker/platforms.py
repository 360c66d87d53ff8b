"""Platforms as they come through the secured door, and the operator who lets them in."""

import re
from contextlib import closing
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from streams.broker.broker import Broker
from streams.cli import main

IMPATIENT: dict[str, Any] = {"bootstrap_timeout_ms": 5_000, "request_timeout_ms": 30_000}


class Operator:
    """Types `regulator platform …` with a configuration folder of the test's own."""

    def __init__(self, broker: Broker, folder: Path, platforms: str = "") -> None:
        self.folder = folder
        (folder / "platforms.toml").write_text(platforms, "utf-8")
        self._environment = {
            "REGULATOR_HOME": str(folder / "home"),
            "REGULATOR_KAFKA": broker.bootstrap,
            "COLUMNS": "200",
        }

    @property
    def listed(self) -> str:
        """What platforms.toml says now."""
        return (self.folder / "platforms.toml").read_text("utf-8")

    def types(self, command: str, *, code: int = 0) -> str:
        """Type a command; return what it printed."""
        arguments = ["platform", *command.split(), "--config", str(self.folder)]
        told = CliRunner().invoke(main, arguments, env=self._environment)
        assert told.exit_code == code, f"{told.exit_code}\n{told.output}\n{told.exception!r}"
        return told.output

    def lets_in(self, slug: str, more: str = "--company 3101YPZC0001") -> "Credentials":
        """Add a platform; return what it is given."""
        return credentials(self.types(f"add {slug} {more} --yes"))


class Credentials(dict[str, Any]):
    """Settings of a client of kafka-python."""


def credentials(told: str) -> Credentials:
    """Read the password from what the command printed."""
    user, password = (re.search(rf"{word} +(\S+)", told) for word in ("user", "password  "))
    assert user is not None
    assert password is not None
    return Credentials(
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism="SCRAM-SHA-512",
        sasl_plain_username=user[1],
        sasl_plain_password=password[1],
        **IMPATIENT,
    )


def producing(broker: Broker, platform: Credentials, **more: Any) -> KafkaProducer:
    """A platform's producer; raises KafkaTimeoutError where its password does not open the door."""
    return KafkaProducer(
        bootstrap_servers=broker.platform_bootstrap, acks="all", max_block_ms=6_000, **platform, **more
    )


def writes(broker: Broker, platform: Credentials, topic: str, value: bytes = b"{}") -> None:
    """Write one message and wait for the broker's word."""
    with closing(producing(broker, platform)) as producer:
        producer.send(topic, value).get(timeout=60)


def reads(broker: Broker, platform: Credentials, topic: str) -> list[bytes]:
    """Read what the first partition of a topic holds."""
    with closing(
        KafkaConsumer(bootstrap_servers=broker.platform_bootstrap, enable_auto_commit=False, **platform)
    ) as consumer:
        partition = TopicPartition(topic, 0)
        consumer.assign([partition])
        consumer.end_offsets([partition])  # of a topic that is hidden, only this says so
        consumer.seek_to_beginning(partition)
        values: list[bytes] = []
        for _ in range(4):  # an empty topic too is asked for its records: that is what may be refused
            values += [record.value for record in consumer.poll(timeout_ms=250).get(partition, ())]
        return values


def joins(broker: Broker, platform: Credentials, topic: str, group: str) -> int:
    """Join a consumer group and read a topic for some seconds; return how many messages came."""
    with closing(
        KafkaConsumer(
            topic,
            bootstrap_servers=broker.platform_bootstrap,
            group_id=group,
            auto_offset_reset="earliest",
            **platform,
        )
    ) as consumer:
        return sum(len(batch) for _ in range(8) for batch in consumer.poll(timeout_ms=250).values())
