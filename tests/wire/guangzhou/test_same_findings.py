"""The same rides told in both dialects come to the same findings: every golden story, told twice."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
import pytest

from regulator.config import Config, load_config
from regulator.domain.feed import Dialect
from regulator.replay import ReplayResult, replay
from regulator.replay.recorded import Message, read_log
from tests.golden.telling import FOLDER, SECRETS, stories
from tests.wire.guangzhou.telling import COMMANDS, message, told


def told_again(log: Path) -> Iterator[Message]:
    """Yield a story's log with its rides in the city's words; a file speaks for one company."""
    for one in read_log(log):
        if one.topic.startswith("feed.register."):
            yield one
            continue
        envelope: dict[str, Any] = msgspec.json.decode(one.payload)
        kind = envelope["IPCType"]
        group, command = COMMANDS[kind]
        for company, records in groupby(envelope[kind], key=lambda record: record["CompanyId"]):
            sent = [told(kind, record) for record in records]
            yield Message(one.topic, one.at, message(command, sent, company=company, type=group), one.key)


def configured(story: Path, dialect: Dialect) -> Config:
    own = story / "config"
    config = load_config(own if own.is_dir() else FOLDER / "config")
    platforms = {
        slug: msgspec.structs.replace(one, dialect=dialect) for slug, one in config.platforms.items()
    }
    return msgspec.structs.replace(config, platforms=platforms)


def fates(result: ReplayResult) -> dict[str, Any]:
    """Return by company and type what became of records; flaws have other names."""
    counted: dict[str, Any] = result.stats["records"]
    return {
        company: {kind: {**counts, "flaws": sum(counts["flaws"].values())} for kind, counts in types.items()}
        for company, types in counted.items()
    }


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.name)
def test_a_story_told_in_the_citys_words_ends_the_same(story: Path) -> None:
    log = story / "log.ndjson"
    first = replay(read_log(log), config=configured(story, Dialect.MINISTRY), secrets=SECRETS)

    again = replay(told_again(log), config=configured(story, Dialect.GUANGZHOU), secrets=SECRETS)

    assert again.findings == first.findings
    assert fates(again) == fates(first)


def test_a_log_in_the_citys_words_means_nothing_to_the_ministrys_border() -> None:
    (story,) = (one for one in stories() if one.name.startswith("01"))

    again = replay(
        told_again(story / "log.ndjson"), config=configured(story, Dialect.MINISTRY), secrets=SECRETS
    )

    assert again.findings == []
    assert again.stats["records"][""][""]["refused"] == {"unknown_type": 2}
