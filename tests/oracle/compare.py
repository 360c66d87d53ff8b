"""Compare the two judges on a seed's world, and shrink what they disagree about."""

import ast
import json
import re
import tempfile
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.oracle import product, worlds
from tests.oracle.world_values import dumped


class Disagreement(NamedTuple):
    """A seed, what differs in the least log found, and that log with its configuration."""

    seed: int
    rows: list[str]
    lines: list[str]
    config: dict[str, str]

    @property
    def kind(self) -> str:
        """What differs without who and how many, so that one example of each can be shown."""
        return "; ".join(sorted({_kind(row) for row in self.rows}))

    def __str__(self) -> str:
        files = "".join(f"--- {name}\n{text}" for name, text in self.config.items())
        return "\n".join((f"seed {self.seed}", *self.rows, "--- log", *self.lines, files))


def _kind(row: str) -> str:
    if row[:1] in "+-":
        found = ast.literal_eval(row[2:])
        return " ".join(
            [row[0], *(str(found[name]) for name in ("rule", "status", "reason", "stages", "disputed"))]
        )
    more = re.search(r": ([0-9]+) here, ([0-9]+)", row)
    sign = "" if more is None else " more" if int(more[2]) > int(more[1]) else " fewer"
    return re.sub(r"^  [0-9]+YPZC[0-9]+ |:.*", "", row) + sign


def differing(lines: Sequence[str], config: dict[str, str]) -> list[str]:
    """What the two judges disagree about on one log."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        worlds.configure(folder, config)
        return product.differences(product.ours(lines, folder), product.theirs(lines, folder))


def compare(seed: int, quirks: Collection[str], *, findings_only: bool = False) -> Disagreement | None:
    """None when the two agree on the seed's world."""
    made = worlds.world(seed, quirks)
    findings_only = findings_only or made.long

    def still(lines: Sequence[str]) -> bool:
        rows = differing(lines, made.config)
        return any(row[:1] in "+-" for row in rows) if findings_only else bool(rows)

    if not still(made.lines):
        return None
    least = shrink(made.lines, still)
    return Disagreement(seed, differing(least, made.config), least, made.config)


def shrink(lines: Sequence[str], still: Callable[[Sequence[str]], bool]) -> list[str]:
    """Drop lines, then records inside lines, as long as the difference remains."""
    least = list(lines)
    changed = True
    while changed:
        changed = False
        for place in reversed(range(len(least))):
            for shorter in ([], *_without_one(least[place])):
                tried = [*least[:place], *shorter, *least[place + 1 :]]
                if still(tried):
                    least, changed = tried, True
                    break
    return least


def _without_one(line: str) -> list[list[str]]:
    """The line with one record less, in every way."""
    row = json.loads(line)
    value = row.get("value")
    kind = value.get("IPCType") if isinstance(value, dict) else None
    records = value.get(kind) if kind else None
    if not isinstance(records, list) or len(records) < 2:
        return []
    shorter = [records[:place] + records[place + 1 :] for place in range(len(records))]
    return [[dumped({**row, "value": {**value, kind: rest}})] for rest in shorter]
