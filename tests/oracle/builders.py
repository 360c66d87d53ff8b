"""Lines of a log, made by hand for the tests of the independent judge."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from tests.oracle import areas, fields, judge, register
from tests.oracle.statements import LICENCES
from tests.oracle.world_values import VALUES

VALID = ("2026-01-01", None, "valid")
KEY = "heldout-oracle"
COMPANY = "3101YPZC0001"
CAR = "沪A12345"
PERSON = "11010519491231002X"
ALL = LICENCES
T = "2026-03-02T08:10:00+08:00"


def config(
    *, sources: dict[str, register.Source] | None = None, shapes: Sequence[areas.Shape] = ()
) -> judge.Config:
    one = {"alpha": register.Source((*ALL, "episode"), 1, True, timedelta(seconds=60))}
    return judge.Config({"sunny": {COMPANY}}, sources or one, {}, shapes)


def line(topic: str, value: Any, at: str = T) -> str:
    return json.dumps({"topic": topic, "at": at, "value": value}, ensure_ascii=False)


def licence(kind: str, subject: str, *periods: tuple[str, str | None, str], **more: Any) -> str:
    source = more.pop("source", "alpha")
    rows = [{"from": start, "to": end, "state": state} for start, end, state in periods]
    value = {
        "type": "licence",
        "kind": kind,
        "certificate": "c1",
        "subject": subject,
        "sequence": 1,
        "periods": rows,
    }
    return line(f"feed.register.{source}", value | more)


def heartbeat(to: str, *, source: str = "alpha", at: str = "2026-03-02T12:00:00+08:00") -> str:
    return line(f"feed.register.{source}", {"type": "heartbeat", "complete_to": to}, at)


def record(kind: str, **values: Any) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for each in fields.FIELDS[kind]:
        if each.required:
            time = each.size == 14 and each.name.endswith("Time")
            default = 20260302081000 if time else 121000000 if each.name.endswith("Longitude") else 31000000
            made[each.name] = VALUES.get(each.name, default if each.kind == "u" else "x")
    made |= {"CompanyId": COMPANY}
    made |= {n: v for n, v in {"OrderId": "1", "VehicleNo": CAR, "LicenseId": PERSON}.items() if n in made}
    made |= values
    return {name: value for name, value in made.items() if value is not ...}


def sent(kind: str, *records: Any, at: str = T, topic: str = "feed.sunny.orders", **more: Any) -> str:
    return line(topic, {"CompanyId": COMPANY, "Source": "0", "IPCType": kind, kind: list(records)} | more, at)


def positions(*records: Any) -> str:
    return sent("positionVehicle", *records, topic="feed.sunny.positions")


def match(**values: Any) -> str:
    return sent("orderMatch", record("orderMatch", **values))


def run(*lines: str, settings: judge.Config | None = None) -> judge.Judgement:
    return judge.judge(lines, settings or config(), KEY)


def of(rule: str, judgement: judge.Judgement) -> list[dict[str, Any]]:
    return [row for row in judgement.findings if row["rule"] == rule]


OTHER_CAR, OTHER = "沪A00000", "310101198001010018"
PAIRS = {
    "a1": {"VehicleNo": CAR, "LicenseId": PERSON}, "a2": {"VehicleNo": CAR, "LicenseId": OTHER},
    "b1": {"VehicleNo": OTHER_CAR, "LicenseId": PERSON}, "b2": {"VehicleNo": OTHER_CAR, "LicenseId": OTHER},
    "a0": {"VehicleNo": CAR, "LicenseId": "0"}, "01": {"VehicleNo": "无", "LicenseId": PERSON},
}  # fmt: skip
BOTH = [licence("vehicle_permit", CAR, VALID), licence("driver_certificate", PERSON, VALID)]
Answer = tuple[str, str | None, list[str], bool]


def depart(**values: Any) -> str:
    return sent("operateDepart", record("operateDepart", **values))


def paid(**values: Any) -> str:
    return sent("operatePay", record("operatePay", **values))


def answer(rule: str, judgement: judge.Judgement) -> Answer | None:
    rows = of(rule, judgement)
    assert len(rows) < 2
    return next(((row["status"], row["reason"], row["stages"], row["disputed"]) for row in rows), None)


def at(clock: str) -> str:
    return f"2026-03-02T{clock}+08:00"


def digits(clock: str) -> int:
    return int(f"20260302{clock.replace(':', '')}")
