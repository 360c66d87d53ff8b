"""What is planted shows: whom orders name, stage by stage, and what the register says of them."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import msgspec
import pytest

from regulator.domain.instants import DAY, Instant, from_rfc3339
from regulator.domain.licences import LicenceKind, PeriodState
from streams.demo.city import City
from streams.demo.crews import planted
from streams.demo.messages import Message
from streams.demo.platforms import UNLICENSED_COMPANY
from streams.demo.rates import PLANTED, Plant
from streams.demo.register import Licence
from streams.demo.rides import Ride
from streams.demo.timeline import Step
from tests.streams.demo.feeds import envelopes, records

_TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def rides(city: City) -> list[Ride]:
    """A whole day's rides of the first car of every cab: some 18,000."""
    start = from_rfc3339("2026-11-24T00:00:00+08:00") // 1_000_000
    return [
        city.ride(one.number, one.base, one.echo)
        for one in city.happenings(start, start + 86_400)
        if one.step is Step.MATCH and one.echo == 0
    ]


@pytest.fixture(scope="module")
def register(licences: list[Licence]) -> dict[tuple[LicenceKind, str], Licence]:
    return {(one.kind, one.subject): one for one in licences}


def _by_plant(rides: list[Ride]) -> dict[Plant, list[Ride]]:
    found: dict[Plant, list[Ride]] = defaultdict(list)
    for ride in rides:
        found[ride.named.plant].append(ride)
    return found


def _holds(licence: Licence | None) -> bool:
    if licence is None:
        return False
    last = licence.periods[-1]
    return last.state is PeriodState.VALID and (last.end is None or last.end >= _TODAY)


def test_each_kind_is_planted_as_often_as_the_table_says(rides: list[Ride]) -> None:
    counts = Counter(ride.named.plant for ride in rides)

    for plant, share in PLANTED.items():
        assert 0.8 * share < counts[plant] / len(rides) < 1.2 * share


def test_a_plant_depends_on_the_order_alone() -> None:
    assert [planted(f"order {n}") for n in range(500)] == [planted(f"order {n}") for n in range(500)]


def test_four_in_five_to_nine_in_ten_orders_break_no_rule(
    rides: list[Ride], register: dict[tuple[LicenceKind, str], Licence]
) -> None:
    def clean(ride: Ride) -> bool:
        crews = (ride.named.match, ride.named.depart)
        return ride.company != UNLICENSED_COMPANY and all(
            _holds(register.get((LicenceKind.VEHICLE_PERMIT, crew.plate)))
            and _holds(register.get((LicenceKind.DRIVER_CERTIFICATE, crew.licence)))
            for crew in crews
        )

    assert 0.80 < sum(map(clean, rides)) / len(rides) < 0.90


def test_cars_and_drivers_that_never_had_a_licence_are_in_no_statement(
    rides: list[Ride], register: dict[tuple[LicenceKind, str], Licence]
) -> None:
    found = _by_plant(rides)

    assert not any(
        (LicenceKind.VEHICLE_PERMIT, ride.named.match.plate) in register
        for ride in found[Plant.VEHICLE_NEVER]
    )
    for plant in (Plant.DRIVER_NEVER, Plant.LICENCE_LATE, Plant.SECOND_MATCH):
        assert not any(
            (LicenceKind.DRIVER_CERTIFICATE, ride.named.match.licence) in register for ride in found[plant]
        )


def test_lapsed_cars_and_expired_drivers_have_a_licence_that_does_not_hold(
    rides: list[Ride], register: dict[tuple[LicenceKind, str], Licence]
) -> None:
    found = _by_plant(rides)

    for ride in found[Plant.VEHICLE_LAPSED]:
        permit = register[LicenceKind.VEHICLE_PERMIT, ride.named.match.plate]
        assert permit.periods[-1].state is not PeriodState.VALID
    for ride in found[Plant.DRIVER_EXPIRED]:
        certificate = register[LicenceKind.DRIVER_CERTIFICATE, ride.named.match.licence]
        assert certificate.periods[-1].end is not None
        assert certificate.periods[-1].end < _TODAY


def test_a_swapped_pair_differs_in_one_half_and_both_are_registered(
    rides: list[Ride], register: dict[tuple[LicenceKind, str], Licence]
) -> None:
    swapped = _by_plant(rides)[Plant.SWAPPED]
    halves = Counter(
        (
            ride.named.match.plate == ride.named.depart.plate,
            ride.named.match.licence == ride.named.depart.licence,
        )
        for ride in swapped
    )

    assert set(halves) == {(True, False), (False, True)}
    assert all(
        (LicenceKind.VEHICLE_PERMIT, ride.named.depart.plate) in register
        and (LicenceKind.DRIVER_CERTIFICATE, ride.named.depart.licence) in register
        for ride in swapped
    )


def test_nobody_drives_two_cars_at_once(rides: list[Ride]) -> None:
    """Of idle people and cars the same few serve again, but not at the same time, bar rare meetings."""
    busy: dict[str, list[tuple[Instant, Instant, int]]] = defaultdict(list)
    for ride in rides:
        if ride.named.plant is not Plant.UNIDENTIFIED:
            busy[ride.named.depart.plate].append((ride.depart, ride.arrive, ride.car))
    meetings = sum(
        later[0] < earlier[1] and later[2] != earlier[2]
        for spans in busy.values()
        for earlier, later in pairwise(sorted(spans))
    )

    assert meetings < 0.001 * len(rides)


def test_a_late_certificate_is_filed_one_to_three_minutes_after_its_match(hours: list[Message]) -> None:
    matched = {
        fields["LicenseId"]: message.at
        for message, envelope in envelopes(hours, ".orders")
        if envelope["IPCType"] == "orderMatch"
        for _, fields in records([message], "")
        if "LicenseId" in fields
    }
    filed = [
        (message.at, msgspec.json.decode(message.value, type=dict[str, object]))
        for message in hours
        if message.topic.endswith("driver-certificates") and b"licence" in message.value
    ]
    waits = [at - matched[str(one["subject"])] for at, one in filed if one["subject"] in matched]

    assert len(waits) > 10
    assert all(50_000_000 < wait < 140_000_000 for wait in waits)


def test_a_second_match_names_another_driver_and_comes_with_the_first(hours: list[Message]) -> None:
    pairs = [
        [fields for _, fields in records([message], "")]
        for message, envelope in envelopes(hours, ".orders")
        if envelope["IPCType"] == "orderMatch" and len(list(records([message], ""))) == 2
    ]
    corrected = [pair for pair in pairs if pair[0].get("DistributeTime") != pair[1].get("DistributeTime")]

    assert len(corrected) > 10
    assert all(first["LicenseId"] != second["LicenseId"] for first, second in corrected)
    assert all(first["VehicleNo"] == second["VehicleNo"] for first, second in corrected)


def test_a_plant_of_today_is_not_one_of_tomorrow(city: City) -> None:
    trips = range(2_000)
    today = from_rfc3339("2026-11-24T00:00:00+08:00")
    tomorrow = Instant(today + DAY)

    plants = [[city.ride(trip, base, 0).named.plant for trip in trips] for base in (today, tomorrow)]

    assert plants[0] != plants[1]
