"""Changes to a recorded log that must not change the findings at rest."""

import base64
import json
import random
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from tests.oracle import identity, protobuf
from tests.oracle.world_values import dumped

Variation = Callable[[Sequence[str], random.Random], list[str]]


def _is_register(line: str) -> bool:
    return str(json.loads(line)["topic"]).startswith("feed.register.")


def _is_statement(line: str) -> bool:
    said = json.loads(line).get("value") or {}
    return _is_register(line) and said.get("type") != "heartbeat"


def split_arrays(lines: Sequence[str], _: random.Random) -> list[str]:
    """Each record in a message of its own, at the same arrival."""
    parts = []
    for line in lines:
        row = json.loads(line)
        value: Any = row.get("value")
        kind = value.get("IPCType") if isinstance(value, dict) else None
        records = value.get(kind) if kind else None
        if isinstance(records, list):
            parts += [dumped({**row, "value": {**value, kind: [record]}}) for record in records]
        else:
            parts.append(line)
    return parts


def repeat_messages(lines: Sequence[str], rng: random.Random) -> list[str]:
    """Feed messages come a second time at once or at the end, register messages at once."""
    repeated, behind = [], []
    for line in lines:
        repeated.append(line)
        if _is_register(line) or rng.random() < 0.5:
            repeated.append(line)
        else:
            behind.append(line)
    return repeated + _arriving(behind, [json.loads(lines[-1])["at"]] * len(behind))


def statements_first(lines: Sequence[str], _: random.Random) -> list[str]:
    """The register has said everything before the first order; heartbeats stay where they are."""
    said = [line for line in lines if _is_statement(line)]
    rest = [line for line in lines if not _is_statement(line)]
    return _arriving(said, [json.loads(lines[0])["at"]] * len(said)) + rest


def statements_last(lines: Sequence[str], _: random.Random) -> list[str]:
    """Every statement comes late, after the heartbeats too: at rest it counts all the same."""
    said = [line for line in lines if _is_statement(line)]
    rest = [line for line in lines if not _is_statement(line)]
    return rest + _arriving(said, [json.loads(lines[-1])["at"]] * len(said))


def sources_interleaved(lines: Sequence[str], rng: random.Random) -> list[str]:
    """Another order among sources; each source keeps its own, and everything keeps its arrival's place."""
    slots = [place for place, line in enumerate(lines) if _is_statement(line)]
    queues: dict[str, list[str]] = {}
    for place in slots:
        queues.setdefault(json.loads(lines[place])["topic"], []).append(lines[place])
    topics = [json.loads(lines[place])["topic"] for place in slots]
    rng.shuffle(topics)
    moved = list(lines)
    for place, topic in zip(slots, topics, strict=True):
        moved[place] = _arriving([queues[topic].pop(0)], [json.loads(lines[place])["at"]])[0]
    return moved


def feed_shuffled(lines: Sequence[str], rng: random.Random) -> list[str]:
    """Feed messages in any order. Only for logs in which no report is placed at its arrival."""
    slots = [place for place, line in enumerate(lines) if not _is_register(line)]
    shuffled = [lines[place] for place in slots]
    rng.shuffle(shuffled)
    moved = list(lines)
    for place, line in zip(slots, shuffled, strict=True):
        moved[place] = _arriving([line], [json.loads(lines[place])["at"]])[0]
    return moved


def shuffled(lines: Sequence[str], rng: random.Random) -> list[str]:
    """Feed and register in any order, heartbeats where they are. Only for logs as in `feed_shuffled`."""
    moving = [line for line in lines if not _is_heartbeat(line)]
    rng.shuffle(moving)
    return _in_slots(lines, moving)


def rotated(lines: Sequence[str], cut: int) -> list[str]:
    """What came from `cut` on comes first, then what came before it; else as `shuffled`."""
    moving = [line for line in lines if not _is_heartbeat(line)]
    return _in_slots(lines, moving[cut:] + moving[:cut])


def _in_slots(lines: Sequence[str], moving: Sequence[str]) -> list[str]:
    """The moving lines in their new order; heartbeats, and arrivals, keep their places."""
    moving = _equal_sequences_in_order([line for line in lines if not _is_heartbeat(line)], moving)
    queue = iter(moving)
    return [
        line if _is_heartbeat(line) else _arriving([next(queue)], [json.loads(line)["at"]])[0]
        for line in lines
    ]


def _equal_sequences_in_order(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Of equal sequences the later in the topic counts: those about one thing keep their order."""
    things = [_thing(line) for line in before]
    doubled = {thing for thing in things if thing is not None and things.count(thing) > 1}
    queues = {thing: [line for line in before if _thing(line) == thing] for thing in doubled}
    return [queues[thing].pop(0) if (thing := _thing(line)) in doubled else line for line in after]


def _thing(line: str) -> tuple[str, ...] | None:
    """Source, thing and sequence of a statement or withdrawal; None for a line of the feed."""
    if not _is_register(line):
        return None
    row = json.loads(line)
    said = row.get("value") or {}
    what = said.get("certificate") or said.get("episode")
    name = identity.certificate(what) if isinstance(what, str) else repr(what)
    return row["topic"], str(said.get("kind")), name, repr(said.get("sequence"))


def _is_heartbeat(line: str) -> bool:
    return _is_register(line) and not _is_statement(line)


def of_one_company(lines: Sequence[str], company: str) -> list[str]:
    """What one company's findings can rest on: its own records, the register, anybody's mileages."""
    kept = (company, "baseInfoVehicleTotalMile", "value_base64")
    return [line for line in lines if _is_register(line) or any(text in line for text in kept)]


def heartbeats_last(lines: Sequence[str], _: random.Random) -> list[str]:
    """Nobody vouches for anything before the end; what was refused is left out."""
    rest = [line for line in lines if not _is_heartbeat(line)]
    taken = [line for line in lines if _is_heartbeat(line) and not _lies_ahead(line)]
    return rest + _arriving(taken, [json.loads(lines[-1])["at"]] * len(taken))


def heartbeats_backwards(lines: Sequence[str], _: random.Random) -> list[str]:
    """The greatest counts, whatever a source says afterwards."""
    taken = [line for line in lines if _is_heartbeat(line) and not _lies_ahead(line)]
    late = sorted(taken, key=_vouched, reverse=True)
    return [*lines, *_arriving(late, [json.loads(lines[-1])["at"]] * len(late))]


def _lies_ahead(line: str) -> bool:
    return _vouched(line) > identity.instant(json.loads(line)["at"])


def _vouched(line: str) -> datetime:
    return identity.instant(json.loads(line)["value"]["complete_to"])


def as_protobuf(lines: Sequence[str], rng: random.Random) -> list[str]:
    """The same messages as `OTIpc` or `OTIpcList` bytes, wherever protobuf can say the same."""
    changed = []
    for line in lines:
        row = json.loads(line)
        data = protobuf.envelope(row.get("value"))
        if data is not None:
            data = data if rng.random() < 0.5 else protobuf.listed(data)
            row = {"topic": row["topic"], "at": row["at"], "value_base64": base64.b64encode(data).decode()}
        changed.append(dumped(row))
    return changed


ALWAYS: tuple[Variation, ...] = (
    split_arrays,
    repeat_messages,
    statements_first,
    statements_last,
    sources_interleaved,
    heartbeats_last,
    heartbeats_backwards,
)


def _arriving(lines: Sequence[str], at: Sequence[str]) -> list[str]:
    return [dumped({**json.loads(line), "at": each}) for line, each in zip(lines, at, strict=True)]
