"""Equal content has an equal digest, however it was written (contract, section 2)."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from regulator.domain.feed import Outcome
from regulator.wire.ministry.content import plain
from tests.wire.sending import ARRIVAL, ORDERS, accepted, border, envelope, read, record


def digest(name: str, sent: Mapping[str, Any]) -> int:
    (outcome,) = read(name, sent)
    return accepted(outcome).digest


@pytest.mark.parametrize("name", ORDERS)
def test_order_of_keys_spacing_and_empty_fields_make_no_difference(name: str) -> None:
    sent = record(name)
    turned = {"Reserved": None, "UnknownKey": 7, **dict(reversed(sent.items()))}
    spaced = json.dumps({"IPCType": name, name: turned}, indent=3).encode()

    (outcome,) = border(name).read(spaced, ARRIVAL)

    assert accepted(outcome).digest == digest(name, sent) == digest(name, {**sent, "Reserved": ""})


@pytest.mark.parametrize(
    ("name", "field"), [(name, field) for name in ORDERS for field in record(name) if field != "CompanyId"]
)
def test_every_field_makes_a_difference(name: str, field: str) -> None:
    value = record(name)[field]
    other = f"{value}1"[-30:] if isinstance(value, str) else value + 1

    assert digest(name, record(name, **{field: other})) != digest(name, record(name))


def test_what_is_blanked_still_makes_a_difference() -> None:
    late = [
        digest("orderMatch", record("orderMatch", DistributeTime=time)) for time in (0, 1, "soon", "later")
    ]

    assert len(set(late)) == 4


def test_repair_makes_no_difference() -> None:
    sent = record("operateArrive", DriveMile="17.40", DriveTime="1800", OrderId=7)

    assert digest("operateArrive", sent) == digest("operateArrive", record("operateArrive", OrderId="7"))


def test_types_differ_even_with_equal_content() -> None:
    sent = {"CompanyId": "3101YPZC0001", "VehicleNo": "沪AD12345", "UpdateTime": 20260302081530}

    assert digest("baseInfoVehicle", sent) != digest("baseInfoVehicleInsurance", sent)


def test_every_field_of_the_table_is_content_and_no_other_key() -> None:
    sent = {"CompanyId": "3101YPZC0001", "VehicleNo": "沪AD12345", "Seats": 5}
    turned = dict(reversed(sent.items()))

    assert digest("baseInfoVehicle", sent) == digest("baseInfoVehicle", {**turned, "InfoFlag": 1})
    assert digest("baseInfoVehicle", sent) != digest("baseInfoVehicle", {**sent, "Seats": 7})


def test_another_key_makes_other_digests() -> None:
    payload = envelope("orderMatch", [record("orderMatch")])
    read_by = [border(pseudonym_key=key).read(payload, ARRIVAL) for key in (b"one", b"other")]

    first, second = (accepted(outcomes[0]).digest for outcomes in read_by)
    assert first != second


def test_a_digest_is_the_same_on_every_machine() -> None:
    """When this fails, orders kept by an earlier release no longer know what they have seen."""
    assert digest("orderMatch", record("orderMatch")) == 1057873089064204281


def test_a_position_is_known_by_its_second_unless_it_names_nobody() -> None:
    def sent(plate: str) -> Outcome:
        return read("positionVehicle", record("positionVehicle", VehicleNo=plate))[0]

    assert accepted(sent("沪AD12345")).digest == 0
    assert accepted(sent("测试")).digest != 0
    assert accepted(sent("测试")).digest != accepted(sent("0")).digest


def test_a_value_nested_deeper_than_can_be_written_has_a_content_too() -> None:
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]

    assert plain(nested) == "…"
    assert plain([[1]]) == "[[1]]"
