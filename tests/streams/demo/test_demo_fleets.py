"""What platforms report of themselves: nearly their whole fleet, as the register has it, and flawless."""

from collections import Counter
from datetime import date
from itertools import takewhile
from typing import Any

import pytest

from regulator.config import load_config
from regulator.contract.checking import Checker
from regulator.contract.samples import Sample
from regulator.domain.feed import FeedKind
from regulator.domain.instants import Instant, day_of
from regulator.domain.licences import LicenceKind
from streams import topics
from streams.demo.city import City
from streams.demo.fleets import BATCH, fleet_reports
from streams.demo.messages import Message
from streams.demo.platforms import PLATFORMS, platform_of
from streams.demo.records import FARE_TYPE
from streams.demo.register import Licence
from tests.streams.demo.feeds import envelopes, records

_NOVEMBER = date(2026, 11, 1)
_RETIRED_AT_KM = 600_000


@pytest.fixture(scope="module")
def sent(city: City) -> list[Message]:
    return list(fleet_reports(city, _NOVEMBER))


@pytest.fixture(scope="module")
def told(sent: list[Message]) -> dict[str, list[dict[str, Any]]]:
    """The fields of all records, by type."""
    by_type: dict[str, list[dict[str, Any]]] = {}
    for kind, fields in records(sent, ".orders"):
        by_type.setdefault(kind, []).append(fields)
    return by_type


@pytest.fixture(scope="module")
def register(licences: list[Licence]) -> dict[tuple[LicenceKind, str], Licence]:
    return {(one.kind, one.subject): one for one in licences}


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.slug)
def test_the_border_finds_nothing_to_mend(platform: Any, sent: list[Message], evening: Instant) -> None:
    config = load_config()
    checker = Checker(config.platforms[platform.slug], fillers=config.driver_fillers, limits=config.limits)
    samples = [
        Sample(platform.slug, number, message.value, FeedKind.ORDERS, evening)
        for number, message in enumerate(sent)
        if message.topic == topics.feed_orders(platform.slug)
    ]

    checked = list(checker.check(samples, now=evening))

    assert [complaint for one in checked for complaint in one.complaints] == []
    assert len(checked) > 100


def test_a_month_is_reported_alike_again(city: City, sent: list[Message]) -> None:
    """A restart repeats what was sent, and the newest word on each thing stays what it was."""
    assert list(fleet_reports(city, _NOVEMBER)) == sent


def test_every_platform_reports_itself_and_the_fare_of_its_orders_before_its_fleet(
    sent: list[Message],
) -> None:
    first = takewhile(lambda message: b"VehicleNo" not in message.value, sent)
    kinds = Counter((one["CompanyId"], one["IPCType"]) for _, one in envelopes(first, ".orders"))

    for platform in PLATFORMS:
        for kind in ("baseInfoCompany", "baseInfoCompanyPermit", "baseInfoCompanyFare"):
            assert kinds[platform.company, kind] == 1


def test_the_fare_is_the_one_at_which_orders_are_booked(
    told: dict[str, list[dict[str, Any]]], hours: list[Message]
) -> None:
    booked = {fields.get("FareType") for kind, fields in records(hours, ".orders") if kind == "orderCreate"}

    assert {fields["FareType"] for fields in told["baseInfoCompanyFare"]} == {FARE_TYPE}
    assert booked <= {FARE_TYPE, None}


def test_nearly_all_of_a_platforms_cars_and_drivers_are_reported_and_some_are_left_out(
    city: City, told: dict[str, list[dict[str, Any]]]
) -> None:
    plates: dict[str, set[str]] = {platform.company: set() for platform in PLATFORMS}
    drivers: dict[str, set[str]] = {platform.company: set() for platform in PLATFORMS}
    for shift, cab in enumerate(city.shifts.cab):
        for echo in range(city.echoes):
            car = city.car(cab, echo)
            crew = city.crews.own(car, city.seat(shift, echo))
            plates[platform_of(car).company].add(crew.plate)
            drivers[platform_of(car).company].add(crew.licence)

    for kind, name, own in (
        ("baseInfoVehicle", "VehicleNo", plates),
        ("baseInfoDriver", "LicenseId", drivers),
    ):
        reported = Counter((fields["CompanyId"], fields[name]) for fields in told[kind])
        everybody = {(company, one) for company, ones in own.items() for one in ones}
        assert set(reported) < everybody
        assert set(reported.values()) == {1}
        assert 0.96 < len(reported) / len(everybody) < 0.99


def test_a_company_says_as_many_cars_and_drivers_as_it_reports(
    told: dict[str, list[dict[str, Any]]],
) -> None:
    cars = Counter(fields["CompanyId"] for fields in told["baseInfoVehicle"])
    drivers = Counter(fields["CompanyId"] for fields in told["baseInfoDriver"])

    assert {one["CompanyId"]: one["VehicleNum"] for one in told["baseInfoCompanyStat"]} == cars
    assert {one["CompanyId"]: one["DriverNum"] for one in told["baseInfoCompanyStat"]} == drivers


def test_what_is_said_of_a_licence_is_what_the_register_says(
    told: dict[str, list[dict[str, Any]]], register: dict[tuple[LicenceKind, str], Licence]
) -> None:
    def printed(licence: Licence) -> tuple[str, str, str]:
        span = licence.periods[0]
        return licence.certificate, f"{span.start:%Y%m%d}", f"{span.end:%Y%m%d}"

    for one in told["baseInfoVehicle"]:
        said = one["Certificate"], str(one["TransDateStart"]), str(one["TransDateStop"])
        assert said == printed(register[LicenceKind.VEHICLE_PERMIT, one["VehicleNo"]])
    for one in told["baseInfoDriver"]:
        said = one["CertificateNo"], str(one["NetworkCarProofOn"]), str(one["NetworkCarProofOff"])
        assert said == printed(register[LicenceKind.DRIVER_CERTIFICATE, one["LicenseId"]])


def test_no_car_has_been_driven_so_far_that_it_breaks_a_rule_by_it(
    told: dict[str, list[dict[str, Any]]],
) -> None:
    mileages = {one["VehicleNo"]: one["TotalMile"] for one in told["baseInfoVehicleTotalMile"]}

    assert set(mileages) == {one["VehicleNo"] for one in told["baseInfoVehicle"]}
    assert all(0 < kilometres < _RETIRED_AT_KM for kilometres in mileages.values())


def test_a_message_holds_one_platforms_records_of_one_type_at_most_a_hundred(sent: list[Message]) -> None:
    for message, envelope in envelopes(sent, ".orders"):
        payload = envelope[envelope["IPCType"]]
        assert isinstance(payload, dict) or 1 <= len(payload) <= BATCH
        assert message.key == envelope["CompanyId"].encode()


def test_next_month_is_reported_as_of_its_first_day(city: City) -> None:
    december = next(iter(records(fleet_reports(city, date(2026, 12, 1)), ".orders")))[1]

    assert december["UpdateTime"] == 20261201000000
    assert day_of(next(iter(fleet_reports(city, date(2026, 12, 1)))).at) == date(2026, 12, 1)
