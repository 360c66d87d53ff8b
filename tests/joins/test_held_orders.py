"""Orders that are held, by key and by whom they name."""

from regulator.domain.licences import LicenceKind, Subject
from regulator.domain.orders import OrderNumber, Stage
from regulator.joins.held_orders import HeldOrders
from regulator.joins.orders import Order, opened
from tests.builders.law import CAR, LI, MOON, OTHER_CAR, SUNNY, WANG, a_report, accepted, minutes

PERMIT, PLATFORM = LicenceKind.VEHICLE_PERMIT, LicenceKind.PLATFORM_PERMIT


def an_order(number: str = "order-1", vehicle: str = CAR, driver: str = LI) -> Order:
    order = Order(company=SUNNY, arrival=minutes(0), number=OrderNumber(number))
    order.file(a_report(vehicle=vehicle, driver=driver), 0, 0)
    return order


def naming(held: HeldOrders, subject: str, kind: LicenceKind | None = PERMIT) -> list[str]:
    return held.naming(kind, Subject(subject))


def test_an_order_is_found_by_its_key_and_by_everybody_whom_it_names() -> None:
    held, order = HeldOrders(), an_order()
    held.hold(order)
    held.note(order.key, a_report(vehicle=OTHER_CAR, driver=""))

    assert (held.get(order.key), held[order.key], len(held), list(held)) == (order, order, 1, [order])
    assert order.key in held
    assert [naming(held, one) for one in (CAR, LI, OTHER_CAR, WANG)] == [[order.key]] * 3 + [[]]


def test_a_word_about_a_company_touches_all_its_orders() -> None:
    held, order = HeldOrders(), an_order()
    held.hold(order)

    assert naming(held, SUNNY, PLATFORM) == [order.key]
    assert naming(held, MOON, PLATFORM) == []
    assert naming(held, SUNNY) == []


def test_what_is_let_go_of_is_found_no_more_and_its_neighbours_are() -> None:
    held, gone, stays = HeldOrders(), an_order("gone"), an_order("stays")
    held.hold(gone)
    held.hold(stays)

    held.let_go([gone])

    assert gone.key not in held
    assert held.get(gone.key) is None
    assert naming(held, CAR) == naming(held, LI) == [stays.key]


def test_a_login_without_a_usable_time_has_the_name_of_its_first_arrival_as_long_as_it_is_held() -> None:
    held = HeldOrders()
    first, again = (accepted(a_report(Stage.LOGIN, at, timed=False), None, digest=7) for at in (0, 5))
    key = held.key_of(first)
    assert key is not None
    login = opened(first, minutes(0))
    held.open(key, login)
    assert held.key_of(again) == key

    held.let_go([login])

    assert held.key_of(again) != key


def test_a_login_that_is_read_back_keeps_its_name() -> None:
    first, again = (accepted(a_report(Stage.LOGIN, at, timed=False), None, digest=7) for at in (0, 5))
    login = opened(first, minutes(0))
    login.add(first, arrival=minutes(0), offset=0)
    held = HeldOrders()
    held.hold(login)

    assert held.key_of(again) == login.key


def test_orders_and_timed_logins_are_named_by_what_they_say() -> None:
    held = HeldOrders()

    assert held.key_of(accepted(a_report())) == held.key_of(accepted(a_report(at=5))) == an_order().key
    logins = {held.key_of(accepted(a_report(Stage.LOGIN, at), None, digest=7)) for at in (0, 5)}
    assert len(logins) == 2
    assert held.key_of(accepted(None)) is None
