"""Findings at rest and counts of a recorded log (contract §5, §6.2), by brute force.

Everything is collected first and judged once at the end: at rest the answer depends on the facts
alone. The rules are in `rules.py`.
"""

import base64
import gzip
import json
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.oracle import areas, feed, identity, register
from tests.oracle.facts import DEFAULT_LIMITS, NOWHERE, Answer, Case, End, Facts, Limits, Mileage, Report
from tests.oracle.rules import LICENCE_RULES, RULES

STAGES = ("login", "match", "depart", "pay")
STAGE_OF = {
    "operateLogin": ("login", "LoginTime"),
    "orderMatch": ("match", "DistributeTime"),
    "operateDepart": ("depart", "DepTime"),
    "operatePay": ("pay", "DepTime"),
}
END_OF = {"operateArrive": "DestTime", "orderCreate": "OrderTime"}


@dataclass(frozen=True)
class Config:
    """§7, as far as these rules need it."""

    spoken_for: Mapping[str, set[str]]
    sources: Mapping[str, register.Source]
    limits: Mapping[str, list[tuple[date, float]]]
    shapes: Sequence[areas.Shape] = ()


def read_config(folder: Path) -> Config:
    def table(name: str) -> dict[str, Any]:
        path = folder / name
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    return Config(
        {slug: set(row["companies"]) for slug, row in table("platforms.toml").items()},
        register.sources_of(table("sources.toml").items()),
        {
            name: [(row["from"], float(row["value"])) for row in rows]
            for name, rows in table("limits.toml").items()
            if name in DEFAULT_LIMITS
        },
        areas.read(folder / "areas"),
    )


@dataclass(frozen=True)
class Judgement:
    """`findings` as §6.2 prints and sorts them, `records` with their fates."""

    findings: list[dict[str, Any]]
    records: list[feed.Record]
    register: register.Register

    @property
    def stats(self) -> dict[str, Any]:
        return stats(self.records, self.findings)


def judge(lines: Iterable[str], config: Config, pseudonym_key: str) -> Judgement:
    """The whole of it: lines of a log to findings at rest and counts."""
    said, limit = register.Register(config.sources), Limits(config.limits)
    records: list[feed.Record] = []
    for topic, arrival, value in messages(lines):
        parts = topic.split(".")
        if len(parts) != 3 or parts[0] != "feed":
            continue
        if parts[1] == "register":
            if value is not None:  # a tombstone is ignored
                said.hear(parts[2], value, arrival)
        elif parts[1] != "captures" and parts[2] in ("orders", "positions"):
            records += feed.read(topic, value, arrival, config.spoken_for, limit)
    feed.mark_repetitions(records)
    told = [record for record in records if not record.refused and not record.repeated]
    facts = Facts(said, pseudonym_key, limit, config.shapes, mileages(told), ends(told))
    return Judgement(findings(reports(told, pseudonym_key), facts), records, said)


def messages(lines: Iterable[str]) -> Iterator[tuple[str, datetime, Any]]:
    """(topic, arrival, JSON value or None) of each line of a log (§1.4)."""
    for line in lines:
        row = json.loads(line)
        value = row.get("value")
        if "value_base64" in row:
            try:
                value = json.loads(base64.b64decode(row["value_base64"]))
            except ValueError:
                value = None
        yield row["topic"], identity.instant(row["at"]), value


def reports(records: Iterable[feed.Record], pseudonym_key: str) -> list[Report]:
    """Every different report; those of a stage and pair without a usable time are at their first arrival."""
    found: dict[Report, None] = {}
    placed: dict[tuple[Any, ...], datetime] = {}
    for record in records:
        if record.type not in STAGE_OF:
            continue
        stage, name = STAGE_OF[record.type]
        car, person = identity.plate(record.text("VehicleNo")), identity.driver(record.text("LicenseId"))
        at = record.time(name)
        if stage == "login":
            at = record.arrival if at is None else at
            case = Case(record.company, None, login_string(car, person, at, pseudonym_key))
        else:
            case = Case(record.company, record.text("OrderId"), None)
            at = placed.setdefault((case, stage, car, person), record.arrival) if at is None else at
        place = place_of(record, "Dep") if stage == "depart" else NOWHERE
        found[Report(case, stage, car, person, at, place)] = None
    return list(found)


def place_of(record: feed.Record, which: str) -> areas.Place:
    """The usable parts of a place; `which` is Dep or Dest."""
    longitude, latitude = record.values.get(f"{which}Longitude"), record.values.get(f"{which}Latitude")
    return areas.Place(longitude, latitude, record.values.get("Encrypt"))


