"""Records are the ministry's, and what is wrong with some of them is as rare as the table says."""

from collections import Counter
from typing import Any

import pytest

from regulator.domain.drivers import driver_number, has_wrong_check_digit, is_driver
from regulator.domain.plates import is_plate
from regulator.domain.plates import plate as spelt
from regulator.wire.ministry.protobuf import OTIpc, OTIpcList
from streams.demo.messages import Message
from tests.oracle.fields import FIELDS, Field
from tests.streams.demo.feeds import envelopes, records

_KINDS = {"s": str, "u": int, "i": int, "f": float}
_TABLES = {kind: {field.name: field for field in fields} for kind, fields in FIELDS.items()}


@pytest.fixture(scope="module")
def read(minutes: list[Message], hours: list[Message]) -> list[tuple[str, dict[str, Any]]]:
    return [*records(hours, ".orders"), *records(minutes, ".positions")]


def _as_the_table_says(kind: str, fields: dict[str, Any]) -> bool:
    table = _TABLES[kind]
    return (
        set(fields) <= set(table)
        and all(name in fields for name, field in table.items() if field.required)
        and all(isinstance(value, _KINDS[table[name].kind]) for name, value in fields.items())
        and all(_fits(table[name], value) for name, value in fields.items())
    )


def _fits(field: Field, value: object) -> bool:
    if field.size == 0 or isinstance(value, float):
        return True
    size = len(str(value))
    return size == field.size if field.exact else size <= field.size


def test_all_but_a_few_records_are_as_the_ministrys_tables_say(
    read: list[tuple[str, dict[str, Any]]],
) -> None:
    wrong = Counter(
        kind for kind, fields in read if kind not in FIELDS or not _as_the_table_says(kind, fields)
    )

    assert wrong.total() < 0.01 * len(read)
    assert wrong.total() > 0


def test_the_types_of_an_order_a_shift_and_a_position_all_occur(
    read: list[tuple[str, dict[str, Any]]],
) -> None:
    assert {kind for kind, _ in read if kind in FIELDS} == {
        *("orderCreate", "orderMatch", "operateLogin", "operateLogout"),
        *("operateDepart", "operateArrive", "operatePay", "positionDriver", "positionVehicle"),
    }


def test_nobody_is_named_by_a_real_identity(read: list[tuple[str, dict[str, Any]]]) -> None:
    """Licence numbers carry the region never issued, or identify nobody."""
    numbers = {driver_number(str(fields["LicenseId"])) for _, fields in read if "LicenseId" in fields}

    assert all(number.startswith("319900") or not is_driver(number) for number in numbers)
    assert not any(has_wrong_check_digit(number) for number in numbers)


def test_no_record_names_a_passenger_or_a_driver(read: list[tuple[str, dict[str, Any]]]) -> None:
    assert not any(name in fields for _, fields in read for name in ("DriverName", "PassengerName"))


def test_some_plates_and_drivers_identify_nobody(read: list[tuple[str, dict[str, Any]]]) -> None:
    matches = [fields for kind, fields in read if kind == "orderMatch" and "VehicleNo" in fields]
    plates = sum(not is_plate(spelt(fields["VehicleNo"])) for fields in matches)
    drivers = sum(not is_driver(driver_number(str(fields.get("LicenseId", "x")))) for fields in matches)

    assert 0 < plates < 0.02 * len(matches)
    assert 0 < drivers < 0.02 * len(matches)


def test_some_messages_must_be_refused_and_each_reason_occurs(hours: list[Message]) -> None:
    orders = [message for message in hours if message.topic.endswith(".orders")]
    reasons = Counter(_reason(message) for message in orders)

    assert set(reasons) - {None} == {"unreadable", "unknown_type", "wrong_topic", "foreign", "unattributable"}
    assert 0.001 < 1 - reasons[None] / len(orders) < 0.006


def _reason(message: Message) -> str | None:
    read = list(envelopes([message], ""))
    if not read:
        return "unreadable"
    kind = read[0][1]["IPCType"]
    if kind not in FIELDS:
        return "unknown_type"
    if kind.startswith("position"):
        return "wrong_topic"
    last = list(records([message], ""))[-1][1]
    if not last["CompanyId"].startswith("3101"):
        return "foreign"
    return None if "OrderId" in last or kind in ("operateLogin", "operateLogout") else "unattributable"


def test_platforms_write_envelopes_in_their_own_ways(minutes: list[Message]) -> None:
    """Most as JSON arrays, one as a bare object where there is one record, one in protobuf."""
    first = {
        (slug, half): next(one.value for one in minutes if one.topic == f"feed.{slug}.{half}")
        for slug in ("qinghe", "xingdu", "bailu")
        for half in ("orders", "positions")
    }

    assert b':[{"' in first["qinghe", "orders"]
    assert b":[{" not in first["xingdu", "orders"]
    assert OTIpc.FromString(first["bailu", "orders"]).CompanyId == "3101YPZCYS04"
    assert OTIpcList.FromString(first["bailu", "positions"]).otpic[0].CompanyId == "3101YPZCYS04"
