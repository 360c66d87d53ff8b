"""What platforms tell of themselves is read as it was written."""

from datetime import date

import pytest

from regulator.domain.instants import Instant
from regulator.domain.licences import Certificate
from regulator.domain.register import Mileage
from regulator.domain.reported import (
    Change,
    Reported,
    ReportedCar,
    ReportedDriver,
    ReportedFare,
    ReportedInsurance,
    ReportedPermit,
    Told,
)
from regulator.wire.told import decode_told, encode_told
from tests.builders.law import CAR, LI, NOON, SUNNY, driven

TOUCHED = {"at": NOON, "change": Change.ADDED}
DAY = date(2026, 3, 2)
FACTS: list[Reported | Mileage] = [
    driven(600_000.5),
    ReportedPermit(
        **TOUCHED,
        certificate=Certificate("沪网约平台0001"),
        area="310000",
        areas="上海",
        authority="市道路运输局",
        valid_from=DAY,
        valid_to=None,
    ),
    ReportedFare(
        **TOUCHED,
        fare_type="F1",
        area="310000",
        valid_from=NOON,
        valid_to=None,
        start_price=14.0,
        start_kilometres=3.0,
        price_per_kilometre=2.5,
        price_per_minute=None,
    ),
    ReportedCar(
        at=None,
        change=Change.UNKNOWN,
        vehicle=CAR,
        permit=Certificate("沪1"),
        permit_from=DAY,
        permit_to=DAY,
        permit_area="310000",
        first_registered=DAY,
        plate_colour="2",
        brand="荣威",
        model="ei5",
        colour="白",
        seats=5,
        fare_type="F1",
        active=True,
    ),
    ReportedInsurance(
        **TOUCHED,
        vehicle=CAR,
        insurer="某公司",
        policy="1",
        kind="交强险",
        amount=200000.0,
        valid_from=DAY,
        valid_to=DAY,
    ),
    ReportedDriver(
        **TOUCHED,
        driver=LI,
        last4="002X",
        certificate=Certificate("…0001"),
        certificate_from=DAY,
        certificate_to=DAY,
        driving_since=DAY,
        driving_to=DAY,
        active=False,
    ),
]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
def test_each_kind_is_read_as_it_was_written(fact: Reported | Mileage) -> None:
    told = Told(company=SUNNY, arrived_at=Instant(NOON + 1), fact=fact)

    assert decode_told(encode_told([told, told])) == [told, told]


def test_every_kind_is_here() -> None:
    assert {type(fact) for fact in FACTS} == {*Reported.__args__, Mileage}  # type: ignore[attr-defined]  # a union's parts
