"""What a record says behind the border."""

from typing import Any

import pytest

from regulator.domain.coordinates import wgs84
from regulator.domain.drivers import NO_DRIVER
from regulator.domain.feed import BizStatus, Logout, Payment, Position
from regulator.domain.instants import from_rfc3339
from regulator.domain.orders import Booking, Ending, Report, Stage
from regulator.domain.places import Datum, RawPlace
from regulator.domain.plates import NOBODY
from regulator.domain.register import Mileage
from regulator.joins.orders import case_key
from tests.wire.sending import ARRIVAL, AT, BASE, PLATE, PSEUDONYM, accepted, flaws, read, record

HERE = RawPlace(121_473_700, 31_230_400, Datum.GCJ_02)
THERE = RawPlace(121_336_300, 31_196_900, Datum.GCJ_02)
PAIR = {"vehicle": PLATE, "driver": PSEUDONYM, "last4": "002X"}
WHO: dict[str, Any] = {"vehicle": PLATE, "driver": PSEUDONYM}

FACTS = {
    "baseInfoVehicleTotalMile": Mileage(
        vehicle=WHO["vehicle"], at=from_rfc3339("2020-01-01T00:00:00+08:00"), kilometres=312_000.5
    ),
    "orderCreate": Booking(
        at=AT,
        depart_at=from_rfc3339("2026-03-02T08:20:00+08:00"),
        start=HERE,
        destination=THERE,
        destination_text="虹桥火车站",
        fare_type="F1",
    ),
    "orderMatch": Report(stage=Stage.MATCH, at=AT, place=HERE, last4="002X", **WHO),
    "orderCancel": Ending(at=AT, cancelled=True),
    "operateLogin": Report(
        stage=Stage.LOGIN, at=AT, place=RawPlace(121_473_700, 31_230_400, Datum.WGS_84), last4="002X", **WHO
    ),
    "operateLogout": Logout(at=AT, **WHO),
    "operateDepart": Report(stage=Stage.DEPART, at=AT, place=HERE, last4="002X", **WHO),
    "operateArrive": Ending(at=AT, place=RawPlace(121_336_300, 31_196_900, Datum.BD_09)),
    "operatePay": Payment(
        report=Report(stage=Stage.PAY, at=from_rfc3339("2026-03-02T07:45:00+08:00"), last4="002X", **WHO),
        ended_at=AT,
    ),
    "positionDriver": Position(
        at=AT,
        place=HERE,
        speed=0,
        direction=90,
        status=BizStatus.OCCUPIED,
        order="SU0001",  # type: ignore[arg-type]  # as it comes
        last4="002X",
        **WHO,
    ),
    "positionVehicle": Position(
        at=AT, vehicle=WHO["vehicle"], driver=NO_DRIVER, place=HERE, speed=36, status=BizStatus.VACANT
    ),
}


@pytest.mark.parametrize("name", FACTS)
def test_each_type_becomes_its_fact(name: str) -> None:
    (outcome,) = read(name, record(name))

    assert accepted(outcome).fact == FACTS[name]


@pytest.mark.parametrize("name", FACTS)
def test_an_order_record_names_its_order_and_a_login_none(name: str) -> None:
    (outcome,) = read(name, record(name))

    ordered = "OrderId" in record(name) and name != "positionVehicle"
    assert accepted(outcome).order == ("SU0001" if ordered else None)


@pytest.mark.parametrize("time", [None, "", 0, 19700101080000, 20260230120000, "soon"])
def test_a_stage_without_a_usable_time_is_judged_at_its_arrival(time: Any) -> None:
    (outcome,) = read("orderMatch", record("orderMatch", DistributeTime=time))

    fact = accepted(outcome).fact
    assert isinstance(fact, Report)
    assert (fact.at, fact.timed) == (ARRIVAL, False)


@pytest.mark.parametrize("name", [name for name in FACTS if name not in ("operatePay", *BASE)])
def test_any_type_without_a_usable_time_has_that_of_its_arrival(name: str) -> None:
    times = {"DistributeTime", "OrderTime", "CancelTime", "LoginTime", "LogoutTime", "PositionTime"}
    times |= {"DepTime", "DestTime"}
    changes = dict.fromkeys(times & record(name).keys(), 0)
    (outcome,) = read(name, record(name, **changes))

    fact: Any = accepted(outcome).fact
    assert fact.at == ARRIVAL


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"Encrypt": 1}, HERE),
        ({"Encrypt": 4}, RawPlace(121_473_700, 31_230_400, Datum.CGCS2000)),
        ({"Encrypt": 0}, None),
        ({"Encrypt": 7}, None),
        ({"Encrypt": None}, None),
        ({"Longitude": None}, None),
        ({"Latitude": 0}, None),
        ({"Longitude": 136_000_001}, None),
    ],
)
@pytest.mark.parametrize("name", ["orderMatch", "operateLogin", "positionDriver", "positionVehicle"])
def test_a_place_needs_both_coordinates_and_a_known_datum(
    name: str, changes: dict[str, Any], place: RawPlace | None
) -> None:
    (outcome,) = read(name, record(name, **{"Encrypt": 1, **changes}))

    fact: Any = accepted(outcome).fact
    assert fact.place == place


