"""Judges are told of the mileages that a limit can ask for; when it falls, of those that they lack."""

from sqlalchemy import select

from regulator.domain.register import Mileage
from regulator.store import Store
from regulator.store.mileages import MileageStore, Reported
from regulator.store.schema import outbox
from regulator.wire.register import decode_change
from tests.builders.law import OTHER_CAR, SUNNY, driven, minutes


def add(store: Store, *mileages: Mileage, least: float) -> None:
    with store.writing() as connection:
        MileageStore(connection).add(
            [Reported(mileage=one, company=SUNNY, received_at=minutes(1)) for one in mileages],
            least_kilometres=least,
        )


def tell_from(store: Store, least: float) -> int:
    with store.writing() as connection:
        return MileageStore(connection).tell_from(least, at=minutes(2))


def told(store: Store) -> list[float]:
    with store.reading() as connection:
        payloads = connection.execute(select(outbox.c.value).order_by(outbox.c.id)).scalars().all()
    changes = [decode_change(payload) for payload in payloads]
    return [change.kilometres for change in changes if isinstance(change, Mileage)]


def test_when_the_limit_falls_judges_are_told_of_what_lies_between_and_of_nothing_twice(store: Store) -> None:
    tell_from(store, 600_000)
    add(store, driven(450_000), driven(550_000, vehicle=OTHER_CAR), driven(650_000, at=1), least=600_000)
    assert told(store) == [650_000]

    assert (tell_from(store, 500_000), tell_from(store, 500_000)) == (1, 0)

    assert told(store) == [650_000, 550_000]


def test_what_was_not_told_while_the_limit_was_higher_is_told_when_it_falls_back(store: Store) -> None:
    tell_from(store, 600_000)
    tell_from(store, 700_000)
    add(store, driven(650_000), least=700_000)

    assert tell_from(store, 600_000) == 1
    assert told(store) == [650_000]
