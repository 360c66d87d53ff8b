"""JSON, OTIpc and OTIpcList: told apart by the bytes, and the same behind the border."""

from codecs import BOM_UTF8
from typing import Any

import pytest

from regulator.wire.ministry.protobuf import OTIpc, OTIpcList
from tests.wire.sending import (
    ARRIVAL,
    CLEAN,
    COMPANY,
    FORMS,
    accepted,
    border,
    envelope,
    flaws,
    otipc,
    protobuf,
    protobuf_list,
    reasons,
    record,
)

MATCH = record("orderMatch")


@pytest.mark.parametrize("name", CLEAN)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(name: str, form: str) -> None:
    records = [record(name), record(name, Reserved="again")]

    outcomes = border(name).read(FORMS[form](name, records), ARRIVAL)

    assert outcomes == border(name).read(envelope(name, records), ARRIVAL)
    assert [flaws(outcome) for outcome in outcomes] == [[], []]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("orderMatch", {"Encrypt": 7}),
        ("orderMatch", {"LicenseId": "110105194912310021"}),
        ("orderMatch", {"DistributeTime": 0}),
        ("orderMatch", {"DriverPhone": ""}),
        ("orderMatch", {"VehicleNo": "x" * 33}),
        ("orderMatch", {"OrderId": "A\x001"}),
        ("orderMatch", {"OrderId": " "}),
        ("orderCreate", {"DestLongitude": 0}),
        ("orderCancel", {"Operator": "9"}),
        ("operateArrive", {"DriveMile": 12.3}),
        ("operatePay", {"DestTime": 20260302074459}),
        ("positionDriver", {"LicenseId": "", "VehicleNo": ""}),
        ("positionVehicle", {"PositionTime": 1, "Speed": 0, "Mileage": 0.0}),
    ],
)
def test_every_form_has_the_same_fate_and_flaws(name: str, changes: dict[str, Any]) -> None:
    sent = record(name, **changes)

    read = [border(name).read(form(name, [sent, record(name)]), ARRIVAL) for form in FORMS.values()]

    assert read[0] == read[1] == read[2]
    assert len(read[0]) == 2


def test_a_field_that_protobuf_does_not_send_is_missing() -> None:
    sent = record("orderMatch", without=["LicenseId", "Encrypt", "Longitude"])

    (outcome,) = border().read(protobuf("orderMatch", [sent]), ARRIVAL)

    assert flaws(outcome) == [("Encrypt", "missing_field"), ("LicenseId", "missing_field")]


def test_protobufs_text_that_is_not_utf8_is_bad_and_its_neighbour_is_not() -> None:
    payload = protobuf("orderMatch", [MATCH, MATCH]).replace("沪".encode(), b"\xff\xff\xff", 1)

    bad, good = border().read(payload, ARRIVAL)

    assert flaws(bad) == [("VehicleNo", "bad_field")]
    assert flaws(good) == []


def test_a_list_has_one_index_over_all_its_envelopes() -> None:
    payload = protobuf_list(otipc("orderMatch", [MATCH]), otipc("orderCreate", [record("orderCreate")] * 2))

    outcomes = border().read(payload, ARRIVAL)

    assert [(outcome.index, outcome.type) for outcome in outcomes] == [
        (0, "orderMatch"),
        (1, "orderCreate"),
        (2, "orderCreate"),
    ]


@pytest.mark.parametrize("start", [b" ", b"\n", b"\r\n\t", BOM_UTF8, BOM_UTF8 + b"\n"])
def test_json_may_begin_with_white_space_or_a_byte_order_mark(start: bytes) -> None:
    outcomes = border().read(start + envelope("orderMatch", [MATCH]), ARRIVAL)

    assert reasons(outcomes) == [None]


@pytest.mark.parametrize("length", [9, 10, 13, 32, 123])
def test_protobuf_that_begins_like_white_space_or_a_brace_is_protobuf(length: int) -> None:
    message = otipc("orderMatch", [MATCH])
    message.CompanyId = "3" * length
    padded = protobuf_list(message)

    assert reasons(border().read(message.SerializeToString(), ARRIVAL)) == [None]
    assert reasons(border().read(padded, ARRIVAL)) == [None]


def test_a_list_that_begins_like_a_line_feed_and_a_brace_is_a_list() -> None:
    login = record("operateLogin", without=["Longitude", "Latitude"])
    padded = (otipc("operateLogin", [{**login, "Reserved": "x" * length}]) for length in range(100))
    payload = protobuf_list(next(message for message in padded if message.ByteSize() == ord("{")))

    assert payload[:2] == b"\n{"
    assert reasons(border().read(payload, ARRIVAL)) == [None]


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (OTIpc(CompanyId=COMPANY, Source="0").SerializeToString(), "unknown_type"),
        (OTIpc(CompanyId=COMPANY, Source="0", IPCType=8194).SerializeToString(), "unknown_type"),
        (OTIpc(CompanyId=COMPANY, Source="0", IPCType=99).SerializeToString(), "unknown_type"),
        (OTIpc(CompanyId=COMPANY).SerializeToString(), "unknown_type"),
        (OTIpcList().SerializeToString(), "unreadable"),
        (protobuf("orderMatch", [MATCH])[:-1], "unreadable"),
        (b"\x0a\xff\xff\xff\xff\x0f", "unreadable"),
        (b"\x7a\x03abc", "unreadable"),
    ],
)
def test_protobuf_without_type_or_sense_counts_as_one_record(payload: bytes, reason: str) -> None:
    assert reasons(border().read(payload, ARRIVAL)) == [reason]


def test_protobuf_in_another_order_of_fields_is_read() -> None:
    rest = OTIpc(Source="0", IPCType=8194).SerializeToString()
    records = OTIpc(orderMatch=[MATCH]).SerializeToString()

    (outcome,) = border().read(records + rest + OTIpc(CompanyId=COMPANY).SerializeToString(), ARRIVAL)

    assert accepted(outcome).order == "SU0001"


def test_a_base_record_that_lacks_nearly_everything_comes_in_protobuf_too() -> None:
    sent = {"CompanyId": COMPANY, "VehicleNo": "沪AD12345"}

    outcomes = border().read(protobuf("baseInfoVehicle", [sent, {}]), ARRIVAL)

    assert reasons(outcomes) == [None, "unattributable"]
