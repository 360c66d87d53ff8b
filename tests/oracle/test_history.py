"""The product's events against the independent judge's answer after every single message.

A consumer that keeps the last event of each finding has exactly the standing findings (§6.1), at every
moment, because everything is judged again when something arrives that touches it (§5.1).
"""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.oracle import identity, judge, product, worlds
from tests.oracle.world_values import dumped

SEEDS = int(os.environ.get("ORACLE_SEEDS", "160")) // 3
BLOCK = 20
Key = tuple[str, str | None, str | None, str, str]
State = tuple[str, str, tuple[str, ...], datetime, bool]
_EPOCH = identity.instant("1970-01-01T00:00:00Z")


def one_at_a_time(lines: list[str]) -> list[str]:
    """The log with different arrivals, so that an event names the message that caused it."""
    apart = []
    for place, line in enumerate(lines):
        row = json.loads(line)
        at = identity.instant(row["at"]) + timedelta(milliseconds=place)
        apart.append(dumped({**row, "at": at.isoformat()}))
    return apart


def standing(findings: list[dict[str, Any]]) -> dict[Key, State]:
    """The violations among the independent judge's findings."""
    return {
        (row["company"], row["order"], row["login"], row["rule"], row["subject"]): (
            row["reason"],
            row["stage"],
            tuple(row["stages"]),
            identity.instant(row["at"]),
            row["disputed"],
        )
        for row in findings
        if row["status"] == "violation"
    }


def instant(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def told(event: Any) -> tuple[Key, State]:
    """What an event says, in the same form."""
    finding = event.finding
    stages = tuple(str(stage) for stage in finding.stages)
    subject = finding.subject
    if str(finding.rule) == "re_offence":
        subject = subject.partition("/")[
            2
        ]  # inside, an episode is source and number; findings print the number
    key = (finding.company, finding.order, finding.login, str(finding.rule), subject)
    return key, (str(finding.reason), str(finding.stage), stages, instant(finding.at), finding.disputed)


@pytest.mark.parametrize("first", range(0, SEEDS, BLOCK))
def test_the_last_events_are_the_standing_findings_after_every_message(first: int, tmp_path: Path) -> None:
    for seed in range(first, min(first + BLOCK, SEEDS)):
        made = worlds.world(seed, worlds.SETTLED - {"fractions", "same_number"})
        folder = tmp_path / str(seed)
        folder.mkdir()
        worlds.configure(folder, made.config)
        lines = one_at_a_time(made.lines)
        check(seed, lines, folder)


def check(seed: int, lines: list[str], folder: Path) -> None:
    config = judge.read_config(folder)
    events = product.replayed(lines, folder, history=True).history
    events = [event for event in events if str(event.finding.rule) in product.COMPARED]
    kept: dict[Key, State] = {}
    judgements: dict[Key, str] = {}
    for place, line in enumerate(lines):
        arrival = identity.instant(json.loads(line)["at"])
        while events and instant(events[0].caused_at) <= arrival:
            event = events.pop(0)
            key, state = told(event)
            assert (str(event.kind) == "raised") == (key not in kept), f"seed {seed}, line {place}: {event}"
            assert event.finding.judgement != judgements.get(key), f"seed {seed}: nothing new in {event}"
            judgements[key] = event.finding.judgement
            if str(event.kind) == "withdrawn":
                del kept[key]
            else:
                kept[key] = state
        found = judge.judge(lines[: place + 1], config, product.KEY).findings
        expected = standing([row for row in found if row["rule"] in product.COMPARED])
        assert kept == expected, f"seed {seed}, after line {place}: {line}"
    assert not events, f"seed {seed}: events after the end: {events}"
