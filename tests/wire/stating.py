"""What a register source says: a licence, and how it is heard."""

import json
from typing import Any

import pytest

from regulator.domain.instants import from_rfc3339
from regulator.domain.licences import LicenceKind
from regulator.domain.register import Source
from regulator.wire.register import RegisterRefused, read_register
from tests.wire.sending import KEY

ARRIVAL = from_rfc3339("2026-03-02T08:00:00+08:00")
SOURCE = Source(
    name="transport",  # type: ignore[arg-type]  # a plain name will do
    kinds=frozenset(LicenceKind),
    precedence=1,
    required=True,
    grace=0,
)
LICENCE: dict[str, Any] = {
    "type": "licence",
    "kind": "vehicle_permit",
    "certificate": "沪交运管许可（310115）002863",
    "subject": "沪a·D12345",
    "sequence": 8812,
    "recorded_at": "2024-03-01T09:12:00+08:00",
    "area": "310000",
    "first_registered": "2023-11-20",
    "vehicle": {"brand": "荣威", "model": "Ei5", "colour": "白", "plate_colour": "绿"},
    "periods": [
        {"from": "2024-03-01", "to": "2027-02-28", "state": "valid"},
        {"from": "2025-06-01T00:00:00+08:00", "to": None, "state": "suspended"},
    ],
}


def said(changes: dict[str, Any] | None = None, /, **more: Any) -> Any:
    message = {**LICENCE, **(changes or {}), **more}
    return hear(json.dumps(message).encode())


def hear(payload: bytes, source: Source = SOURCE) -> Any:
    return read_register(payload, source=source, arrival=ARRIVAL, pseudonym_key=KEY)


def refused(payload: bytes, source: Source = SOURCE) -> tuple[str, str]:
    with pytest.raises(RegisterRefused) as caught:
        hear(payload, source)
    return caught.value.reason.value, caught.value.detail