def test_a_place_is_converted_when_somebody_asks() -> None:
    converted = wgs84(HERE)

    assert converted is not None
    assert (converted.lon, converted.lat) == pytest.approx((121.46917, 31.23237), abs=1e-4)


@pytest.mark.parametrize("sent", ["沪a·d1 2345", "沪ＡＤ１２３４５", "沪A-D12345", "沪AD12345 "])
def test_a_plate_has_one_spelling(sent: str) -> None:
    (outcome,) = read("orderMatch", record("orderMatch", VehicleNo=sent))

    fact = accepted(outcome).fact
    assert isinstance(fact, Report)
    assert fact.vehicle == PLATE
    assert flaws(outcome) == []


@pytest.mark.parametrize("sent", [None, "测试", "沪I12345", "0", "A" * 33])
def test_a_text_that_is_no_plate_identifies_no_car(sent: str | None) -> None:
    (outcome,) = read("orderMatch", record("orderMatch", VehicleNo=sent))

    fact = accepted(outcome).fact
    assert isinstance(fact, Report)
    assert fact.vehicle == NOBODY


@pytest.mark.parametrize(
    "sent", ["11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", " 110105 19491231 002X"]
)
def test_a_driver_has_one_pseudonym(sent: str) -> None:
    (outcome,) = read("orderMatch", record("orderMatch", LicenseId=sent))

    fact = accepted(outcome).fact
    assert isinstance(fact, Report)
    assert (fact.driver, fact.last4) == (PSEUDONYM, "002X")


@pytest.mark.parametrize("sent", [None, "", "0", "1234", "-", "无", "null", "ＮＵＬＬ", "A" * 33])
def test_a_filler_identifies_no_driver(sent: str | None) -> None:
    (outcome,) = read("orderMatch", record("orderMatch", LicenseId=sent))

    fact = accepted(outcome).fact
    assert isinstance(fact, Report)
    assert (fact.driver, fact.last4) == (NO_DRIVER, "")


def test_nothing_behind_the_border_holds_a_number_or_a_passenger() -> None:
    sent = record(
        "orderMatch", PassengerName="王", PassengerPhone="13900000000", LicenseId="310101198001010018"
    )

    told = repr(read("orderMatch", sent))

    assert "310101198001010018" not in told
    assert "13900000000" not in told
    assert "王" not in told


@pytest.mark.parametrize(("number", "order"), [("0", None), ("", None), (None, None), ("SU1", "SU1")])
def test_a_position_off_duty_names_no_order(number: str | None, order: str | None) -> None:
    (outcome,) = read("positionVehicle", record("positionVehicle", OrderId=number))

    fact = accepted(outcome).fact
    assert isinstance(fact, Position)
    assert (fact.order, accepted(outcome).order) == (order, order)


@pytest.mark.parametrize("flag", [1, 2, 3, None])
def test_a_mileage_counts_whatever_the_record_does_to_an_earlier_one(flag: int | None) -> None:
    (outcome,) = read("baseInfoVehicleTotalMile", record("baseInfoVehicleTotalMile", Flag=flag))

    assert accepted(outcome).fact == FACTS["baseInfoVehicleTotalMile"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"VehicleNo": "测试"}, []),
        ({"UpdateTime": 0}, [("UpdateTime", "bad_field")]),
        ({"UpdateTime": None}, [("UpdateTime", "missing_field")]),
        ({"TotalMile": "far"}, [("TotalMile", "bad_field")]),
        ({"TotalMile": None}, [("TotalMile", "missing_field")]),
    ],
)
def test_a_mileage_that_cannot_be_used_is_nobodys_and_its_record_is_handled(
    changes: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    (outcome,) = read("baseInfoVehicleTotalMile", record("baseInfoVehicleTotalMile", **changes))

    assert (accepted(outcome).fact, flaws(outcome)) == (None, found)


def test_a_base_record_belongs_to_no_order() -> None:
    (outcome,) = read("baseInfoVehicleTotalMile", record("baseInfoVehicleTotalMile"))

    assert case_key(accepted(outcome)) is None


def test_an_orders_number_may_be_0() -> None:
    (outcome,) = read("orderMatch", record("orderMatch", OrderId="0"))

    assert accepted(outcome).order == "0"
