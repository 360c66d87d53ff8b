"""Small random worlds, few values and many edges: a configuration and a recorded log for each seed.

`QUIRKS` names features whose meaning the page leaves open (AMBIGUITIES.md); a world leaves out those it is
not given, so that one disagreement does not hide the others.
"""

import base64
import json
import random
from collections.abc import Callable, Collection
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from tests.oracle.fields import EVENT_TIME, FIELDS, POSITIONS
from tests.oracle.identity import SHANGHAI, digits14

Json = dict[str, Any]

QUIRKS = frozenset(
    {
        "bad_and_repaired",  # a number as string that is also impossible
        "blank_required",  # "" or null in a required field
        "certificate_spelling",  # brackets, spaces, case in certificate numbers
        "doubles",  # two feeds may speak for one company
        "empty_periods",  # a statement without periods, or with a period of no length
        "envelope_key",  # `Companyld` for `CompanyId` in the envelope
        "fractions",  # arrivals and heartbeats between two seconds
        "long",  # days pass between the first and the last message
        "moved_certificate",  # two sources state one certificate for different subjects
        "no_company",  # the record has no CompanyId of its own
        "none_required",  # no required source for a kind
        "not_an_object",  # an array element that is no object
        "overlong",  # a text longer than its field
        "position_conflict",  # the same car and second, other content
        "small_change",  # a second record that differs in a field no rule asks for
        "personal_base",  # passengers' data in base records
        "two_refusals",  # a record that two rows of §2's first table fit
        "unknown_slug",  # a topic of a platform that is not configured
        "unusable_twice",  # several reports of one stage and pair without a usable time
        "wild_envelopes",  # envelopes that no sender should send
        "wild_register",  # register messages with a value that does not belong there
        "wild",  # values that no sender should send
    }
)

# What the product and this program do not agree about yet: docs/ or one of them is to be mended.
OPEN: frozenset[str] = frozenset()
SETTLED = QUIRKS - OPEN

_COMPANIES = ("3101YPZC0001", "3101YPZC0002", "3101YPZC0003")
_FOREIGN = "3301YPZC0009"
_PLATES = ("沪A12345", "沪AD12345", "沪A1234学", "沪AZ0001")
_NO_PLATES = ("测试", "沪I12345", "0", "沪A1234")
_DRIVERS = ("11010519491231002X", "310101198001010018", "310000123456")
_WRONG_DIGIT = "110105194912310021"
_FILLERS = ("0", "1234", "-", "无", "NULL", "null")
_KINDS = ("platform_permit", "vehicle_permit", "driver_certificate")
_STATES = ("valid", "valid", "valid", "suspended", "revoked", "cancelled")
_ORDERS = ("101", "102", "103")
VALUES: Json = {
    "Address": 310000, "OnArea": 310000, "DriverRegionCode": 310100, "VehicleRegionCode": 310000,
    "Departure": "人民广场", "Destination": "虹桥站", "Encrypt": 1, "FareType": "F1",
    "DriverPhone": "13800000000",
    "Operator": "1", "CancelTypeCode": "1", "DriveMile": 3.5, "DriveTime": 600, "FactPrice": 20.5,
    "FarUpPrice": 0, "OtherUpPrice": 0, "PayState": "1", "InvoiceStatus": "0",
}  # fmt: skip
_EDGES = (0, 72999999, 73000000, 136000000, 136000001, 54000000, 54000001, 3000000, 2999999)
_UNUSABLE = (0, 19700101080000, 20260230101010, 20260302246060, "昨天", 2026)
_WILD: tuple[Any, ...] = (
    -1, 3.0, 3.5, 2**63, 10**30, 20260302080000.0, 1772410200, 1772410200000, 99999999999999,
    " 1", "1 ", "１", "+1", "1e3", "0x1", "1_0", "NaN", "٣", "00000000000000", "False", False,
    "\ud800", "\x00", "\u200b", "沪A12345\n", "\ufeff", "😀", "a" * 300, [], {}, [1], {"a": 1},
    "2026-03-02 08:00:00", "2026-03-02T08:00:00+08:00",
)  # fmt: skip
_LONGITUDE, _LATITUDE = 121473700, 31230400


