"""Numbers as text, texts as numbers, l for I: repaired, and named as a flaw (contract, section 2)."""

from typing import Any

import pytest

from tests.wire.sending import (
    ARRIVAL,
    CLEAN,
    COMPANY,
    DRIVER,
    accepted,
    border,
    envelope,
    flaws,
    only,
    read,
    reasons,
    record,
)

REPAIRED = [
    ("orderMatch", "Longitude", "121473700"),
    ("orderMatch", "DistributeTime", "20260302081530"),
    ("orderMatch", "Encrypt", "1"),
    ("orderMatch", "Address", "310000"),
    ("operateArrive", "DriveMile", "17.4"),
    ("operateArrive", "DriveTime", "1800"),
    ("positionVehicle", "PositionTime", "1772410530"),
    ("positionVehicle", "PositionTime", "20260302081530"),
    ("orderMatch", "OrderId", 10**25 + 7),
    ("orderMatch", "DriverPhone", 13800000000),
    ("orderCancel", "Operator", 1),
    ("operatePay", "PayState", 1),
]


@pytest.mark.parametrize(("name", "field", "value"), REPAIRED)
def test_a_number_as_text_and_a_text_as_number_are_repaired(name: str, field: str, value: Any) -> None:
    assert only(name, **{field: value}) == [(field, "repaired")]


def test_what_was_repaired_reads_like_what_was_right() -> None:
    sent = record(
        "orderMatch", Longitude="121473700", DistributeTime="20260302081530", DriverPhone=13800000000
    )
    right, repaired = read("orderMatch", record("orderMatch"), sent)

    assert accepted(repaired).fact == accepted(right).fact
    assert accepted(repaired).digest == accepted(right).digest


def test_a_number_of_any_length_keeps_all_its_digits_as_an_order_number() -> None:
    (outcome,) = read("orderMatch", record("orderMatch", OrderId=12345678901234567890123456789))

    assert accepted(outcome).order == "12345678901234567890123456789"


@pytest.mark.parametrize(
    ("name", "field", "key"),
    [
        ("orderMatch", "CompanyId", "Companyld"),
        ("orderMatch", "LicenseId", "Licenseld"),
        ("orderMatch", "OrderId", "Orderld"),
        ("positionDriver", "LicenseId", "Licenseld"),
        ("operatePay", "InvoiceStatus", "lnvoiceStatus"),
    ],
)
def test_a_key_with_l_for_i_is_repaired(name: str, field: str, key: str) -> None:
    sent = record(name, without=[field], **{key: CLEAN[name][field]})
    right, repaired = read(name, record(name), sent)

    assert flaws(repaired) == [(field, "repaired")]
    assert (accepted(repaired).fact, accepted(repaired).order) == (
        accepted(right).fact,
        accepted(right).order,
    )


def test_the_right_key_counts_before_a_misspelt_one_unless_it_is_blank() -> None:
    both = record("orderMatch", Licenseld="310101198001010018")
    blank = record("orderMatch", LicenseId=" ", Licenseld=DRIVER)

    right, ignored, used = read("orderMatch", record("orderMatch"), both, blank)

    assert (flaws(ignored), accepted(ignored).fact) == ([], accepted(right).fact)
    assert (flaws(used), accepted(used).fact) == ([("LicenseId", "repaired")], accepted(right).fact)


def test_an_envelopes_misspelt_keys_are_flaws_of_the_records_that_need_them() -> None:
    misspelt = {"CompanyId": None, "Companyld": COMPANY, "IPCType": None, "lPCType": "orderMatch"}
    sent = [record("orderMatch"), record("orderMatch", CompanyId=None)]

    owner, follower = border().read(envelope("orderMatch", sent, **misspelt), ARRIVAL)

    assert flaws(owner) == [("IPCType", "repaired")]
    assert flaws(follower) == [
        ("CompanyId", "missing_field"),
        ("CompanyId", "repaired"),
        ("IPCType", "repaired"),
    ]


@pytest.mark.parametrize("blank", [None, "", "  ", "\u3000"], ids=["absent", "empty", "spaces", "wide space"])
def test_an_envelopes_misspelt_company_is_found_also_where_all_else_is_clean(blank: str | None) -> None:
    misspelt = {"CompanyId": blank, "Companyld": COMPANY}
    payload = envelope("orderMatch", [record("orderMatch", CompanyId="\u3000")], **misspelt)

    [outcome] = border().read(payload, ARRIVAL)

    assert accepted(outcome).company == COMPANY
    assert ("CompanyId", "repaired") in flaws(outcome)


def test_a_field_may_be_repaired_and_bad_at_once() -> None:
    expected = [("DistributeTime", "bad_field"), ("DistributeTime", "repaired")]

    assert only("orderMatch", DistributeTime="20260230120000") == expected


def test_a_number_that_no_database_takes_is_bad_and_the_order_is_judged() -> None:
    outcomes = read(
        "orderMatch", record("orderMatch", OrderId="A\x001"), record("orderMatch", OrderId="B\ud800")
    )

    assert reasons(outcomes) == [None, None]
    assert [outcome.order for outcome in outcomes] == ["A␀1", "B�"]
    assert [flaws(outcome) for outcome in outcomes] == [[("OrderId", "bad_field")]] * 2
