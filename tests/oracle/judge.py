"""Findings at rest and counts of a recorded log (contract §5, §6.2), by brute force.

Everything is collected first and judged once at the end: at rest the answer depends on the facts
alone. To add a rule: a function `(report, reports of the same order or login, facts) -> answers`,
and its line in RULES.
"""

import base64
import gzip
import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from tests.oracle import feed, identity, register

STAGES = ("login", "match", "depart", "pay")
STAGE_OF = {
    "operateLogin": ("login", "LoginTime"),
    "orderMatch": ("match", "DistributeTime"),
    "operateDepart": ("depart", "DepTime"),
    "operatePay": ("pay", "DepTime"),
}
DEFAULT_LIMITS = {"untimely_before_seconds": 600.0, "untimely_after_seconds": 60.0}


class Case(NamedTuple):
    """The order or login that a report belongs to: exactly one of the two is named."""

    company: str
    order: str | None
    login: str | None

    @property
    def name(self) -> str:
        return self.order if self.order is not None else self.login or ""


class Report(NamedTuple):
    """A record that names car, driver and time; both normalised, empty when not given."""

    case: Case
    stage: str
    plate: str
    driver: str
    at: datetime


class Answer(NamedTuple):
    """compliant, violation or undetermined for one subject; `reason` also for an undetermined licence."""

    subject: str
    status: str
    reason: str | None = None


@dataclass(frozen=True)
class Facts:
    """What a rule may ask."""

    register: register.Register
    pseudonym_key: str

    def licence(self, kind: str, about: str, shown: str, at: datetime) -> Answer:
        """§4 and §5.1 for one subject."""
        answer = self.register.in_force(kind, about, at)
        if answer.held:
            return Answer(shown, "compliant")
        complete_to = self.register.complete_to(kind)
        if answer.by_absence and (complete_to is None or at > complete_to):
            return Answer(shown, "undetermined", answer.reason)
        return Answer(shown, "violation", answer.reason)


Rule = Callable[[Report, Sequence[Report], Facts], list[Answer]]


def platform_permit(report: Report, _: Sequence[Report], facts: Facts) -> list[Answer]:
    if report.stage not in ("match", "depart"):
        return []
    company = report.case.company
    return [facts.licence("platform_permit", company, company, report.at)]


def vehicle_permit(report: Report, _: Sequence[Report], facts: Facts) -> list[Answer]:
    if report.stage == "pay" or not identity.is_plate(report.plate):
        return []
    return [facts.licence("vehicle_permit", report.plate, report.plate, report.at)]


def driver_certificate(report: Report, _: Sequence[Report], facts: Facts) -> list[Answer]:
    if report.stage == "pay" or not identity.is_driver(report.driver):
        return []
    shown = identity.pseudonym(facts.pseudonym_key, report.driver)
    return [facts.licence("driver_certificate", report.driver, shown, report.at)]


def not_identifiable(report: Report, _: Sequence[Report], facts: Facts) -> list[Answer]:
    if report.stage == "pay":
        return []
    vehicle, person = identity.is_plate(report.plate), identity.is_driver(report.driver)
    if vehicle and person:
        return [Answer(report.case.name, "compliant")]
    reason = "both" if not vehicle and not person else "driver" if vehicle else "vehicle"
    return [Answer(report.case.name, "violation", reason)]


RULES: dict[str, Rule] = {
    "platform_permit": platform_permit,
    "vehicle_permit": vehicle_permit,
    "driver_certificate": driver_certificate,
    "not_identifiable": not_identifiable,
}


@dataclass(frozen=True)
class Config:
    """§7, as far as these rules need it."""

    spoken_for: Mapping[str, set[str]]
    sources: Mapping[str, register.Source]
    limits: Mapping[str, list[tuple[date, float]]]

    def limit(self, name: str, at: datetime) -> float:
        """The value in force at the event's time."""
        day = at.astimezone(identity.SHANGHAI).date()
        in_force = [row for row in self.limits.get(name, []) if row[0] <= day]
        return max(in_force)[1] if in_force else DEFAULT_LIMITS[name]


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
    said = register.Register(config.sources)
    records: list[feed.Record] = []
    for topic, arrival, value in messages(lines):
        parts = topic.split(".")
        if len(parts) != 3 or parts[0] != "feed":
            continue
        if parts[1] == "register":
            if value is not None:  # a tombstone is ignored
                said.hear(parts[2], value, arrival)
        elif parts[1] != "captures" and parts[2] in ("orders", "positions"):
            records += feed.read(topic, value, arrival, config.spoken_for, config.limit)
    feed.mark_repetitions(records)
    facts = Facts(said, pseudonym_key)
    return Judgement(findings(reports(records, pseudonym_key), facts), records, said)


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
    """Every different report; without a usable time it is placed at its first arrival."""
    found: dict[tuple[Any, ...], Report] = {}
    for record in records:
        if record.refused or record.repeated or record.type not in STAGE_OF:
            continue
        stage, name = STAGE_OF[record.type]
        car, person = identity.plate(record.text("VehicleNo")), identity.driver(record.text("LicenseId"))
        usable = record.time(name)
        at = record.arrival if usable is None else usable
        if stage == "login":
            case = Case(record.company, None, login_string(car, person, at, pseudonym_key))
        else:
            case = Case(record.company, record.text("OrderId"), None)
        found.setdefault((case, stage, car, person, usable), Report(case, stage, car, person, at))
    return list(found.values())


def login_string(car: str, person: str, at: datetime, pseudonym_key: str) -> str:
    half = identity.pseudonym(pseudonym_key, person) if identity.is_driver(person) else ""
    return f"{car if identity.is_plate(car) else ''}|{half}|{identity.digits14(at)}"


def findings(all_reports: Iterable[Report], facts: Facts) -> list[dict[str, Any]]:
    """§5.4 for every order or login, sorted as §6.2 says."""
    cases: dict[Case, list[Report]] = {}
    for report in all_reports:
        cases.setdefault(report.case, []).append(report)
    rows = []
    for case, members in cases.items():
        for name, rule in RULES.items():
            answers = [(report, answer) for report in members for answer in rule(report, members, facts)]
            for subject in {answer.subject for _, answer in answers}:
                row = finding(case, name, subject, answers)
                rows += [row] if row else []
    return sorted(
        rows, key=lambda row: (row["company"], row["order"] or row["login"], row["rule"], row["subject"])
    )


def finding(
    case: Case, rule: str, subject: str, answers: list[tuple[Report, Answer]]
) -> dict[str, Any] | None:
    """One (order or login, rule, subject)."""
    mine = [pair for pair in answers if pair[1].subject == subject]
    violating = [pair for pair in mine if pair[1].status == "violation"]
    undetermined = [pair for pair in mine if pair[1].status == "undetermined"]
    if not violating and not undetermined:
        return None
    report, answer = min(violating or undetermined, key=_earliest)
    stages = [stage for stage in STAGES if any(each.stage == stage for each, _ in violating)]
    disputed = any(
        each.stage in stages and (other.status == "compliant" or other.subject != subject)
        for each, other in answers
    )
    return {
        "company": case.company,
        "order": case.order,
        "login": case.login,
        "rule": rule,
        "subject": subject,
        "status": answer.status,
        "reason": answer.reason,
        "stage": report.stage,
        "stages": stages,
        "at": report.at.astimezone(identity.SHANGHAI).isoformat(),
        "disputed": disputed,
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