class World(NamedTuple):
    """Config files by name, and the lines of the log."""

    config: dict[str, str]
    lines: list[str]
    long: bool  # how long an order is held is not said: counts of repetitions mean nothing then


def dumped(row: Json) -> str:
    """A line of a log: readable, unless it holds what UTF-8 cannot."""
    text = json.dumps(row, ensure_ascii=False)
    return (
        text if text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text) else json.dumps(row)
    )


def world(seed: int, quirks: Collection[str] = QUIRKS) -> World:
    """The world of a seed; the same for ever for the same quirks."""
    return _Maker(random.Random(seed), frozenset(quirks)).make()


class _Maker:
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
        self.slugs: dict[str, tuple[str, ...]] = {}
        self.sources: dict[str, list[str]] = {}
        self.sent: list[tuple[str, Json]] = []
        self.sequences = 0
        self.lines: list[str] = []

    def may(self, quirk: str, chance: float) -> bool:
        return self.rng.random() < chance and quirk in self.quirks

    def make(self) -> World:
        config = {"platforms.toml": self._platforms(), "sources.toml": self._sources()}
        limits = self._limits()
        if limits:
            config["limits.toml"] = limits
        for _ in range(self.rng.randint(0, 6)):
            self._register()
        for _ in range(self.rng.randint(3, 22)):
            self._step()
        for source in self.sources:
            if self.rng.random() < 0.4:
                self._heartbeat(f"feed.register.{source}")
        return World(config, self.lines, self.long)

    # Configuration

    def _platforms(self) -> str:
        self.slugs = {"sunny": _COMPANIES[:1], "moon-2": _COMPANIES[1:2], "ministry": _COMPANIES[2:]}
        if self.rng.random() < 0.5:
            self.slugs = {"sunny": _COMPANIES[:2], "ministry": _COMPANIES[2:]}
        if self.may("doubles", 0.1):
            self.slugs["ministry"] = _COMPANIES
        return "\n".join(
            f'[{slug}]\nname = "{slug}"\ncompanies = {json.dumps(list(companies))}\ncontact = "nobody"\n'
            for slug, companies in self.slugs.items()
        )

    def _sources(self) -> str:
        names = self.rng.sample(("alpha", "beta", "gamma"), self.rng.randint(1, 3))
        text = ""
        covered: set[str] = set()
        for name in names:
            kinds = [kind for kind in (*_KINDS, "episode") if self.rng.random() < 0.9]
            if name == names[-1] and "none_required" not in self.quirks:
                kinds += [kind for kind in _KINDS if kind not in covered and kind not in kinds]
            last_resort = name == names[-1] and "none_required" not in self.quirks
            required = self.rng.random() < 0.75 or last_resort
            covered |= set(kinds) if required else set()
            self.sources[name] = kinds
            text += (
                f"[{name}]\nkinds = {json.dumps(kinds)}\nprecedence = {self.rng.choice((1, 1, 2))}\n"
                f"required = {str(required).lower()}\n"
                f"grace_seconds = {self.rng.choice((0, 0, 60, 60, 93600))}\n"
            )
        return text

    def _limits(self) -> str:
        if self.rng.random() < 0.6:
            return ""
        return (
            "untimely_before_seconds = [{from = 2016-01-01, value = 600}, {from = 2026-03-02, value = 300}]\n"
            "untimely_after_seconds = [{from = 2016-01-01, value = 60}]\n"
            "retirement_years = [{from = 2016-01-01, value = 8}]\n"
            "retirement_kilometres = [{from = 2016-01-01, value = 600000}]\n"
        )

    # The log

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

    def _step(self) -> None:
        choice = self.rng.random()
        if choice < 0.35:
            self._register()
        elif choice < 0.45:
            self._positions()
        elif choice < 0.55:
            self._rubbish()
        else:
            self._orders()

    # Register

    def _register(self) -> None:
        choice = self.rng.random()
        source = self.rng.choice(list(self.sources))
        if choice < 0.03:
            source = "nobody"
        topic = f"feed.register.{source}"
        if choice < 0.35:
            self._heartbeat(topic)
            return
        kind = self.rng.choice([kind for kind in self.sources.get(source, ()) if kind != "episode"] or _KINDS)
        if self.rng.random() < 0.05:
            kind = self.rng.choice(_KINDS)
        certificate = self._certificate(kind)
        names: Json = {"certificate": certificate, "sequence": self._sequence(), "kind": kind}
        if choice < 0.42:
            self._emit(topic, {"type": "withdrawn", "of": "licence", **names})
            return
        statement = {
            "type": "licence",
            **names,
            "subject": self._subject(kind, certificate),
            "recorded_at": self.clock.isoformat(),
            "area": "310000",
            "first_registered": "2023-11-20",
            "periods": self._periods(),
        }
        if self.may("wild_register", 0.3):
            part: Json = self.rng.choice((statement, *statement["periods"]))
            part[self.rng.choice(list(part))] = self.rng.choice(
                [each for each in _WILD if each not in (2**63, 10**30, "a" * 300, "\x00")]
            )
        self._emit(topic, statement)

    def _heartbeat(self, topic: str) -> None:
        moment = self.rng.choice([*self.instants, self.clock, self.clock, self.clock + timedelta(seconds=1)])
        moment -= timedelta(seconds=self.rng.choice((0, 0, 60, 61)))
        if self.may("fractions", 0.1):
            moment -= timedelta(milliseconds=self.rng.choice((1, 500, 999)))
        self._emit(topic, {"type": "heartbeat", "complete_to": moment.isoformat()})

    def _certificate(self, kind: str) -> str:
        text = f"沪{kind[0]}{self.rng.choice('12')}"
        return (
            self.rng.choice((f"({text})", text.upper(), f"沪 {text[1:]}"))
            if self.may("certificate_spelling", 0.15)
            else text
        )

    def _sequence(self) -> int:
        if self.rng.random() < 0.6:
            self.sequences += 1
        return max(1, self.sequences - self.rng.choice((0, 0, 0, 1, 2)))

    def _subject(self, kind: str, certificate: str) -> str:
        subjects: tuple[str, ...] = _PLATES[:3] if kind == "vehicle_permit" else _DRIVERS
        if kind == "platform_permit":
            subjects = _COMPANIES
        # Certificate 1 and 2 have an owner each; now and then it changes hands.
        index = 0 if certificate.strip("()").endswith("1") else 1
        if self.rng.random() < 0.2 and (len(self.sources) == 1 or "moved_certificate" in self.quirks):
            index = self.rng.randrange(len(subjects))
        return subjects[index] if kind == "platform_permit" else self._spelt(subjects[index])

    def _periods(self) -> list[Json]:
        if self.may("empty_periods", 0.1):
            edge = self.rng.choice(self.instants).isoformat()
            return self.rng.choice(([], [{"from": edge, "to": edge, "state": "valid"}]))
        return [self._period() for _ in range(self.rng.choice((1, 1, 2, 3)))]

    def _period(self) -> Json:
        state = self.rng.choice(_STATES)
        if self.rng.random() < 0.5:
            days = ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03"]
            first = self.rng.randrange(len(days))
            start, end = days[first], days[self.rng.randrange(first, len(days))]
        else:
            early, late = sorted(self.rng.sample(sorted(set(self.instants)), 2))
            zone = self.rng.choice((SHANGHAI, UTC))
            start, end = early.astimezone(zone).isoformat(), late.astimezone(zone).isoformat()
            if self.rng.random() < 0.2:
                start = self.rng.choice(("2020-01-01", "1900-01-01"))
            if self.rng.random() < 0.1:
                end = "9999-12-31"
        return {"from": start, "to": None if self.rng.random() < 0.2 else end, "state": state}

    # Feed

    def _spelt(self, text: str) -> str:
        wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
        dotted = f"{text[:2]}·{text[2:]}" if text[0] == "沪" else f" {text}"
        return self.rng.choice((text,) * 6 + (wide, text.lower(), dotted, f"{text[:3]} {text[3:]}"))

    def _car(self) -> str:
        return (
            self.rng.choice(_NO_PLATES) if self.rng.random() < 0.12 else self._spelt(self.rng.choice(_PLATES))
        )

    def _person(self) -> str:
        choice = self.rng.random()
        if choice < 0.12:
            return self.rng.choice(_FILLERS)
        return _WRONG_DIGIT if choice < 0.18 else self._spelt(self.rng.choice(_DRIVERS))

    def _time(self) -> datetime:
        if self.rng.random() < 0.7:
            return self.rng.choice(self.instants)
        return self.clock + timedelta(seconds=self.rng.choice((-601, -600, -301, -300, 0, 60, 61, -1)))

    def _record(self, kind: str, company: str) -> Json:
        record: Json = {}
        for each in (field for field in FIELDS[kind] if field.required):
            if each.name.endswith("Time") and each.size == 14:
                record[each.name] = int(digits14(self._time()))
            elif each.name.endswith("Longitude"):
                record[each.name] = _LONGITUDE + self.rng.choice((0, 1))
            elif each.name.endswith("Latitude"):
                record[each.name] = _LATITUDE
            else:
                record[each.name] = VALUES.get(each.name, "x")
        record |= {"CompanyId": company}
        names: dict[str, Callable[[], Any]] = {
            "OrderId": lambda: self.rng.choice(_ORDERS),
            "VehicleNo": self._car,
            "LicenseId": self._person,
            "PositionTime": self._position_time,
        }
        record |= {name: make() for name, make in names.items() if name in record}
        if kind == "operatePay" and self.rng.random() < 0.8:
            record["DestTime"] = max(record["DestTime"], record["DepTime"])
        return record

    def _position_time(self) -> int:
        seconds = int(self._time().timestamp())
        local = int(digits14(datetime.fromtimestamp(seconds, UTC)))
        return self.rng.choice((seconds, seconds, seconds * 1000, local))

    def _orders(self) -> None:
        slug = self.rng.choice(list(self.slugs))
        company = self.rng.choice(self.slugs[slug])
        if self.sent and self.rng.random() < 0.3:
            kind, record = self.rng.choice(self.sent)
            slug = next(s for s, names in self.slugs.items() if record["_company"] in names)
            records = [self._again(kind, record)]
            company = record["_company"]
        else:
            weights = {"orderMatch": 6, "operateDepart": 5, "operateLogin": 4, "operatePay": 2}
            kinds = [
                *weights,
                "orderCreate",
                "orderCancel",
                "operateArrive",
                "operateLogout",
                "baseInfoVehicle",
            ]
            kind = self.rng.choices(kinds, [*weights.values(), 1, 1, 1, 1, 0.3])[0]
            records = [self._record(kind, company) for _ in range(self.rng.choice((1, 1, 1, 2, 3)))]
            records = [self._flawed(kind, record) for record in records]
            if kind in ("orderMatch", "operateDepart") and self.rng.random() < 0.05:
                # At one instant and stage, nobody knows the car of one and the driver of the other.
                first = self._record(kind, company)
                records = [{**first, "VehicleNo": _NO_PLATES[0]}, {**first, "LicenseId": _FILLERS[0]}]
                self.rng.shuffle(records)
        self.sent += [(kind, {**record, "_company": company}) for record in records]
        self._send(f"feed.{slug}.orders", kind, company, records)

    def _again(self, kind: str, old: Json) -> Json:
        record = {key: value for key, value in deepcopy(old).items() if key != "_company"}
        choice = self.rng.random()
        alone = len(str(record.get("OrderId", ""))) > 3  # see _unusable_time
        if choice < 0.45 or alone:
            return record
        if self.may("unusable_twice", 0.5) and record.get(EVENT_TIME.get(kind, "")) in _UNUSABLE:
            if isinstance(record.get("VehicleNo"), str):
                record["VehicleNo"] = self._spelt(record["VehicleNo"].replace("·", "").strip() or "无")
            if "DriverPhone" in record:
                record["DriverPhone"] = "13700000000"
            return record
        if choice < 0.55 and "small_change" in self.quirks:
            field = "FareType" if "FareType" in record else "Encrypt"
            record[field] = "F2" if field == "FareType" else 2
        elif choice < 0.7 and "LicenseId" in record:
            record["LicenseId"] = self._person()
        elif choice < 0.85 and "VehicleNo" in record:
            record["VehicleNo"] = self._car()
        elif EVENT_TIME.get(kind) in record:
            record[EVENT_TIME[kind]] = int(digits14(self._time()))
        return record

    def _send(self, topic: str, kind: str, company: str, records: list[Json]) -> None:
        payload: Any = records[0] if len(records) == 1 and self.rng.random() < 0.3 else records
        if self.may("not_an_object", 0.03) and isinstance(payload, list):
            payload = [*payload, "x"]
        envelope = {"CompanyId": company, "Source": "0", "IPCType": kind, kind: payload}
        if self.rng.random() < 0.1:
            envelope["CompanyId"] = _FOREIGN  # the record's own counts
            if any("CompanyId" not in record for record in records):
                envelope["CompanyId"] = company
        if self.rng.random() < 0.1:
            envelope["InfoFlag"] = 1
        if self.may("wild_envelopes", 0.1):
            self._wild_envelope(topic, kind, envelope)
        else:
            self._emit(topic, envelope)

    def _wild_envelope(self, topic: str, kind: str, envelope: Json) -> None:
        choice = self.rng.randrange(8)
        if choice == 0 and "envelope_key" in self.quirks:
            envelope["Companyld"] = envelope.pop("CompanyId")
        elif choice == 1:
            envelope[self.rng.choice(("IPCType", kind, "Source"))] = self.rng.choice(_WILD)
        elif choice == 2:
            del envelope[self.rng.choice(("IPCType", "CompanyId", "Source"))]
        elif choice == 3:
            envelope[kind] = None
        elif choice == 4:
            envelope = {"otpic": [envelope]}
        elif choice == 5 and "unknown_slug" in self.quirks:
            topic = f"feed.nobody.{topic.split('.')[2]}"
        if choice == 6:
            self._emit(topic, None, raw=b"\xef\xbb\xbf" + json.dumps(envelope).encode())
        elif choice == 7:
            self._emit(topic, None, raw=json.dumps(envelope, ensure_ascii=False).encode("gbk", "replace"))
        else:
            self._emit(topic, envelope)

    def _positions(self) -> None:
        slug = self.rng.choice(list(self.slugs))
        company = self.rng.choice(self.slugs[slug])
        kind = self.rng.choice(POSITIONS)
        records = [self._record(kind, company) for _ in range(self.rng.randint(1, 3))]
        for record in records:
            if "position_conflict" not in self.quirks:
                record["PositionTime"] += self.rng.randrange(3) * (
                    1 if record["PositionTime"] < 10**10 else 0
                )
        records += [dict(self.rng.choice(records)) for _ in range(self.rng.choice((0, 1)))]
        if "position_conflict" not in self.quirks:
            seen: dict[tuple[str, int], Json] = {}
            records = [seen.setdefault((r.get("VehicleNo", ""), r["PositionTime"]), r) for r in records]
            records = [r for r in records if r["PositionTime"] > 10**13] or records[:1]
        self._send(f"feed.{slug}.positions", kind, company, records)

    # Flaws and refusals

    def _flawed(self, kind: str, record: Json) -> Json:
        if self.rng.random() < 0.65:
            return record
        flaws: list[Callable[[str, Json], None]] = [
            self._drop, self._bad, self._as_text, self._as_number, self._wrong_key, self._passenger,
            self._unusable_time, self._no_place,
        ]  # fmt: skip
        if "blank_required" in self.quirks:
            flaws.append(self._blank)
        if "overlong" in self.quirks:
            flaws.append(self._overlong)
        if "wild" in self.quirks:
            flaws.append(self._wild)
        self.rng.choice(flaws)(kind, record)
        return record

    def _drop(self, kind: str, record: Json) -> None:
        names = [name for name in record if name != "CompanyId" or "no_company" in self.quirks]
        del record[self.rng.choice(names)]

    def _blank(self, kind: str, record: Json) -> None:
        names = [name for name in record if name != "CompanyId"]
        record[self.rng.choice(names)] = self.rng.choice(("", "  ", None))

    def _overlong(self, kind: str, record: Json) -> None:
        names = [n for n in ("VehicleNo", "LicenseId", "FareType") if n in record]
        if names:
            record[self.rng.choice(names)] = "9" * 33

    def _bad(self, kind: str, record: Json) -> None:
        names = [
            name
            for name in ("Encrypt", "Address", "OnArea", "Operator", "CancelTypeCode", "PayState")
            if name in record
        ]
        if names:
            name = self.rng.choice(names)
            record[name] = (
                "9" if isinstance(record[name], str) else self.rng.choice(([], {}, "甲", 99999, True))
            )

    def _as_text(self, kind: str, record: Json) -> None:
        names = [
            name for name, value in record.items() if isinstance(value, int) and not isinstance(value, bool)
        ]
        for name in self.rng.sample(names, min(len(names), 2)):
            record[name] = str(record[name])
            if self.may("bad_and_repaired", 0.2) and name == EVENT_TIME.get(kind):
                record[name] = "20260230000000"

    def _as_number(self, kind: str, record: Json) -> None:
        names = [
            name
            for name, value in record.items()
            if isinstance(value, str) and value.isascii() and value.isdigit()
        ]
        if names:
            name = self.rng.choice(names)
            if str(int(record[name])) == record[name]:
                record[name] = int(record[name])

    def _wrong_key(self, kind: str, record: Json) -> None:
        names = [name for name in ("LicenseId", "OrderId", "CompanyId") if name in record]
        name = self.rng.choice(names)
        record[name.replace("I", "l")] = record.pop(name)

    def _passenger(self, kind: str, record: Json) -> None:
        if kind.startswith("base") and "personal_base" not in self.quirks:
            return
        record["PassengerName"] = "王女士"
        if self.rng.random() < 0.5:
            record["PassengerPhone"] = "13900000000"

    def _unusable_time(self, kind: str, record: Json) -> None:
        if kind in EVENT_TIME:
            names = [
                name
                for name in record
                if name.endswith("Time") and isinstance(record[name], int) and record[name] > 10**13
            ]
            for name in self.rng.sample(names, min(1, len(names))):
                record[name] = self.rng.choice(_UNUSABLE)
                if "unusable_twice" not in self.quirks and "OrderId" in record:
                    record["OrderId"] = str(1000 + len(self.lines))  # re-sent only as it is

    def _wild(self, kind: str, record: Json) -> None:
        record[self.rng.choice(list(record))] = self.rng.choice(_WILD)

    def _no_place(self, kind: str, record: Json) -> None:
        names = [name for name in record if name.endswith(("tude",))]
        if names:
            record[self.rng.choice(names)] = self.rng.choice(_EDGES)

    def _rubbish(self) -> None:
        slug = self.rng.choice(list(self.slugs))
        company = self.rng.choice(self.slugs[slug])
        topic = f"feed.{slug}.orders"
        match = self._record("orderMatch", company)
        envelope: Json = {"CompanyId": company, "Source": "0", "IPCType": "orderMatch", "orderMatch": [match]}
        choice = self.rng.randrange(9)
        if choice == 0:
            self._emit(topic, None, raw=self.rng.choice((b"{", b"\x00\xff", b"", b"[1", b'{"CompanyId":')))
        elif choice == 1:
            self._emit(topic, self.rng.choice(([], "x", 7)))
        elif choice == 2:
            self._emit(topic, {**envelope, "IPCType": "orderDance", "orderDance": [match]})
        elif choice == 3:
            del envelope["orderMatch"]
            self._emit(topic, envelope)
        elif choice == 4:
            good = self._record("orderMatch", company)
            self._emit(topic, {**envelope, "orderMatch": [{**match, "CompanyId": _FOREIGN}, good]})
        elif choice == 5:
            self._emit(f"feed.{slug}.positions", envelope)
        elif choice == 6:
            kind = self.rng.choice(POSITIONS)
            self._emit(topic, {**envelope, "IPCType": kind, kind: [self._record(kind, company)]})
        elif choice == 7:
            del match["OrderId"]
            if self.may("two_refusals", 0.5):
                match["CompanyId"] = _FOREIGN
            self._emit(topic, envelope)
        else:
            self._nameless(slug, company)

    def _nameless(self, slug: str, company: str) -> None:
        kind = self.rng.choice(("operateLogin", "operateLogout", "positionVehicle", "baseInfoVehicle"))
        record = self._record(kind, company)
        for name in ("VehicleNo", "LicenseId"):
            record.pop(name, None)
        half = "positions" if kind in POSITIONS else "orders"
        self._emit(
            f"feed.{slug}.{half}",
            {
                "CompanyId": company,
                "Source": "0",
                "IPCType": kind,
                kind: [record, self._record(kind, company)],
            },
        )
