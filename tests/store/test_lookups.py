"""What is known of a car or driver is told to whoever asks, and that they asked is on record."""

from cryptography.fernet import Fernet

from regulator.domain.places import Place
from regulator.domain.plates import Plate
from regulator.store.audit import AuditStore
from regulator.store.driver_numbers import DriverNumbers
from regulator.store.enforcement import apply_judgements
from regulator.store.lookups import LookupStore
from regulator.store.places import CarPosition, PositionStore
from tests.builders.queue import CAR, EIGHT, SUNNY, minutes, order_state, raised, withdrawn
from tests.builders.register import LI, NUMBER


def entries(store):
    with store.reading() as connection:
        return [(one.who, one.what, one.subject) for one in AuditStore(connection).newest(10)]


def test_a_car_is_looked_up_whole(store):
    here = CarPosition(vehicle=CAR, place=Place(121.4, 31.2), at=minutes(2), company=SUNNY, speed=31)
    with store.writing() as connection:
        gone = [raised("f2", order="order-2"), withdrawn("f2", order="order-2")]
        apply_judgements(connection, [raised(), *gone], [order_state()], at=EIGHT)
        PositionStore(connection).write([here])

        known = LookupStore(connection).vehicle(CAR, who="李警官", at=minutes(3))

    assert {order.key for order in known.orders} == {"order-1", "order-2"}
    assert [finding.id for finding in known.findings] == ["f1"]
    assert [card.vehicle for card in known.cards] == [CAR]
    assert known.position == here
    assert entries(store) == [("李警官", "look up vehicle", CAR)]


def test_a_car_that_nobody_knows_is_on_record_too(store):
    with store.writing() as connection:
        known = LookupStore(connection).vehicle(Plate("沪AD99999"), who="李警官", at=EIGHT)

    assert (known.orders, known.findings, known.cards, known.position) == ((), (), (), None)
    assert entries(store) == [("李警官", "look up vehicle", "沪AD99999")]


def test_a_driver_is_looked_up_by_pseudonym(store):
    with store.writing() as connection:
        apply_judgements(connection, [raised(driver=LI)], [], at=EIGHT)
        known = LookupStore(connection).driver(LI, who="李警官", at=EIGHT)

    assert [finding.driver for finding in known.findings] == [LI]
    assert entries(store) == [("李警官", "look up driver", LI)]


def test_a_number_is_kept_sealed_and_opened_on_record(store):
    key = Fernet.generate_key()
    with store.writing() as connection:
        numbers = DriverNumbers(connection, key)
        numbers.keep({LI: NUMBER})
        numbers.keep({LI: NUMBER})

        assert numbers.last4(LI) == "002X"
        assert numbers.reveal(LI, who="法制员", at=EIGHT) == NUMBER
        assert numbers.reveal("unknown", who="法制员", at=EIGHT) is None
    assert entries(store)[-1] == ("法制员", "reveal driver number", LI)


def test_positions_are_asked_for_cars_with_an_open_card_only(store):
    cars = [
        CarPosition(vehicle=plate, place=Place(1.5, 2.5), at=EIGHT, company=SUNNY) for plate in (CAR, "其他")
    ]
    with store.writing() as connection:
        apply_judgements(connection, [raised()], [], at=EIGHT)
        positions = PositionStore(connection)
        positions.write(cars)

        assert positions.wanted() == {CAR}
        assert positions.of_open_cards() == cars[:1]
