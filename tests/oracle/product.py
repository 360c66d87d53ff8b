"""The product's replay, asked through its public entry, in the form in which the two are compared."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.oracle import judge
from tests.oracle.fields import CHECKED
from tests.oracle.rules import RULES

KEY = "heldout-oracle"
COMPARED = frozenset(RULES)
Row = dict[str, Any]


class Answer(NamedTuple):
    """Findings in their printed order, and flat counts (only what the page gives a meaning to)."""

    findings: list[Row]
    counts: dict[str, int]


Judge = Callable[[Sequence[str], Path], Answer]


def ours(lines: Sequence[str], folder: Path) -> Answer:
    """The independent judge."""
    judgement = judge.judge(lines, judge.read_config(folder), KEY)
    findings = [row for row in judgement.findings if row["rule"] in COMPARED]
    return Answer(findings, flat(judgement.stats["records"]))


def theirs(lines: Sequence[str], folder: Path) -> Answer:
    """The product: the same log and folder through `regulator.replay`."""
    import msgspec

    try:
        result = replayed(lines, folder)
    except Exception as broken:  # a log on which it breaks is a disagreement like any other
        return Answer([], {f"{type(broken).__name__}: {broken}": 1})
    rows = [msgspec.to_builtins(row) for row in result.findings if row.rule in COMPARED]
    return Answer([{**row, "stages": list(row["stages"])} for row in rows], flat(result.stats["records"]))


def replayed(lines: Sequence[str], folder: Path, *, history: bool = False) -> Any:
    """The product's own result for a log under the configuration in the folder."""
    from regulator.config import load_config
    from regulator.replay import replay
    from regulator.replay.recorded import read_log
    from regulator.secrets import Secrets

    log = folder / "log.ndjson"
    log.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (folder / "areas").mkdir(exist_ok=True)  # without one the default's would be used
    secrets = Secrets(pseudonym_key=KEY.encode(), finding_key=b"f", encryption_key=b"", cookie_key=b"")
    return replay(read_log(log), config=load_config(folder), secrets=secrets, history=history)


def flat(records: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, int]:
    """Counts by name. Where nobody can be named (`unreadable`, `unknown_type`) only the sum is compared."""
    counts: dict[str, int] = {}

    def add(name: str, number: int) -> None:
        if number:
            counts[name] = counts.get(name, 0) + number

    for company, types in records.items():
        for kind, line in types.items():
            where = f"{company} {kind}"
            settled = line["handled"] + line["repeated"] + sum(line["refused"].values())
            if kind in CHECKED:
                add(f"{where} handled", line["handled"])
                add(f"{where} repeated", line["repeated"])
            else:
                add(f"{where} not refused", line["handled"] + line["repeated"])
            for reason, number in line["refused"].items():
                add(f"{'' if reason in ('unreadable', 'unknown_type') else where} refused {reason}", number)
            for reason, number in line["flaws"].items():
                add(f"{where} flaw {reason}", number if kind in CHECKED else 0)
            if line["records"] != settled:
                counts[f"{where} does not add up"] = 1
    return counts


def _place(row: Row) -> tuple[str, str, str, str]:
    """What findings are sorted by; episodes of two sources may have one number."""
    return row["company"], row["order"] or row["login"], row["rule"], row["subject"]


def differences(ours: Answer, theirs: Answer) -> list[str]:
    """Readable lines, none when the two agree: `-` only here, `+` only in the product."""
    mine, yours = ([repr(row) for row in each.findings] for each in (ours, theirs))
    lines = [f"- {row}" for row in mine if row not in yours] + [
        f"+ {row}" for row in yours if row not in mine
    ]
    if not lines and [_place(row) for row in ours.findings] != [_place(row) for row in theirs.findings]:
        lines = ["  the same findings in another order"]
    for name in sorted(ours.counts.keys() | theirs.counts.keys()):
        left, right = ours.counts.get(name, 0), theirs.counts.get(name, 0)
        if left != right:
            lines.append(f"  {name}: {left} here, {right} in the product")
    return lines
