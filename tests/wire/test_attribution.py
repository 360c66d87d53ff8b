"""Whose record it is, and what it must name to be attributed (contract, section 2)."""

from typing import Any

import pytest

from regulator.domain.feed import Refused
from regulator.wire.ministry.shapes import SHAPES
from tests.wire.sending import (
    ARRIVAL,
    BASE,
    CLEAN,
    COMPANY,
    accepted,
    border,
    envelope,
    flaws,
    read,
    reasons,
    record,
)

MATCH = record("orderMatch")
ORDER_RECORDS = [name for name in CLEAN if name.startswith(("order", "operate")) and "OrderId" in CLEAN[name]]
KEYED = [(name, SHAPES[name].type.own_key) for name in BASE if SHAPES[name].type.own_key]
"""Base records that are about something else than the company itself."""


def test_a_record_of_another_company_is_foreign_and_its_neighbours_are_not() -> None:
    other = record("orderMatch", CompanyId="3301YPZC0009")

    outcomes = read("orderMatch", MATCH, other, MATCH)

    assert reasons(outcomes) == [None, "foreign", None]
    assert isinstance(outcomes[1], Refused)
    assert (outcomes[1].company, outcomes[1].order) == ("3301YPZC0009", "SU0001")


@pytest.mark.parametrize(
    ("own", "envelopes", "reason"),
    [
        (None, COMPANY, None),
        ("", COMPANY, None),
        ("  ", COMPANY, None),
        ("x" * 33, COMPANY, None),
        (None, "3301YPZC0009", "foreign"),
        (None, None, "foreign"),
        (None, "x" * 33, "foreign"),
        (COMPANY, "3301YPZC0009", None),
        (COMPANY, None, None),
        ("3301YPZC0009", COMPANY, "foreign"),
        (f"{COMPANY} ", COMPANY, "foreign"),
    ],
)
def test_the_company_is_the_records_own_else_the_envelopes(
    own: str | None, envelopes: str | None, reason: str | None
) -> None:
    sent = record("orderMatch", CompanyId=own)

    outcomes = border().read(envelope("orderMatch", [sent], CompanyId=envelopes), ARRIVAL)

    assert reasons(outcomes) == [reason]


def test_a_forwarding_feed_may_speak_for_many_companies() -> None:
    many = border(companies={COMPANY, "3101YPZC0002"})
    sent = [MATCH, record("orderMatch", CompanyId="3101YPZC0002")]

    outcomes = many.read(envelope("orderMatch", sent), ARRIVAL)

    assert [outcome.company for outcome in outcomes] == [COMPANY, "3101YPZC0002"]
    assert reasons(outcomes) == [None, None]


@pytest.mark.parametrize("name", ORDER_RECORDS)
@pytest.mark.parametrize("number", [None, "", " \u3000", [], "x" * 65])
def test_an_order_record_without_a_usable_number_is_unattributable(name: str, number: Any) -> None:
    outcomes = read(name, record(name), record(name, OrderId=number), record(name))

    assert reasons(outcomes) == [None, "unattributable", None]


@pytest.mark.parametrize("name", ["ratedPassenger", "ratedPassengerComplaint", "shareOrder", "sharePay"])
def test_another_record_that_lacks_its_orders_number_is_handled(name: str) -> None:
    (outcome,) = read(name, record(name, OrderId=None))

    assert flaws(outcome) == [("OrderId", "missing_field")]
    assert accepted(outcome).order is None


@pytest.mark.parametrize(("name", "key"), KEYED)
@pytest.mark.parametrize("value", [None, "", " \u3000", [], True, "x" * 300])
def test_a_base_record_without_its_own_key_is_unattributable(name: str, key: str, value: Any) -> None:
    outcomes = read(
        name, record(name), record(name, **{key: value}), record(name, without=[key]), record(name)
    )

    assert reasons(outcomes) == [None, "unattributable", "unattributable", None]


@pytest.mark.parametrize("name", ["baseInfoCompany", "baseInfoCompanyStat"])
def test_a_record_of_the_company_itself_needs_no_other_key(name: str) -> None:
    assert reasons(read(name, {}, record(name))) == [None, None]


@pytest.mark.parametrize("name", ["operateLogin", "operateLogout", "positionDriver"])
@pytest.mark.parametrize(
    ("plate", "number", "reason"),
    [
        (None, None, "unattributable"),
        ("", "  ", "unattributable"),
        ("··", "", "unattributable"),
        ("沪AD12345", None, None),
        (None, "1234", None),
        ("无", None, None),
    ],
)
def test_who_names_neither_plate_nor_driver_is_unattributable(
    name: str, plate: str | None, number: str | None, reason: str | None
) -> None:
    outcomes = read(name, record(name), record(name, VehicleNo=plate, LicenseId=number), record(name))

    assert reasons(outcomes) == [None, reason, None]


def test_a_cars_position_without_a_plate_is_unattributable() -> None:
    outcomes = read("positionVehicle", record("positionVehicle", VehicleNo=""), record("positionVehicle"))

    assert reasons(outcomes) == ["unattributable", None]


@pytest.mark.parametrize("item", [None, 7, "text", True, []])
@pytest.mark.parametrize("name", CLEAN)
def test_an_item_that_is_no_object_is_unattributable(name: str, item: Any) -> None:
    clean = record(name)

    outcomes = border(name).read(envelope(name, [clean, item, clean]), ARRIVAL)

    assert reasons(outcomes) == [None, "unattributable", None]


def test_the_first_reason_of_the_contracts_table_counts() -> None:
    nobody = {"CompanyId": "3301YPZC0009"}

    assert reasons(border("positionDriver").read(envelope("orderMatch", [nobody]), ARRIVAL)) == [
        "wrong_topic"
    ]
    assert reasons(border("orderMatch").read(envelope("orderMatch", [nobody]), ARRIVAL)) == ["foreign"]
