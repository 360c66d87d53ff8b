"""A golden story: what came in, and what comes out of it, told so that an officer can read it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from regulator.config import load_config
from regulator.console.terms import TERMS
from regulator.domain.findings import EventKind, FindingEvent
from regulator.domain.instants import Instant, to_datetime
from regulator.replay import ReplayResult, replay
from regulator.replay.recorded import read_log
from regulator.secrets import Secrets

FOLDER = Path(__file__).parent
STORIES = FOLDER / "stories"
SECRETS = Secrets(pseudonym_key=b"heldout-oracle", finding_key=b"golden", encryption_key=b"", cookie_key=b"")
FINDINGS, EVENTS = "findings.ndjson", "events.txt"

_KINDS = {EventKind.RAISED: "新增", EventKind.UPDATED: "变更", EventKind.WITHDRAWN: "撤回"}
_REFUSALS = {
    "unreadable": "无法解析",
    "unknown_type": "类型不明",
    "wrong_topic": "主题不符",
    "foreign": "越权代报",
    "unattributable": "无法归属",
    "defect": "系统故障",
}


class Told(NamedTuple):
    """The two files that a story must come to."""

    findings: str
    events: str


def stories() -> list[Path]:
    """Return the stories' folders."""
    return sorted(path.parent for path in STORIES.glob("*/story.md"))


def expected(story: Path) -> Told:
    """Return what the story's files say."""
    return Told((story / FINDINGS).read_text("utf-8"), (story / EVENTS).read_text("utf-8"))


def told(story: Path) -> Told:
    """Return what the code makes of the story's log."""
    own = story / "config"
    config = load_config(own if own.is_dir() else FOLDER / "config")
    result = replay(read_log(story / "log.ndjson"), config=config, secrets=SECRETS, history=True)
    findings = "".join(msgspec.json.encode(row).decode() + "\n" for row in result.findings)
    return Told(findings, "".join(f"{line}\n" for line in _lines(result)))


def _lines(result: ReplayResult) -> Iterator[str]:
    yield from map(_event, result.history) if result.history else iter(["（没有通知）"])
    yield ""
    yield from (_records(company, types) for company, types in sorted(result.stats["records"].items()))


def _event(event: FindingEvent) -> str:
    finding = event.finding
    words = [
        _moment(event.caused_at),
        _KINDS[event.kind],
        _term("rule", finding.rule),
        f"{finding.vehicle or '车辆不明'} 驾驶员{'…' + finding.last4 if finding.driver else '不明'}",
        f"订单 {finding.order}" if finding.order else "上线",
        f"{_moment(finding.at)} {'、'.join(_term('stage', stage) for stage in finding.stages)}",
        _term("reason", finding.reason or ""),
        *([f"第 {event.times_since_removal} 次"] if event.times_since_removal else []),
        *(["平台有异议"] if finding.disputed else []),
        *_cause(event),
    ]
    return " | ".join(words)


def _cause(event: FindingEvent) -> Iterator[str]:
    because = event.because
    if because is None:
        yield "平台报送"
    elif because.complete_to is not None:
        yield f"{because.source} 声明完整至 {_moment(because.complete_to)}"
    else:
        kind = _term("kind", because.kind)
        yield f"{because.source} 陈述{kind} {because.certificate} 第 {because.sequence} 号".lstrip()


def _records(company: str, types: dict[str, dict[str, Any]]) -> str:
    def total(fate: str) -> int:
        return sum(counts[fate] for counts in types.values())

    refused = [
        f"{_REFUSALS[reason]} {number}"
        for counts in types.values()
        for reason, number in sorted(counts["refused"].items())
    ]
    why = f"（{'，'.join(refused)}）" if refused else ""
    number = total("records") - total("handled") - total("repeated")
    return (
        f"{company or '公司不明'} 报送 {total('records')} 条："
        f"采纳 {total('handled')}，重复 {total('repeated')}，拒收 {number}{why}"
    )


def _term(family: str, code: str) -> str:
    return TERMS[family][code][0]


def _moment(instant: Instant) -> str:
    return to_datetime(instant).strftime("%m-%d %H:%M:%S")
