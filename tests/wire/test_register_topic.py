"""The internal topic ``register``: what was written is read, and fast enough for a city's worth."""

from datetime import date
from time import process_time

import msgspec
import pytest

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
