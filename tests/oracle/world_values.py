"""What worlds are made of: few values and many edges, and the log that grows."""

import base64
import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.oracle import areas
from tests.oracle.identity import SHANGHAI

Json = dict[str, Any]

COMPANIES = ("3101YPZC0001", "3101YPZC0002", "3101YPZC0003")
FOREIGN = "3301YPZC0009"
PLATES = ("沪A12345", "沪AD12345", "沪A1234学", "沪AZ0001")
NO_PLATES = ("测试", "沪I12345", "0", "沪A1234")
DRIVERS = ("11010519491231002X", "310101198001010018", "310000123456")
WRONG_DIGIT = "110105194912310021"
FILLERS = ("0", "1234", "-", "无", "NULL", "null")
KINDS = ("platform_permit", "vehicle_permit", "driver_certificate")
STATES = ("valid", "valid", "valid", "suspended", "revoked", "cancelled")
ORDERS = ("101", "102", "103")
VALUES: Json = {
    "Address": 310000, "OnArea": 310000, "DriverRegionCode": 310100, "VehicleRegionCode": 310000,
    "Departure": "人民广场", "Destination": "虹桥站", "Encrypt": 1, "FareType": "F1",
    "DriverPhone": "13800000000",
    "Operator": "1", "CancelTypeCode": "1", "DriveMile": 3.5, "DriveTime": 600, "FactPrice": 20.5,
    "FarUpPrice": 0, "OtherUpPrice": 0, "PayState": "1", "InvoiceStatus": "0",
}  # fmt: skip
EDGES = (0, 72999999, 73000000, 136000000, 136000001, 54000000, 54000001, 3000000, 2999999)
UNUSABLE = (0, 19700101080000, 20260230101010, 20260302246060, "昨天", 2026)
WILD: tuple[Any, ...] = (
    -1, 3.0, 3.5, 2**63, 10**30, 20260302080000.0, 1772410200, 1772410200000, 99999999999999,
    " 1", "1 ", "１", "+1", "1e3", "0x1", "1_0", "NaN", "٣", "00000000000000", "False", False,
    "\ud800", "\x00", "\u200b", "沪A12345\n", "\ufeff", "😀", "a" * 300, [], {}, [1], {"a": 1},
    "2026-03-02 08:00:00", "2026-03-02T08:00:00+08:00",
)  # fmt: skip


def dumped(row: Json) -> str:
    """A line of a log: readable, unless it holds what UTF-8 cannot."""
    text = json.dumps(row, ensure_ascii=False)
    return (
        text if text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text) else json.dumps(row)
    )


class Base:
    """The dice, the clock, the configuration so far and the lines so far."""

    def __init__(self, rng: random.Random, quirks: frozenset[str]) -> None:
        self.rng = rng
        self.quirks = quirks
        start = rng.choice(
            ("2026-03-02T08:00:00+08:00", "2026-03-01T23:52:00+08:00", "2026-02-28T23:59:30+08:00")
        )
        self.clock = datetime.fromisoformat(start)
        midnight = (self.clock + timedelta(days=1)).replace(hour=0, minute=0, second=0)
        near = [self.clock + timedelta(seconds=s) for s in (0, 60, 61, 300, 600)]
        self.instants = [*near, midnight if midnight - self.clock < timedelta(hours=1) else near[0]]
        self.long = self.may("long", 0.1)
        self.shapes: list[areas.Shape] = []
        self.ends: set[datetime] = set()
        self.papers = 0
        self.leap = False
        self.registered: dict[str, str | None] = {}
        self.slugs: dict[str, tuple[str, ...]] = {}
        self.sources: dict[str, list[str]] = {}
        self.sent: list[tuple[str, Json]] = []
        self.sequences = 0
        self.lines: list[str] = []

    def _spelt(self, text: str) -> str:
        wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
        dotted = f"{text[:2]}·{text[2:]}" if text[0] == "沪" else f" {text}"
        return self.rng.choice((text,) * 6 + (wide, text.lower(), dotted, f"{text[:3]} {text[3:]}"))

    def may(self, quirk: str, chance: float) -> bool:
        return self.rng.random() < chance and quirk in self.quirks

    def _emit(self, topic: str, value: Any, raw: bytes | None = None) -> None:
        self.clock += timedelta(seconds=self.rng.choice((0, 0, 1, 5, 30, 60)))
        if self.may("fractions", 0.1):
            self.clock += timedelta(milliseconds=self.rng.choice((1, 500, 999)))
        if self.long and self.rng.random() < 0.15:
            self.clock += timedelta(hours=self.rng.choice((1, 7, 24, 49)))
        zone = self.rng.choice((SHANGHAI, SHANGHAI, UTC))
        line: Json = {"topic": topic, "at": self.clock.astimezone(zone).isoformat()}
        if raw is not None:
            line["value_base64"] = base64.b64encode(raw).decode()
        else:
            line["value"] = value
        text = dumped(line)
        if "\\ud800" in text and raw is None:  # a log holds it as bytes
            self._emit(topic, None, raw=json.dumps(value).encode())
        else:
            self.lines.append(text)