def ends(records: Iterable[feed.Record]) -> dict[Case, list[End]]:
    """Every arrive and create of every order."""
    found: dict[Case, list[End]] = {}
    for record in records:
        if record.type in END_OF:
            at = record.time(END_OF[record.type]) or record.arrival
            end = End(record.type == "operateArrive", at, place_of(record, "Dest"))
            found.setdefault(Case(record.company, record.text("OrderId"), None), []).append(end)
    return found


def mileages(records: Iterable[feed.Record]) -> list[Mileage]:
    """What anybody told of a car's mileage; without a usable time or number it says nothing."""
    found = []
    for record in records:
        if record.type == "baseInfoVehicleTotalMile":
            at, kilometres = record.time("UpdateTime"), record.values.get("TotalMile")
            if at is not None and kilometres is not None:
                found.append(Mileage(identity.plate(record.text("VehicleNo")), at, kilometres))
    return found


def login_string(car: str, person: str, at: datetime, pseudonym_key: str) -> str:
    half = identity.pseudonym(pseudonym_key, person) if identity.is_driver(person) else ""
    return f"{car if identity.is_plate(car) else ''}|{half}|{identity.digits14(at)}"


def findings(all_reports: Iterable[Report], facts: Facts) -> list[dict[str, Any]]:
    """§5.4 for every order or login, sorted as §6.2 says."""
    cases: dict[Case, list[Report]] = {}
    for report in all_reports:
        cases.setdefault(report.case, []).append(report)
    rows: list[dict[str, Any]] = []
    for case, members in cases.items():
        for name in RULES:
            rows += findings_under(name, case, members, facts)
    return sorted(
        rows, key=lambda row: (row["company"], row["order"] or row["login"], row["rule"], row["subject"])
    )


def findings_under(
    name: str, case: Case, members: Sequence[Report], facts: Facts
) -> Iterator[dict[str, Any]]:
    """The findings of one rule about one order or login."""
    rule = RULES[name]
    answers = [(report, answer) for report in members for answer in rule.answers(report, members, facts)]
    named = [(report, rule.named(report, facts)) for report in members]
    for subject in sorted({answer.subject for _, answer in answers}):
        mine = [pair for pair in answers if pair[1].subject == subject]
        others = {report.stage for report, other in named if other not in (None, subject)}
        row = finding(case, name, mine, others)
        if row:
            yield row


def finding(
    case: Case, rule: str, mine: Sequence[tuple[Report, Answer]], others: Collection[str]
) -> dict[str, Any] | None:
    """One (order or login, rule, subject); `others` are stages at which a report names another subject."""
    violating = [pair for pair in mine if pair[1].status == "violation"]
    undetermined = [pair for pair in mine if pair[1].status == "undetermined"]
    if not violating and not undetermined:
        return None
    report, answer = min(violating or undetermined, key=_earliest)
    stages = [stage for stage in STAGES if any(each.stage == stage for each, _ in violating)]
    cleaner = {each.stage for each, other in mine if other.status == "compliant"} | set(others)
    return {
        "company": case.company,
        "order": case.order,
        "login": case.login,
        "rule": rule,
        "subject": answer.shown or answer.subject,
        "status": answer.status,
        "reason": answer.reason if violating or rule in LICENCE_RULES else None,
        "stage": report.stage,
        "stages": stages,
        "at": report.at.astimezone(identity.SHANGHAI).isoformat(),
        "disputed": bool(cleaner & set(stages)),
    }


def _earliest(pair: tuple[Report, Answer]) -> tuple[datetime, int, str]:
    report, answer = pair
    return report.at, STAGES.index(report.stage), answer.reason or ""


def stats(records: Iterable[feed.Record], rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Counts per company and type, and of findings by rule, reason and status."""
    table: dict[str, dict[str, dict[str, Any]]] = {}
    for record in records:
        line = table.setdefault(record.company, {}).setdefault(
            record.type, {"records": 0, "handled": 0, "repeated": 0, "refused": Counter(), "flaws": Counter()}
        )
        line["records"] += 1
        if record.refused:
            line["refused"][record.refused] += 1
        elif record.repeated:
            line["repeated"] += 1
        else:
            line["handled"] += 1
            line["flaws"].update(reason for _, reason in record.flaws)
    counted = Counter((row["rule"], row["reason"], row["status"]) for row in rows)
    return {"records": table, "findings": counted}


def read_log(path: Path) -> list[str]:
    """The lines of a log, `.gz` allowed."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return file.read().splitlines()
    return path.read_text(encoding="utf-8").splitlines()
