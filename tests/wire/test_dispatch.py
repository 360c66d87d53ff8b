"""A frame of the ministry's dispatch becomes messages for two topics, and every record's bytes stay."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulator.domain.feed import Accepted, FeedKind
from regulator.domain.instants import from_rfc3339
from regulator.domain.limits import Limits
from regulator.wire.dispatch import TOPICS, Part, take_apart
from regulator.wire.ministry import Border
from regulator.wire.ministry.protobuf import OTIpc, OTIpcList
from regulator.wire.pieces import LARGEST_PIECE, MOST_RECORDS

ORDERS, POSITIONS = FeedKind.ORDERS, FeedKind.POSITIONS
NOON = from_rfc3339("2026-03-02T12:00:00+08:00")


def cancels(company: str, *numbers: str, reason: str = "") -> OTIpc:
    envelope = OTIpc(CompanyId=company, Source="0", IPCType=8195)
    for number in numbers:
        envelope.orderCancel.add(
            CompanyId=company, Address=310101, OrderId=number, CancelTime=20260302120000, Operator="1",
            CancelTypeCode="1", CancelReason=reason,
        )  # fmt: skip
    return envelope


def positions(company: str, *plates: str) -> OTIpc:
    envelope = OTIpc(CompanyId=company, Source="0", IPCType=16386)
    for plate in plates:
        envelope.positionVehicle.add(
            CompanyId=company, VehicleNo=plate, VehicleRegionCode=310101, PositionTime=1772424000,
            Longitude=121478222, Latitude=31228457, Encrypt=1,
        )  # fmt: skip
    return envelope


def a_list(*envelopes: OTIpc) -> bytes:
    return bytes(OTIpcList(otpic=envelopes).SerializeToString())


def orders_read(parts: list[Part], *, kind: FeedKind = ORDERS) -> list[str | None]:
    """Cross the border with what came out, and return the orders' numbers."""
    border = Border(
        companies=frozenset({"A", "B"}), kind=kind, pseudonym_key=b"k", fillers=frozenset(), limits=Limits({})
    )
    outcomes = [one for part in parts if part.kind is kind for one in border.read(part.payload, NOON)]
    assert all(isinstance(one, Accepted) for one in outcomes)
    return [one.order for one in outcomes]


MIXED = a_list(cancels("A", "1", "2"), positions("A", "沪AD12345"), cancels("B", "3"), cancels("A", "4"))


@pytest.mark.parametrize("frame", [MIXED, gzip.compress(MIXED)], ids=["plain", "gzipped"])
def test_a_list_is_parted_by_topic_and_company_and_keeps_each_company_s_order(frame: bytes) -> None:
    parts = take_apart(frame)

    assert [(part.kind, part.company) for part in parts] == [
        (ORDERS, b"A"),
        (POSITIONS, b"A"),
        (ORDERS, b"B"),
    ]
    assert orders_read(parts) == ["1", "2", "4", "3"]


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        (cancels("A", "1").SerializeToString(), ORDERS),
        (positions("A", "沪AD12345").SerializeToString(), POSITIONS),
        (a_list(cancels("A", "1"), cancels("A", "2")), ORDERS),
        (
            json.dumps({"CompanyId": "A", "IPCType": "positionDriver", "positionDriver": []}).encode(),
            POSITIONS,
        ),
        (json.dumps({"CompanyId": "A", "IPCType": ["?"], "x": []}).encode(), ORDERS),
    ],
    ids=["an order", "a position", "a list of one company", "a position as JSON", "JSON of no known type"],
)
def test_what_belongs_to_one_topic_passes_as_it_came(frame: bytes, kind: FeedKind) -> None:
    assert take_apart(frame) == [Part(kind, b"A", frame)]


def test_a_list_that_starts_like_json_is_a_list() -> None:
    frame = next(
        frame
        for length in range(200)
        if (frame := a_list(cancels("A", "1", reason="x" * length))).startswith(b"\n{")
    )

    assert take_apart(frame) == [Part(ORDERS, b"A", frame)]


def test_what_is_too_large_for_a_topic_is_cut_between_records() -> None:
    numbers = [str(number) for number in range(3 * MOST_RECORDS)]

    parts = take_apart(gzip.compress(cancels("A", *numbers).SerializeToString()))

    assert len(parts) >= 3
    assert all(len(part.payload) <= LARGEST_PIECE and part.readable for part in parts)
    assert orders_read(parts) == numbers


def test_a_list_of_many_small_envelopes_is_cut_too() -> None:
    frame = a_list(*(cancels("A", str(number)) for number in range(MOST_RECORDS + 1)))

    parts = take_apart(frame)

    assert len(parts) == 2
    assert len(orders_read(parts)) == MOST_RECORDS + 1


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"neither of them",
        b"{broken",
        gzip.compress(MIXED)[:-9],
        b"\x1f\x8b and no gzip",
        MIXED[:-3],
        OTIpc(CompanyId="A", Source="0").SerializePartialToString()[:4],
    ],
)
def test_what_makes_no_sense_goes_to_the_orders_to_be_refused_there(frame: bytes) -> None:
    border = Border(
        companies=frozenset({"A"}), kind=ORDERS, pseudonym_key=b"k", fillers=frozenset(), limits=Limits({})
    )
    parts = take_apart(frame)

    assert all(part.kind is ORDERS for part in parts)
    assert [one.reason for part in parts for one in border.read(part.payload, NOON)] == ["unreadable"]


def test_an_envelope_without_sense_hurts_no_neighbour() -> None:
    broken = a_list(cancels("A", "1")) + b"\n\x02\x12\x7f" + a_list(cancels("A", "2"))

    parts = take_apart(broken)

    assert [part.readable for part in parts] == [False, True]
    assert orders_read(parts[1:]) == ["1", "2"]


def test_a_record_too_large_for_any_topic_is_kept_as_one_that_is_refused() -> None:
    frame = cancels("A", "1", reason="x" * 2_000_000).SerializeToString()
    border = Border(
        companies=frozenset({"A"}), kind=ORDERS, pseudonym_key=b"k", fillers=frozenset(), limits=Limits({})
    )

    parts = take_apart(frame)

    assert [one.reason for part in parts for one in border.read(part.payload, NOON)] == ["unreadable"]


def test_a_bomb_is_not_inflated() -> None:
    parts = take_apart(gzip.compress(b"\0" * 100_000_000))

    assert [part.readable for part in parts] == [False]


@given(st.binary(max_size=300))
def test_no_bytes_break_it(frame: bytes) -> None:
    assert take_apart(frame)
    assert take_apart(gzip.compress(frame))


@given(st.integers(0, len(MIXED) - 1), st.integers(0, 255))
def test_nor_do_changed_ones(place: int, byte: int) -> None:
    assert take_apart(MIXED[:place] + bytes([byte]) + MIXED[place + 1 :])


def test_the_dispatch_has_every_type_but_shared_rides() -> None:
    assert len(TOPICS) == len(set(TOPICS)) == 28
