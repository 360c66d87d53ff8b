"""Nothing that judges write of an order is lost, also when it begins anew and they know nothing of before."""

from contextlib import closing
from typing import Any

import pytest

from regulator.domain.findings import EventKind
from regulator.domain.orders import Stage
from regulator.joins.orders import Order
from regulator.store import Store
from regulator.store.keeping import Word, keep
from regulator.store.orders import HeldBy, OrderLeft, OrderState
from regulator.store.queue_events import read_order
from regulator.store.schema import orders
from regulator.wire.orders import decode_order, encode_order
from tests.builders.archive import City, standing
from tests.builders.law import (
    FEED,
    SUNNY,
    WANG,
    Sitting,
    a_report,
    a_statement,
    licensed,
    minutes,
)

LEFT = OrderLeft(company=SUNNY, key="order-1")


def state(*stages: Stage, offset: int = 0, given: int = 0) -> OrderState:
    """Return an order as a judge tells it that has heard these reports, the first at an offset."""
    sitting = Sitting()
    for number, stage in enumerate(stages):
        sitting.report(a_report(stage, number), offset=offset + number)
    [order] = sitting.book
    order.given = given
    return read_order(encode_order(order), limits=sitting.law.limits, feed=FEED, partition=1)


def kept(store: Store, *words: Word, at: float = 5) -> list[Order]:
    with store.writing() as connection:
        return keep(connection, words, at=minutes(at))


def row(store: Store) -> dict[str, Any]:
    with store.reading() as connection:
        [found] = connection.execute(orders.select()).mappings()
        return dict(found)


def stages(store: Store) -> list[Stage]:
    return [filing.report.stage for filing in decode_order(row(store)["state"].encode()).reports]


def test_an_order_is_its_judges_until_he_lets_go(store: Store) -> None:
    assert kept(store, state(Stage.MATCH)) == []
    assert kept(store, state(Stage.MATCH, Stage.DEPART)) == []
    found = row(store)
    assert (found["held_by"], found["feed"], found["partition"]) == (HeldBy.JUDGE, FEED, 1)
    assert stages(store) == [Stage.MATCH, Stage.DEPART]

    assert kept(store, LEFT) == []

    assert row(store)["held_by"] == HeldBy.LEAVING
    assert stages(store) == [Stage.MATCH, Stage.DEPART]


def test_that_a_judge_let_go_of_what_sql_never_heard_of_is_nothing(store: Store) -> None:
    assert kept(store, LEFT) == []

    with store.reading() as connection:
        assert connection.execute(orders.select()).all() == []


@pytest.mark.parametrize("batches", ["one", "two", "three"])
def test_an_order_that_begins_anew_is_kept_whole_and_its_first_life_given_back(
    store: Store, batches: str
) -> None:
    first, second = state(Stage.MATCH), state(Stage.DEPART, offset=70)
    match batches:
        case "one":
            given_back = kept(store, first, LEFT, second)
        case "two":
            assert kept(store, first) == []
            given_back = kept(store, LEFT, second)
        case _:
            assert kept(store, first) == []
            assert kept(store, LEFT) == []
            given_back = kept(store, second)

    [order] = given_back
    assert [filing.report.stage for filing in order.reports] == [Stage.MATCH]
    assert order.given == minutes(5)
    assert stages(store) == [Stage.MATCH, Stage.DEPART]
    assert row(store)["held_by"] == HeldBy.JUDGE


def test_an_order_that_begins_anew_is_known_also_if_nobody_said_that_it_was_let_go(store: Store) -> None:
    """A compacted topic keeps the last word on a key alone."""
    kept(store, state(Stage.MATCH))

    [order] = kept(store, state(Stage.DEPART, offset=70))

    assert [filing.report.stage for filing in order.reports] == [Stage.MATCH]


def test_until_its_judge_shows_both_lives_sql_keeps_the_whole(store: Store) -> None:
    kept(store, state(Stage.MATCH), LEFT, state(Stage.DEPART, offset=70))

    assert kept(store, state(Stage.DEPART, Stage.PAY, offset=70)) == []
    assert stages(store) == [Stage.MATCH, Stage.DEPART, Stage.PAY]
    assert row(store)["returned"] is not None

    whole = state(Stage.MATCH, Stage.DEPART, given=minutes(5))
    assert kept(store, whole) == []
    assert row(store)["returned"] is None
    assert stages(store) == [Stage.MATCH, Stage.DEPART]


def test_one_that_is_let_go_of_before_it_was_given_back_is_archived_whole(store: Store) -> None:
    kept(store, state(Stage.MATCH), LEFT, state(Stage.DEPART, offset=70))

    assert kept(store, LEFT) == []

    assert (row(store)["held_by"], row(store)["returned"]) == (HeldBy.LEAVING, None)
    assert stages(store) == [Stage.MATCH, Stage.DEPART]


def test_each_return_has_a_higher_number(store: Store) -> None:
    [first] = kept(store, state(Stage.MATCH), LEFT, state(Stage.DEPART, offset=70))
    kept(store, state(Stage.MATCH, Stage.DEPART, given=first.given), LEFT, at=4)

    [second] = kept(store, state(Stage.PAY, offset=99), at=4)

    assert second.given > first.given


def test_the_archive_says_nothing_about_an_order_that_its_judge_holds_again(store: Store) -> None:
    city = City(store, *licensed())
    city.sitting.report(a_report())
    city.conclude()
    city.let_go()
    city.work()
    city.say(a_statement(certificate="v", sequence=2))
    look = city.look()
    assert look is not None

    city.sitting.report(a_report(Stage.DEPART, 1, driver=WANG), offset=9)
    city.conclude()

    assert city.keep(look) == []
    assert city.work() == []
    assert [event.kind for event in city.queue if event.finding.rule == "vehicle_permit"] == [
        EventKind.RAISED
    ]
    assert len(standing(city.queue)) == 2
    with closing(store.session()) as connection:
        assert connection.execute(orders.select()).mappings().one()["held_by"] == HeldBy.JUDGE
