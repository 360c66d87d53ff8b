"""What Guangzhou's records say is what the ministry's of the same meaning say."""

from typing import Any

import pytest
from msgspec.structs import asdict

from regulator.domain.feed import Accepted, Logout, Position, Report
from regulator.domain.orders import Stage
from regulator.domain.register import Mileage
from regulator.domain.reported import Change
from tests.wire.guangzhou import telling
from tests.wire.guangzhou.telling import COMMANDS, clean, message
from tests.wire.sending import ARRIVAL, AT, CLEAN, DRIVER, PLATE, PSEUDONYM, accepted, flaws, read, record

UNTOLD = {"at": None, "change": Change.UNKNOWN, "active": None}
"""The interface's base records say neither when they were touched, nor how, nor whether they hold."""
RIDE = [kind for kind in COMMANDS if not kind.startswith("baseInfo")]
BASE = [kind for kind in COMMANDS if kind.startswith("baseInfo") and kind != "baseInfoVehicleTotalMile"]


def theirs(kind: str) -> Accepted:
    (outcome,) = read(kind, record(kind))
    return accepted(outcome)


def ours(kind: str, /, **changes: Any) -> Accepted:
    (outcome,) = telling.read(kind, clean(kind, **changes))
    return accepted(outcome)


@pytest.mark.parametrize("kind", COMMANDS)
def test_a_clean_record_has_no_flaw_and_is_of_the_ministrys_type(kind: str) -> None:
    assert flaws(ours(kind)) == []
    assert ours(kind).type == kind


@pytest.mark.parametrize("kind", RIDE)
def test_a_record_of_a_ride_says_the_same(kind: str) -> None:
    assert ours(kind).fact == theirs(kind).fact
    assert (ours(kind).order, ours(kind).company) == (theirs(kind).order, theirs(kind).company)


@pytest.mark.parametrize("kind", BASE)
def test_a_base_record_says_the_same_but_for_when_it_was_touched(kind: str) -> None:
    said, expected = ours(kind).fact, theirs(kind).fact

    if expected is None:
        assert said is None
        return
    untold = {key: value for key, value in UNTOLD.items() if hasattr(expected, key)}
    assert said is not None
    assert type(said) is type(expected)
    assert asdict(said) == {**asdict(expected), **untold}


def test_a_mileage_names_no_time_and_holds_from_its_arrival_on() -> None:
    expected = Mileage(vehicle=PLATE, at=ARRIVAL, kilometres=312_000.5)  # type: ignore[arg-type]  # a plate

    assert ours("baseInfoVehicleTotalMile").fact == expected


def test_the_id_number_stands_in_where_no_licence_number_is_given() -> None:
    for nobody in (None, "", "0", "无"):
        fact = ours("orderMatch", licenseId=nobody, idNo=DRIVER).fact

        assert isinstance(fact, Report)
        assert (fact.driver, fact.last4) == (PSEUDONYM, "002X")


def test_the_licence_number_counts_where_both_are_given() -> None:
    other = ours("orderMatch", licenseId=DRIVER, idNo="110105194912310011").fact

    assert isinstance(other, Report)
    assert other.driver == PSEUDONYM


@pytest.mark.parametrize(
    ("command", "time", "kind"), [("JSYSB", "onWorkTime", Report), ("JSYXB", "offWorkTime", Logout)]
)
def test_a_driver_going_to_and_from_work_logs_in_and_out(command: str, time: str, kind: type) -> None:
    sent = {"driverIDCard": DRIVER, "vehicleNo": PLATE, "driverCertCard": "3101042023001"}

    (outcome,) = telling.border().read(message(command, [{**sent, time: "20260302081530"}]), ARRIVAL)

    fact = accepted(outcome).fact
    assert flaws(outcome) == []
    assert isinstance(fact, Report | Logout)
    assert type(fact) is kind
    assert (fact.at, fact.vehicle, fact.driver) == (AT, PLATE, PSEUDONYM)
    assert not isinstance(fact, Report) or fact.stage is Stage.LOGIN


def test_a_position_without_a_valid_fix_has_no_place() -> None:
    valid, invalid = ours("positionDriver", validity=1).fact, ours("positionDriver", validity=0).fact

    assert isinstance(valid, Position)
    assert isinstance(invalid, Position)
    assert valid.place is not None
    assert invalid.place is None


def test_a_position_may_name_the_car_alone() -> None:
    (outcome,) = telling.read("positionDriver", clean("positionDriver", without=["driverId", "orderId"]))

    fact = accepted(outcome).fact
    assert flaws(outcome) == []
    assert isinstance(fact, Position)
    assert (fact.vehicle, fact.driver, fact.order) == (PLATE, "", None)


def test_every_type_of_the_ministry_has_a_counterpart_but_those_that_the_city_does_not_ask_for() -> None:
    assert {kind for kind in CLEAN if kind not in COMMANDS} == {
        "positionVehicle",
        "shareCompany",
        "shareRoute",
        "shareOrder",
        "sharePay",
    }
