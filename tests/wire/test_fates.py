"""What is refused, why, and that neighbours are not harmed (contract, section 2)."""

import json

import pytest

from regulator.domain.feed import FeedKind
from regulator.domain.instants import Instant
from regulator.domain.limits import Limits
from regulator.wire.ministry.batches import MOST_RECORDS
from regulator.wire.ministry.shapes import SHAPES
from regulator.wire.ministry.varints import has_more_fields
from tests.wire.sending import (
    ARRIVAL,
    CLEAN,
    COMPANY,
    ORDERS,
    POSITIONS,
    accepted,
    border,
    envelope,
    otipc,
    protobuf,
    protobuf_list,
    read,
    reasons,
    record,
)

MATCH = record("orderMatch")


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_record_is_accepted_without_a_flaw(name: str) -> None:
    (outcome,) = read(name, record(name))

    assert accepted(outcome).flaws == ()
    assert (outcome.index, outcome.type, outcome.company) == (0, name, COMPANY)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"\x00\x01\x02",
        b"not an envelope",
        "{}".encode("utf-16"),
        b'{"IPCType":"orderMatch","orderMatch":[{"OrderId":"\xff"}]}',
        b'{"IPCType":"orderMatch","orderMatch":[{"DepLongitude":NaN}]}',
        envelope("orderMatch", 3),
        envelope("orderMatch", "text"),
        b'{"IPCType":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"IPCType":"orderMatch"} and more',
    ],
)
def test_bytes_that_are_no_envelope_are_unreadable_and_count_as_one_record(payload: bytes) -> None:
    outcomes = border().read(payload, ARRIVAL)

    assert reasons(outcomes) == ["unreadable"]
    assert outcomes[0].index == 0


def test_a_message_that_is_too_large_is_unreadable_and_one_at_the_limit_is_not() -> None:
    payload = envelope("orderMatch", [MATCH])

    assert reasons(border(most_bytes=len(payload)).read(payload, ARRIVAL)) == [None]
    assert reasons(border(most_bytes=len(payload) - 1).read(payload, ARRIVAL)) == ["unreadable"]


def test_protobuf_says_the_same_in_a_third_of_the_bytes_and_may_have_half_of_them() -> None:
    payload = protobuf("orderMatch", [MATCH])

    assert reasons(border(most_bytes=2 * len(payload)).read(payload, ARRIVAL)) == [None]
    assert reasons(border(most_bytes=2 * len(payload) - 1).read(payload, ARRIVAL)) == ["unreadable"]


@pytest.mark.parametrize(
    "payload",
    [
        b"\x0a\x00" * 250_000,
        b"\x1a\x00" + b"\x92\x80\x04\x00" * 120_000,
        b"\x0a\x80\x80\x1e" + b"\x92\x80\x04\x00" * 122_880,
    ],
    ids=["empty envelopes", "empty records", "empty records in a list"],
)
def test_what_would_unpack_to_hundreds_of_megabytes_is_not_unpacked(payload: bytes) -> None:
    """The parser would make of each of these things what weighs a hundred times as much."""
    assert has_more_fields(payload, MOST_RECORDS)
    assert reasons(border().read(payload, ARRIVAL)) == ["unreadable"]


@pytest.mark.parametrize(
    "payload",
    [b"\x80" * 200_000, b"\x0a\xff\xff\xff\xff\x0f", b"\x0a\xf0\xff\x3f" * 50_000, b"\x0e\x01" * 40_000],
    ids=["a varint without end", "a length beyond all bytes", "lists in lists", "no wire type"],
)
def test_what_cannot_be_counted_is_for_the_parser_to_refuse(payload: bytes) -> None:
    assert not has_more_fields(payload, MOST_RECORDS)
    assert reasons(border().read(payload, ARRIVAL)) == ["unreadable"]


@pytest.mark.parametrize(
    "payload",
    [
        envelope("orderMatch", [{}] * (MOST_RECORDS + 1)),
        envelope("orderMatch", [{"OrderId": "1"}] * 4_000),
        b"\x0a\x00" * (MOST_RECORDS + 1),
    ],
    ids=["empty records", "records that lack nearly everything", "empty envelopes"],
)
def test_a_message_that_no_receipt_could_answer_is_too_large(payload: bytes) -> None:
    assert reasons(border().read(payload, ARRIVAL)) == ["unreadable"]


