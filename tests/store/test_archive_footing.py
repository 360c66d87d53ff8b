"""What judges let go of is judged again when limits, rules, areas or sources are others."""

from datetime import date

import msgspec
import pytest
from sqlalchemy import delete

from regulator.domain.instants import DAY, MINUTE
from regulator.domain.licences import LicenceKind
from regulator.domain.limits import Limits, Steps
from regulator.judging.law import by_stage
from regulator.rules import vehicle_retired
from regulator.rules.catalogue import IN_FORCE
from regulator.store import Store
from regulator.store.footings import FootingStore, Job
from regulator.store.rejudging import Rejudging
from regulator.store.schema import footings
from tests.builders.archive import City, standing
from tests.builders.law import CAR, CITY_AREA, a_report, a_source, a_statement, licensed, period, sources

_FIRST_DAY, _NEXT_DAY = date(2016, 11, 1), date(2026, 3, 3)
A_DAY = DAY / MINUTE


@pytest.fixture
def city(store: Store) -> City:
    """Where everybody is licensed, and the car is seven years old."""
    company, _, driver = licensed()
    permit = a_statement(period(), certificate="v", area=CITY_AREA, first_registered=date(2019, 3, 1))
    return City(store, company, permit, driver)


def ridden(city: City, *days: float) -> None:
    """Let an order be reported on each day after noon of 2 March, judged and let go of."""
    for number, day in enumerate(days or (0,)):
        at = day * A_DAY
        city.sitting.report(a_report(at=at), f"order-{number:03d}", arrival=at)
    city.conclude()
    city.let_go()
    city.work()


def change(city: City, *steps: tuple[date, float], name: str = "retirement_years") -> None:
    given: dict[str, Steps] = {name: steps}
    city.sitting.law.limits.renew(Limits(given))


def job(city: City) -> Job | None:
    with city.store.reading() as connection:
        return FootingStore(connection).job()


def told(said) -> list[tuple[str, str, str, str]]:
    return [
        (
            one.event.kind,
            one.event.finding.rule,
            one.event.finding.order,
            one.event.because.kind if one.event.because else "",
        )
        for one in said
    ]


def test_a_shorter_life_of_cars_finds_what_was_let_go_and_a_longer_one_withdraws_it(city: City) -> None:
    ridden(city)
    assert city.queue == []

    change(city, (_FIRST_DAY, 7))
    assert told(city.work()) == [("raised", "vehicle_retired", "order-000", "limits")]

    change(city, (_FIRST_DAY, 9))
    assert told(city.work()) == [("withdrawn", "vehicle_retired", "order-000", "limits")]
    assert standing(city.queue) == {}
    assert city.look() is None


def test_only_orders_since_the_day_of_the_change_are_looked_at(city: City) -> None:
    ridden(city, -0.1, 0.1, 1, 2)

    change(city, (_FIRST_DAY, 8), (_NEXT_DAY, 7))
    look = city.look()

    assert look is not None
    assert [one.order.number for one in look.judged] == ["order-002", "order-003"]
    assert told(city.work()) == [
        ("raised", "vehicle_retired", "order-002", "limits"),
        ("raised", "vehicle_retired", "order-003", "limits"),
    ]


def test_an_order_that_claims_a_day_to_come_is_judged_by_that_days_limits(city: City) -> None:
    city.sitting.report(a_report(at=2 * A_DAY), "early", arrival=0)
    ridden(city)

    change(city, (_FIRST_DAY, 8), (_NEXT_DAY, 7))

    assert [(kind, order) for kind, _, order, _ in told(city.work())] == [("raised", "early")]


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        pytest.param("cards_a_shift", [(_FIRST_DAY, 10.0)], id="a limit that no rule asks"),
        pytest.param("retirement_years", [(_FIRST_DAY, 8.0)], id="what went without saying"),
        pytest.param("retirement_years", [(date(2027, 1, 1), 6.0)], id="a day that has not come"),
    ],
)
def test_what_changes_no_verdict_makes_no_work(city: City, name: str, steps: Steps) -> None:
    ridden(city)

    change(city, *steps, name=name)

    assert city.look() is None
    assert job(city) is None


def without_retirement(city: City) -> Rejudging:
    rules = by_stage([rule for rule in IN_FORCE if rule is not vehicle_retired.RULE])
    return Rejudging(msgspec.structs.replace(city.sitting.law, rules=rules), city.sources)


def test_a_rule_that_goes_withdraws_what_was_let_go_and_one_that_comes_finds_it(city: City) -> None:
    change(city, (_FIRST_DAY, 7))
    ridden(city)

    city.rejudging = without_retirement(city)
    assert told(city.work()) == [("withdrawn", "vehicle_retired", "order-000", "law")]

    city.rejudging = Rejudging(city.sitting.law, city.sources)
    assert told(city.work()) == [("raised", "vehicle_retired", "order-000", "law")]


def test_areas_drawn_otherwise_and_sources_read_otherwise_are_looked_at_again(city: City) -> None:
    ridden(city)

    city.rejudging = Rejudging(city.sitting.law, city.sources, areas="drawn otherwise")
    look = city.look()
    assert look is not None
    assert look.judged == ()  # out_of_area is asked at departures, and there was none
    city.work()

    silent = sources(a_source(), a_source("other", kinds=frozenset({LicenceKind.VEHICLE_PERMIT})))
    city.rejudging = Rejudging(city.sitting.law, silent, areas="drawn otherwise")
    look = city.look()
    assert look is not None
    assert [one.order.number for one in look.judged] == ["order-000"]


def test_a_job_goes_on_after_a_restart_and_says_each_thing_once(city: City) -> None:
    ridden(city, *(number / 1000 for number in range(250)))
    change(city, (_FIRST_DAY, 7))
    said = [*(city.step() or ())]
    under_way = job(city)
    assert under_way is not None
    assert (len(said), under_way.total, under_way.done, under_way.left) == (100, 250, 100, 150)

    city.rejudging = Rejudging(city.sitting.law, city.sources)
    said += city.work()

    assert len(standing(city.queue)) == len(said) == 250
    assert job(city) is None


def test_another_change_on_the_way_reaches_what_either_reaches(city: City) -> None:
    ridden(city, *(number / 1000 for number in range(250)))
    change(city, (_FIRST_DAY, 7))
    city.step()

    change(city, (_FIRST_DAY, 8), (_NEXT_DAY, 7))
    city.work()

    assert standing(city.queue) == {}


def test_an_archive_of_which_nobody_knows_how_it_was_judged_is_judged_again_whole(city: City) -> None:
    change(city, (_FIRST_DAY, 7))
    city.rejudging = without_retirement(city)
    ridden(city)
    assert standing(city.queue) == {}
    with city.store.writing() as connection:
        connection.execute(delete(footings))

    city.rejudging = Rejudging(city.sitting.law, city.sources)

    assert [kind for kind, *_ in told(city.work())] == ["raised"]


def test_the_register_goes_first(city: City) -> None:
    ridden(city, *(number / 1000 for number in range(150)))
    change(city, (_FIRST_DAY, 7))
    city.say(a_statement(subject=CAR, certificate="v", sequence=2))

    city.step()

    under_way = job(city)
    assert under_way is not None
    assert under_way.done == 0
    city.work()
    assert job(city) is None
    assert {event.finding.rule for event in city.queue} == {"vehicle_permit"}
