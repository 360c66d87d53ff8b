"""The internal topic ``register``: what was written is read, and fast enough for a city's worth."""

from collections.abc import Callable
from datetime import date
from time import process_time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulator.domain.instants import Instant
from regulator.domain.licences import (
    Certificate,
    LicenceKind,
    Period,
    PeriodState,
    SourceName,
    Statement,
    Subject,
    VehicleDescription,
)
from regulator.domain.register import RegisterChange, Stated, Vouched, Withdrawn
from regulator.wire.register import decode_change, encode_change
from regulator.wire.register_topic import decode_changes

SOURCE = SourceName("transport")
STATED = Stated(
    statement=Statement(
        source=SOURCE,
        kind=LicenceKind.VEHICLE_PERMIT,
        certificate=Certificate("沪交运管许可310115002863"),
        subject=Subject("沪AD12345"),
        sequence=8812,
        periods=(
            Period(Instant(1_709_222_400_000_000), Instant(1_803_744_000_000_000), PeriodState.VALID),
            Period(Instant(1_709_222_400_000_000), None, PeriodState.SUSPENDED),
        ),
        area="310000",
        first_registered=date(2023, 11, 20),
        recorded_at=Instant(1_709_222_400_000_000),
        vehicle=VehicleDescription("荣威", "Ei5", "白", "绿"),
    ),
    former=(Subject("沪A12345"),),
)
CHANGES: list[RegisterChange] = [
    STATED,
    Stated(
        statement=msgspec.structs.replace(STATED.statement, vehicle=None, first_registered=None, periods=())
    ),
    Withdrawn(
        source=SOURCE,
        kind=LicenceKind.DRIVER_CERTIFICATE,
        certificate=Certificate("…002X·3b19"),
        sequence=9001,
        former=(Subject("3b19"),),
    ),
    Vouched(source=SOURCE, complete_to=Instant(1_772_409_600_000_000)),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_read_as_it_was_written(change: RegisterChange) -> None:
    assert decode_change(encode_change(change)) == change


@pytest.mark.parametrize("value", [b"", b"{}", b'{"type":"episode"}', b'{"type":"heartbeat"}'])
def test_a_value_that_is_no_change_is_told(value: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_change(value)


def test_two_million_changes_are_read_in_seconds() -> None:
    value = encode_change(STATED)
    started = process_time()

    for _ in range(20_000):
        decode_change(value)

    assert (process_time() - started) * 100 < 15


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=18)
statements = st.builds(
    Statement,
    source=texts,
    kind=st.sampled_from(sorted(LicenceKind)),
    certificate=texts,
    subject=texts,
    sequence=st.integers(-(1 << 70), 1 << 70),
    periods=st.lists(
        st.builds(
            Period,
            st.integers(-(1 << 60), 1 << 60),
            st.none() | st.integers(-(1 << 60), 1 << 60),
            st.sampled_from(sorted(PeriodState)),
        ),
        max_size=2,
    ).map(tuple),
    area=st.sampled_from(["", "310000", "an area with a long name"]),
    first_registered=st.none() | st.dates(),
    recorded_at=st.none() | st.integers(-(1 << 60), 1 << 60),
    vehicle=st.none() | st.builds(VehicleDescription, brand=texts, model=texts),
)


@given(st.builds(Stated, statement=statements, former=st.lists(texts, max_size=1).map(tuple)))
def test_any_statement_is_read_as_it_was_written(change: Stated) -> None:
    assert decode_change(encode_change(change)) == change


def test_what_nearly_every_message_says_is_written_in_brief() -> None:
    usual = msgspec.structs.replace(STATED.statement, periods=STATED.statement.periods[:1])
    values = [encode_change(Stated(statement=usual)), *map(encode_change, CHANGES)]

    changes = decode_changes(values)

    assert changes.others == CHANGES
    assert changes.briefs["certificate"].tolist() == [usual.certificate.encode()]


def test_a_statement_that_an_older_version_wrote_is_read() -> None:
    usual = Stated(statement=msgspec.structs.replace(STATED.statement, periods=STATED.statement.periods[:1]))

    assert decode_change(msgspec.json.encode(usual)) == usual


@pytest.mark.parametrize("damage", [lambda value: value[:-60], lambda value: b"B\x09" + value[2:]])
def test_a_damaged_brief_is_told(damage: Callable[[bytes], bytes]) -> None:
    usual = msgspec.structs.replace(STATED.statement, periods=STATED.statement.periods[:1], vehicle=None)
    value = damage(encode_change(Stated(statement=usual)))

    with pytest.raises(msgspec.DecodeError):
        decode_change(value)
    with pytest.raises(msgspec.DecodeError):
        decode_changes([value])
