"""What platforms report of themselves, behind the border."""

from datetime import date
from typing import Any

import pytest

from regulator.domain.feed import Fact
from regulator.domain.instants import from_rfc3339
from regulator.domain.reported import (
    Change,
    ReportedCar,
    ReportedDriver,
    ReportedFare,
    ReportedInsurance,
    ReportedPermit,
)
from regulator.wire.register import masked_certificate, spelt_certificate
from tests.wire.sending import BASE, CLEAN, DRIVER, KEY, PLATE, PSEUDONYM, accepted, flaws, read, record

ABOUT: dict[str, Any] = {"at": from_rfc3339("2020-01-01T00:00:00+08:00"), "change": Change.UPDATED}
CAR: dict[str, Any] = {"vehicle": PLATE}

FACTS = {
    "baseInfoCompanyPermit": ReportedPermit(
        certificate=spelt_certificate("沪交运管网字00001号"),
        area="310000",
        areas="上海市",
        authority="上海市道路运输管理局",
        valid_from=date(2024, 3, 1),
        valid_to=date(2028, 2, 29),
        **ABOUT,
    ),
    "baseInfoCompanyFare": ReportedFare(
        fare_type="F1",
        area="310000",
        valid_from=from_rfc3339("2024-01-01T00:00:00+08:00"),
        valid_to=None,
        start_price=14.0,
        start_kilometres=3.0,
        price_per_kilometre=2.5,
        price_per_minute=0.5,
        **ABOUT,
    ),
    "baseInfoVehicle": ReportedCar(
        permit=spelt_certificate("沪交运管许可310115002863"),
        permit_from=date(2024, 3, 1),
        permit_to=date(2027, 2, 28),
        permit_area="上海市",
        first_registered=date(2022, 5, 12),
        plate_colour="5",
        brand="荣威",
        model="Ei5",
        colour="白",
        seats=5,
        fare_type="F1",
        active=True,
        **CAR,
        **ABOUT,
    ),
    "baseInfoVehicleInsurance": ReportedInsurance(
        insurer="某保险",
        policy="PDAA2026",
        kind="承运人责任险",
        amount=1_000_000.0,
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        **CAR,
        **ABOUT,
    ),
    "baseInfoDriver": ReportedDriver(
        driver=PSEUDONYM,  # type: ignore[arg-type]  # as it comes
        last4="002X",
        certificate=masked_certificate(spelt_certificate(DRIVER), KEY),
        certificate_from=date(2024, 4, 5),
        certificate_to=date(2027, 4, 4),
        driving_since=date(2005, 6, 7),
        driving_to=date(2033, 6, 7),
        active=True,
        **ABOUT,
    ),
}


def fact_of(name: str, **changes: Any) -> Fact | None:
    (outcome,) = read(name, record(name, **changes))
    return accepted(outcome).fact


@pytest.mark.parametrize("name", FACTS)
def test_each_type_that_the_system_uses_becomes_its_fact(name: str) -> None:
    assert fact_of(name) == FACTS[name]


@pytest.mark.parametrize("name", sorted({*BASE} - {*FACTS, "baseInfoVehicleTotalMile"}))
def test_a_type_that_nobody_needs_is_checked_and_makes_no_fact(name: str) -> None:
    assert fact_of(name) is None


@pytest.mark.parametrize(
    ("flag", "change"),
    [
        (1, Change.ADDED),
        (2, Change.UPDATED),
        (3, Change.DELETED),
        (4, Change.UNKNOWN),
        (None, Change.UNKNOWN),
    ],
)
@pytest.mark.parametrize("name", FACTS)
def test_a_fact_says_what_it_does_to_what_was_reported_before(
    name: str, flag: int | None, change: Change
) -> None:
    fact: Any = fact_of(name, Flag=flag)

    assert fact.change is change


@pytest.mark.parametrize(("state", "active"), [(0, True), (1, False), (2, None), (None, None)])
@pytest.mark.parametrize("name", ["baseInfoVehicle", "baseInfoDriver"])
def test_a_state_that_cannot_be_used_is_not_known(name: str, state: int | None, active: bool | None) -> None:
    fact: Any = fact_of(name, State=state)

    assert fact.active is active


@pytest.mark.parametrize("name", FACTS)
def test_a_record_with_nothing_but_its_key_is_a_fact_all_the_same(name: str) -> None:
    keys = ["CompanyId", "VehicleNo", "LicenseId", "Certificate", "FareType"]
    (outcome,) = read(name, {key: CLEAN[name][key] for key in keys if key in CLEAN[name]})

    fact: Any = accepted(outcome).fact
    assert fact.at is None
    assert {kind for _, kind in flaws(outcome)} == {"missing_field"}


@pytest.mark.parametrize("name", ["baseInfoVehicle", "baseInfoVehicleInsurance"])
def test_a_car_that_cannot_be_identified_is_no_fact(name: str) -> None:
    assert fact_of(name, VehicleNo="测试") is None


def test_a_driver_that_cannot_be_identified_is_no_fact() -> None:
    assert fact_of("baseInfoDriver", LicenseId="无") is None


@pytest.mark.parametrize("number", ["0", "无", "null", None])
def test_a_filler_is_no_certificate(number: str | None) -> None:
    fact: Any = fact_of("baseInfoDriver", CertificateNo=number)

    assert fact.certificate == ""


def test_a_certificate_is_spelt_as_the_registers_is() -> None:
    fact: Any = fact_of("baseInfoVehicle", Certificate="沪交运管许可 (310115002863)")

    assert fact.permit == "沪交运管许可310115002863"


@pytest.mark.parametrize("name", BASE)
def test_of_people_there_is_nothing_behind_the_border_but_a_pseudonym(name: str) -> None:
    told = repr(read(name, record(name)))

    personal = ["LegalName", "LegalID", "LegalPhone", "ResponsibleName", "ResponsiblePhone", "ManagerName"]
    personal += ["ManagerPhone", "DriverName", "DriverPhone", "DriverContactAddress", "EmergencyContact"]
    personal += ["EmergencyContactPhone", "LicenseId", "CertificateNo", "PassengerName", "PassengerPhone"]
    personal += ["DriverBirthday", "ContactAddress"]
    said = {str(CLEAN[name][key]) for key in personal if key in CLEAN[name]}
    assert [text for text in said if text in told] == []
