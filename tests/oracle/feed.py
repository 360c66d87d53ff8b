"""What becomes of a feed message (contract §1.1, §2): records with fate and flaws."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.oracle import identity
from tests.oracle.fields import BASE_KEY, CHECKED, CODES, EVENT_TIME, FIELDS, POSITIONS, Field

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_PERSONAL = ("PassengerName", "PassengerPhone")


@dataclass
class Record:
    """One record after repair; `values` hold only what is usable."""

    slug: str
    topic: str  # orders or positions
    arrival: datetime
    company: str = ""
    type: str = ""
    refused: str | None = None
    repeated: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    content: str = ""
    flaws: list[tuple[str, str]] = field(default_factory=list)  # (field, reason)

    def text(self, name: str) -> str:
        return str(self.values.get(name) or "")

    def time(self, name: str) -> datetime | None:
        value = self.values.get(name)
        return None if value is None else moment(name, value)


Limit = Callable[[str, datetime], float]


def read(
    topic: str, envelope: Any, arrival: datetime, spoken_for: Mapping[str, set[str]], limit: Limit
) -> list[Record]:
    """All records of one message. `envelope` is None when the bytes are no JSON."""
    _, slug, half = topic.split(".")

    def refused(reason: str, company: str = "", kind: str = "") -> Record:
        return Record(slug, half, arrival, company, kind, refused=reason)

    if not isinstance(envelope, dict):
        return [refused("unreadable")]
    mended = "CompanyId" not in envelope and "Companyld" in envelope
    own = envelope.get("Companyld" if mended else "CompanyId")
    kind = envelope.get("IPCType")
    if not isinstance(kind, str) or kind not in FIELDS:
        return [refused("unknown_type", own if isinstance(own, str) else "")]
    if envelope.get(kind) is None:
        return [refused("unknown_type", own if isinstance(own, str) else "", kind)]
    payload = envelope[kind]
    if not isinstance(payload, (list, dict)):
        return [refused("unreadable", own if isinstance(own, str) else "", kind)]
    found = []
    for item in payload if isinstance(payload, list) else [payload]:
        record = Record(slug, half, arrival, type=kind)
        _take(record, item if isinstance(item, dict) else {}, own)
        record.refused = _refusal(record, spoken_for.get(slug, set()))
        _late(record, limit)
        if mended and not record.values.get("CompanyId"):
            record.flaws.append(("CompanyId", "repaired"))
        found.append(record)
    return found


def _refusal(record: Record, companies: set[str]) -> str | None:
    """The first row of §2's table that applies."""
    if (record.type in POSITIONS) != (record.topic == "positions"):
        return "wrong_topic"
    if record.company not in companies:
        return "foreign"
    pair = bool(record.text("VehicleNo") or record.text("LicenseId"))
    named_by_pair = (*POSITIONS, "operateLogin", "operateLogout")
    if record.type in named_by_pair:
        attributable = pair
    elif record.type.startswith(("order", "operate")):
        attributable = bool(record.text("OrderId"))
    elif record.type in BASE_KEY:
        attributable = bool(record.text(BASE_KEY[record.type]))
    else:
        attributable = True
    return None if attributable else "unattributable"


def _take(record: Record, item: dict[str, Any], envelope_company: Any) -> None:
    """Repair keys and values, blank what is unusable, note every flaw."""
    known = {each.name: each for each in FIELDS[record.type]}
    given = _mended_keys(record, item, known)
    content: dict[str, Any] = {}
    for each in known.values():
        value = given.get(each.name)
        if value is None or (isinstance(value, str) and not value.strip()):
            flaws = ["missing_field"] if each.required else []
        else:
            content[each.name], flaws = _taken(record, each, value)
        record.flaws += [(each.name, reason) for reason in flaws]
    for name in _PERSONAL:
        if record.type != "baseInfoPassenger" and name not in known and given.get(name):
            record.flaws.append((name, "personal_data"))
    left, right = record.time("DepTime"), record.time("DestTime")
    if record.type == "operatePay" and left and right and right < left:
        record.flaws.append(("DestTime", "contradiction"))
    fallback = envelope_company if isinstance(envelope_company, str) else ""
    record.company = record.text("CompanyId") or fallback
    record.content = repr(sorted(content.items()))


def _mended_keys(record: Record, item: dict[str, Any], known: Mapping[str, Field]) -> dict[str, Any]:
    """The item with `l` for `I` put right in its keys."""
    given: dict[str, Any] = {}
    for key, value in item.items():
        alike = (name for name in known if name.replace("I", "l") == key.replace("I", "l"))
        mended = key if key in known else next(alike, key)
        if mended != key:
            record.flaws.append((mended, "repaired"))
        given[mended] = value
    return given