def test_a_message_of_very_many_records_is_read() -> None:
    outcomes = border().read(b"\x0a\x00" * MOST_RECORDS, ARRIVAL)

    assert [outcome.index for outcome in outcomes] == list(range(MOST_RECORDS))


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (b"{}", ""),
        (b'{"IPCType":"orderMatched","orderMatched":[{}]}', ""),
        (b'{"IPCType":8194,"orderMatch":[{}]}', ""),
        (b'{"IPCType":["orderMatch"],"orderMatch":[{}]}', ""),
        (b'{"IPCType":"orderMatch"}', "orderMatch"),
        (b'{"IPCType":"orderMatch","orderMatch":null}', "orderMatch"),
        (b'{"IPCType":"orderMatch","orderCreate":[{}]}', "orderMatch"),
    ],
)
def test_a_type_that_is_none_of_the_32_or_without_its_payload_is_unknown(payload: bytes, kind: str) -> None:
    outcomes = border().read(payload, ARRIVAL)

    assert reasons(outcomes) == ["unknown_type"]
    assert outcomes[0].type == kind


def test_an_unknown_type_names_the_company_that_sent_it() -> None:
    (outcome,) = border().read(envelope("orderMatched", []), ARRIVAL)

    assert outcome.company == COMPANY


def test_all_32_types_are_known() -> None:
    assert len(SHAPES) == 32
    assert set(SHAPES) == set(CLEAN)


@pytest.mark.parametrize("name", POSITIONS)
def test_a_position_on_the_topic_of_orders_is_on_the_wrong_topic(name: str) -> None:
    outcomes = border("orderMatch").read(envelope(name, [record(name), record(name)]), ARRIVAL)

    assert reasons(outcomes) == ["wrong_topic", "wrong_topic"]


@pytest.mark.parametrize("name", ORDERS)
def test_another_type_on_the_topic_of_positions_is_on_the_wrong_topic(name: str) -> None:
    outcomes = border("positionDriver").read(envelope(name, [{"OrderId": "7"}, {}]), ARRIVAL)

    assert reasons(outcomes) == ["wrong_topic", "wrong_topic"]


def test_an_array_without_records_has_no_outcome() -> None:
    assert border().read(envelope("orderMatch", []), ARRIVAL) == []


def test_a_single_object_stands_for_an_array_of_one() -> None:
    assert border().read(envelope("orderMatch", MATCH), ARRIVAL) == read("orderMatch", MATCH)


def test_one_bad_envelope_in_a_list_harms_none_of_its_neighbours() -> None:
    good, bad = otipc("orderMatch", [MATCH, MATCH]), otipc("orderMatch", [])
    bad.IPCType = 7

    outcomes = border().read(protobuf_list(good, bad, good), ARRIVAL)

    assert reasons(outcomes) == [None, None, "unknown_type", None, None]
    assert [outcome.index for outcome in outcomes] == [0, 1, 2, 3, 4]


class Broken(Limits):
    """Limits that fail on one day, as a defect of our own would."""

    def value(self, name: str, at: Instant) -> float:
        if at > ARRIVAL:
            raise ZeroDivisionError
        return super().value(name, at)


def test_a_defect_of_ours_is_that_records_alone_and_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    unlucky = record("orderMatch", DistributeTime=20260303000000)
    ours = border(limits=Broken())

    outcomes = ours.read(envelope("orderMatch", [MATCH, unlucky, unlucky, MATCH]), ARRIVAL)

    assert reasons(outcomes) == [None, "defect", "defect", None]
    assert [line for line in caplog.messages if "ZeroDivisionError" in line] == caplog.messages[:1]
    assert "SU0001" not in caplog.text


@pytest.mark.parametrize("depth", [10, 500, 940, 960, 980, 985, 990, 995])
def test_a_record_nested_deeply_never_hurts_its_neighbours_unless_it_sinks_the_message(depth: int) -> None:
    sunk = record("orderMatch", Reserved="@", DriverPhone=7)
    payload = envelope("orderMatch", [MATCH, sunk, MATCH]).replace(b'"@"', b"[" * depth + b"]" * depth)

    fates = reasons(border().read(payload, ARRIVAL))

    assert fates in ([None, None, None], [None, "unattributable", None], ["unreadable"])


def test_a_refusal_tells_nothing_of_what_the_record_said() -> None:
    sent = record("orderMatch", CompanyId="3301YPZC0009", PassengerPhone="13900000000")

    (outcome,) = border(kind=FeedKind.ORDERS).read(envelope("orderMatch", [sent]), ARRIVAL)

    told = json.dumps([repr(outcome)], ensure_ascii=False)
    assert "13900000000" not in told
    assert "11010519491231002X" not in told
