"""What a platform sends: clean records of every type, in every form, and a border to read them."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from regulator.domain.drivers import FILLERS
from regulator.domain.feed import Accepted, FeedKind, Outcome, Refused
from regulator.domain.instants import Instant, from_rfc3339
from regulator.domain.limits import Limits
from regulator.wire.ministry import Border
from regulator.wire.ministry.protobuf import OTIpc, OTIpcList
from regulator.wire.ministry.shapes import SHAPES
from tests.wire.clean import BASE, CLEAN, COMPANY, DRIVER, ORDERS, PLATE, POSITIONS

__all__ = ["BASE", "CLEAN", "COMPANY", "DRIVER", "ORDERS", "PLATE", "POSITIONS"]

KEY = b"heldout-oracle"
PSEUDONYM = "3b19c912c058ebba1d0aba5754b1473a"
ARRIVAL = from_rfc3339("2026-03-02T08:15:40+08:00")
AT = from_rfc3339("2026-03-02T08:15:30+08:00")


def record(name: str, /, *, without: Sequence[str] = (), **changes: Any) -> dict[str, Any]:
    """Return a clean record of a type, changed."""
    return {key: value for key, value in {**CLEAN[name], **changes}.items() if key not in without}


def envelope(name: str, payload: Any, /, **changes: Any) -> bytes:
    """Return a JSON envelope; a change to None leaves a key out."""
    keys = {"CompanyId": COMPANY, "Source": "0", "IPCType": name, name: payload, **changes}
    kept = {key: value for key, value in keys.items() if value is not None}
    text = json.dumps(kept, ensure_ascii=False)
    halves = any("\ud800" <= letter <= "\udfff" for letter in text)
    return (json.dumps(kept) if halves else text).encode()


def otipc(name: str, records: Sequence[Mapping[str, Any]]) -> Any:
    """Return an OTIpc message."""
    message = OTIpc(CompanyId=COMPANY, Source="0", IPCType=SHAPES[name].type.code)
    for one in records:
        getattr(message, name).add(**one)
    return message


def protobuf(name: str, records: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the bytes of an OTIpc."""
    return bytes(otipc(name, records).SerializeToString())


def protobuf_list(*messages: Any) -> bytes:
    """Return the bytes of an OTIpcList."""
    return bytes(OTIpcList(otpic=messages).SerializeToString())


def border(name: str = "orderMatch", **changes: Any) -> Border:
    """Return a border on the topic where records of a type belong."""
    kind = FeedKind.POSITIONS if name in POSITIONS else FeedKind.ORDERS
    settings = {
        "companies": {COMPANY},
        "kind": kind,
        "pseudonym_key": KEY,
        "fillers": FILLERS,
        "limits": Limits(),
        **changes,
    }
    return Border(**settings)


def read(name: str, *records: Any, arrival: Instant = ARRIVAL) -> list[Outcome]:
    """Send records of one type in one JSON message across a fresh border."""
    return border(name).read(envelope(name, list(records)), arrival)


def accepted(outcome: Outcome) -> Accepted:
    """Return the outcome, which must be an acceptance."""
    assert isinstance(outcome, Accepted), outcome
    return outcome


def flaws(outcome: Outcome) -> list[tuple[str, str]]:
    """Return an accepted record's flaws as plain pairs, sorted."""
    return sorted((flaw.field, flaw.kind.value) for flaw in accepted(outcome).flaws)


def only(name: str, /, **changes: Any) -> list[tuple[str, str]]:
    """Return the flaws of one changed record between two clean ones, which must stay clean."""
    before, changed, after = read(name, record(name), record(name, **changes), record(name))
    assert flaws(before) == flaws(after) == []
    return flaws(changed)


def reasons(outcomes: Sequence[Outcome]) -> list[str | None]:
    """Return each record's reason of refusal, None for one that was accepted."""
    return [outcome.reason.value if isinstance(outcome, Refused) else None for outcome in outcomes]


FORMS: Mapping[str, Callable[[str, Sequence[Mapping[str, Any]]], bytes]] = {
    "json": lambda name, records: envelope(name, list(records)),
    "OTIpc": protobuf,
    "OTIpcList": lambda name, records: protobuf_list(otipc(name, records)),
}