def _taken(record: Record, each: Field, value: Any) -> tuple[Any, list[str]]:
    """The value as content after repair, and its flaws; kept in the record when it is usable."""
    mended, flaws = repair(each, value)
    if mended is None:
        return value, flaws
    problem, usable = check(each, mended)
    if usable:
        record.values[each.name] = mended
    return mended, list(dict.fromkeys([*flaws, *([problem] if problem else [])]))


def repair(each: Field, value: Any) -> tuple[Any, list[str]]:
    """The value in its own type with `repaired`, or None with `bad_field`."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None, ["bad_field"]
    if each.kind == "s":
        if isinstance(value, str):
            text = re.sub("[\ud800-\udfff]", "\ufffd", value).replace("\0", "\u2400")
            return text, ["bad_field"] * (text != value)  # half a character and NUL are no text: shown, kept
        return str(value), ["repaired"]
    flaws = []
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            return None, ["bad_field"]
        value = float(value) if set(value) & set(".eE") else int(value)
        flaws = ["repaired"]
    if each.kind != "f" and isinstance(value, float):  # JSON has one kind of number: 3.0 is 3
        if not value.is_integer():
            return None, [*flaws, "bad_field"]
        value = int(value)
    return value, flaws


def check(each: Field, value: Any) -> tuple[str | None, bool]:
    """`bad_field` or none, and whether the value is usable all the same."""
    bad = ("bad_field", False)
    text = str(value)
    if each.kind == "u" and value < 0:
        return bad
    if each.kind == "f" and abs(value) >= 10**each.size:
        return bad
    if each.kind != "f" and each.size and (len(text) > each.size or (each.exact and len(text) < each.size)):
        return bad
    if each.name in CODES and text not in {str(code) for code in CODES[each.name]}:
        return bad
    if _is_time(each.name, each) and moment(each.name, value) is None:
        return bad
    low, high = (73, 136) if each.name.endswith("Longitude") else (3, 54)
    if each.name.endswith(("Longitude", "Latitude")) and not low <= value / 1_000_000 <= high:
        return bad
    if each.name == "LicenseId" and identity.failed_check_digit(identity.driver(text)):
        return "bad_field", True
    return None, True


def _is_time(name: str, each: Field) -> bool:
    return name == "PositionTime" or (each.kind == "u" and each.exact and each.size == 14)


def moment(name: str, value: int) -> datetime | None:
    """The instant of a ministry integer; None when impossible or epoch zero."""
    text = str(value)
    try:
        if name == "PositionTime" and len(text) in (10, 13):
            at = datetime.fromtimestamp(value / (1000 if len(text) == 13 else 1), identity.SHANGHAI)
        elif len(text) == 14:
            at = datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=identity.SHANGHAI)
        else:
            return None
    except ValueError:
        return None
    return None if at.year <= 1970 else at


def _late(record: Record, limit: Limit) -> None:
    if record.type not in EVENT_TIME:
        return
    name = EVENT_TIME[record.type]
    at = record.time(name)
    if at is None:
        return
    earliest = record.arrival - timedelta(seconds=limit("untimely_before_seconds", at))
    latest = record.arrival + timedelta(seconds=limit("untimely_after_seconds", at))
    if not earliest <= at <= latest:
        record.flaws.append((name, "untimely"))


def mark_repetitions(records: list[Record]) -> None:
    """§2: equal content after repair; for positions the same car or driver and second."""
    seen: set[tuple[str, ...]] = set()
    for record in records:
        if record.refused:
            continue
        key: tuple[str, ...] = (record.company, record.type, record.content)
        at = record.time("PositionTime") if record.type in POSITIONS else None
        if at is not None:
            who = _positioned(record)
            key = (record.slug, record.company, record.type, who, identity.digits14(at)) if who else key
        record.repeated = key in seen
        seen.add(key)


def _positioned(record: Record) -> str:
    """The driver of a driver's position, else the car; empty when neither is identifiable."""
    car, person = identity.plate(record.text("VehicleNo")), identity.driver(record.text("LicenseId"))
    if record.type == "positionDriver" and identity.is_driver(person):
        return person
    return car if identity.is_plate(car) else ""


def checked(record: Record) -> bool:
    """Whether this program vouches for the record's flaws."""
    return record.type in CHECKED
