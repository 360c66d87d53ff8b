"""Every error of a register message is named, with its field and without its value."""

import json
from typing import Any

import pytest

from regulator.domain.register import Source
from tests.wire.sending import DRIVER
from tests.wire.stating import LICENCE, SOURCE, refused

ERRORS = [
    ({"kind": "taxi_permit"}, "unknown_kind", "kind: expected one of platform_permit"),
    ({"kind": None}, "missing_field", "kind is missing"),
    ({"certificate": ""}, "missing_field", "certificate is missing"),
    ({"certificate": "（ ）"}, "bad_field", "certificate: expected"),
    ({"certificate": 310115002863}, "bad_field", "certificate: expected a text, got a number"),
    ({"certificate": "沪" * 201}, "bad_field", "certificate: expected a text of up to 200 characters"),
    ({"certificate": "沪\0"}, "bad_field", "certificate: expected a text of up to"),
    ({"subject": None}, "missing_field", "subject is missing"),
    ({"subject": " · "}, "bad_field", "subject: expected"),
    ({"subject": ["沪AD12345"]}, "bad_field", "subject: expected a text, got a list"),
    ({"sequence": None}, "missing_field", "sequence is missing"),
    ({"sequence": "8812"}, "bad_field", "sequence: expected a whole number, got a text"),
    ({"sequence": 1.5}, "bad_field", "sequence: expected a whole number, got a number"),
    ({"sequence": True}, "bad_field", "sequence: expected a whole number, got true or false"),
    ({"sequence": 2**63}, "bad_field", "sequence: expected a whole number"),
    ({"periods": None}, "missing_field", "periods is missing"),
    ({"periods": {}}, "bad_field", "periods: expected a list of objects, got an object"),
    ({"periods": [{}] * 1001}, "bad_field", "periods: expected up to 1000 objects"),
    ({"periods": [3]}, "bad_field", "periods[0]: expected an object, got a number"),
    ({"periods": [{"to": None, "state": "valid"}]}, "missing_field", "periods[0].from is missing"),
    ({"periods": [{"from": "2024-03-01"}]}, "missing_field", "periods[0].state is missing"),
    (
        {"periods": [{"from": "2024-03-01", "state": "lost"}]},
        "bad_field",
        "periods[0].state: expected one of",
    ),
    ({"periods": [{"from": "20240301", "state": "valid"}]}, "bad_field", "periods[0].from: expected a day"),
    ({"periods": [{"from": "2024-02-30", "state": "valid"}]}, "bad_field", "periods[0].from: expected a day"),
    (
        {"periods": [{"from": "2024-03-01", "to": "later", "state": "valid"}]},
        "bad_field",
        "periods[0].to: expected a day",
    ),
    ({"type": "permit"}, "unknown_type", "type: expected"),
    ({"type": None}, "missing_field", "type is missing"),
]


@pytest.mark.parametrize(("changes", "reason", "detail"), ERRORS)
def test_every_error_is_named_with_its_field(changes: dict[str, Any], reason: str, detail: str) -> None:
    given = refused(json.dumps({**LICENCE, **changes}).encode())

    assert given[0] == reason
    assert given[1].startswith(detail)


@pytest.mark.parametrize("payload", [b"", b"{", b"\xff", b"[]", b"7", b"[" * 100_000])
def test_what_is_no_json_object_is_unreadable(payload: bytes) -> None:
    assert refused(payload)[0] == "unreadable"


def test_an_error_never_repeats_what_may_be_somebodys_number() -> None:
    message = {**LICENCE, "kind": "driver_certificate", "subject": {"number": DRIVER}, "certificate": DRIVER}

    assert DRIVER not in " ".join(refused(json.dumps(message).encode()))


def test_a_source_may_state_only_its_kinds() -> None:
    only_drivers = Source(
        name=SOURCE.name,
        kinds=frozenset({"driver_certificate"}),
        precedence=1,
        required=True,
        grace=0,
    )
    withdrawn = {"type": "withdrawn", "of": "licence", "kind": "vehicle_permit"}

    for message in (LICENCE, {**withdrawn, "certificate": "X", "sequence": 1}):
        assert refused(json.dumps(message).encode(), only_drivers)[0] == "kind_not_allowed"
