"""What waits for the register."""

from regulator.domain.licences import LicenceKind
from regulator.joins.pending import Pending
from tests.builders.law import minutes

CARS, DRIVERS = LicenceKind.VEHICLE_PERMIT, LicenceKind.DRIVER_CERTIFICATE


def test_what_waited_no_longer_than_the_instant_is_due() -> None:
    pending = Pending()
    for until, key in ((2, "late"), (1, "just"), (0, "early")):
        pending.add(CARS, minutes(until), key)

    assert list(pending.due(CARS, minutes(1))) == ["early", "just"]
    assert pending.waiting() == {"late"}


def test_each_kind_waits_for_its_own_register() -> None:
    pending = Pending()
    pending.add(CARS, minutes(0), "order")

    assert list(pending.due(DRIVERS, minutes(9))) == []
    assert pending.waiting() == {"order"}


def test_to_wait_twice_for_the_same_is_to_wait_once() -> None:
    pending = Pending()
    pending.add(CARS, minutes(0), "order")
    pending.add(CARS, minutes(0), "order")

    assert list(pending.due(CARS, minutes(0))) == ["order"]
    assert list(pending.due(CARS, minutes(0))) == []


def test_what_is_still_undetermined_may_wait_again() -> None:
    pending = Pending()
    pending.add(CARS, minutes(0), "order")
    list(pending.due(CARS, minutes(0)))

    pending.add(CARS, minutes(0), "order")

    assert list(pending.due(CARS, minutes(0))) == ["order"]


def test_an_order_waits_as_long_as_any_of_its_reports() -> None:
    pending = Pending()
    pending.add(CARS, minutes(0), "order")
    pending.add(CARS, minutes(5), "order")

    assert list(pending.due(CARS, minutes(0))) == ["order"]
    assert pending.waiting() == {"order"}
