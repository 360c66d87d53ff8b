"""What judges let go of is judged again from SQL, by the same code, when the register says something new."""

from typing import Any

import pytest

from regulator.domain.findings import EventKind
from regulator.domain.licences import LicenceKind
from regulator.domain.orders import Stage
from regulator.joins.keeping import Keeping
from regulator.store import Store
from regulator.store.rejudgements import Progress, RejudgementStore
from tests.builders.archive import City, standing
from tests.builders.law import (
    FEED,
    LI,
    OTHER_CAR,
    PENALISED,
    REVOKED,
    SUNNY,
    WANG,
    a_report,
    a_statement,
    a_withdrawal,
    an_episode,
    an_episode_withdrawal,
    licensed,
    minutes,
    period,
)


@pytest.fixture
def city(store: Store) -> City:
    """Where everybody is licensed."""
    return City(store, *licensed())


def second(certificate: str) -> dict[str, Any]:
    """A source's second word on a certificate."""
    return {"certificate": certificate, "sequence": 2}


def ridden(city: City, *reports, order: str = "order-1") -> None:
    """Let an order be reported, judged and let go of."""
    for report in reports or (a_report(),):
        city.sitting.report(report, order)
    city.conclude()
    city.let_go()
    city.work()


def kinds(said) -> list[tuple[str, str, str | None]]:
    return [(one.event.kind, one.event.finding.rule, one.event.finding.reason) for one in said]


def test_a_revocation_that_arrives_late_makes_a_finding_on_an_order_of_long_ago(city: City) -> None:
    ridden(city)

    city.say(a_statement(period(state=REVOKED), certificate="v", sequence=2), at=77)
    said = city.work()

    assert kinds(said) == [("raised", "vehicle_permit", "revoked")]
    assert (said[0].feed, said[0].partition) == (FEED, 0)
    event = said[0].event
    assert (event.caused_at, event.raised_at) == (minutes(77), minutes(77))
    assert event.because is not None
    assert (event.because.kind, event.because.certificate, event.because.sequence) == (
        "vehicle_permit",
        "v",
        2,
    )
    assert event.finding.origins[0].topic == FEED


def test_a_licence_that_arrives_back_dated_withdraws_what_was_said(store: Store) -> None:
    city = City(store, *licensed()[::2])
    ridden(city)
    assert [event.finding.rule for event in city.queue] == ["vehicle_permit"]

    city.say(a_statement(period(), certificate="v"))

    assert kinds(city.work()) == [("withdrawn", "vehicle_permit", "never")]
    assert standing(city.queue) == {}


def test_a_word_on_somebody_else_touches_nothing(city: City) -> None:
    ridden(city)

    city.say(a_statement(period(state=REVOKED), subject=OTHER_CAR, certificate="w"))

    assert city.look() is None


@pytest.mark.parametrize(
    ("word", "rule"),
    [
        pytest.param(a_withdrawal(2, certificate="v"), "vehicle_permit", id="a licence taken back"),
        pytest.param(
            a_statement(period(end=-1), kind=LicenceKind.DRIVER_CERTIFICATE, subject=LI, **second("d")),
            "driver_certificate",
            id="a driver's",
        ),
        pytest.param(
            a_statement(subject=SUNNY, kind=LicenceKind.PLATFORM_PERMIT, **second("p")),
            "platform_permit",
            id="a platform's",
        ),
        pytest.param(
            a_statement(period(), subject=OTHER_CAR, **second("v")),
            "vehicle_permit",
            id="a certificate that is now somebody else's",
        ),
    ],
)  # fmt: skip
def test_every_word_of_the_register_reaches_whom_it_is_about(city: City, word, rule: str) -> None:
    ridden(city)

    city.say(word)

    assert [(kind, of) for kind, of, _ in kinds(city.work())] == [("raised", rule)]


def test_an_episode_reaches_those_it_names_and_its_withdrawal_too(store: Store) -> None:
    city = City(store, *licensed()[::2])
    ridden(city)

    city.say(an_episode((PENALISED, -5)))
    assert kinds(city.work()) == [("raised", "re_offence", "penalised")]

    city.say(an_episode_withdrawal())
    assert kinds(city.work()) == [("withdrawn", "re_offence", "penalised")]


def test_a_licence_of_one_whom_an_episode_names_reaches_the_others_orders(store: Store) -> None:
    city = City(store, *licensed()[::2], an_episode((PENALISED, -500), vehicle=OTHER_CAR, driver=LI))
    ridden(city)
    assert "re_offence" in {event.finding.rule for event in city.queue}

    city.say(a_statement(period(), subject=OTHER_CAR, certificate="w"))

    assert ("withdrawn", "re_offence", "penalised") in kinds(city.work())


def test_re_offences_are_counted_with_those_that_the_judge_found(store: Store) -> None:
    city = City(store, *licensed()[::2], an_episode((PENALISED, -5)))
    city.sitting.report(a_report(at=1), "order-1")
    city.conclude()
    city.sitting.report(a_report(at=2, driver=WANG), "order-2")
    city.conclude()
    city.let_go()
    city.work()

    city.say(an_episode((PENALISED, -6), sequence=2))

    assert sorted(one.event.times_since_removal or 0 for one in city.work()) == [1, 2]


def test_what_waits_for_the_register_settles_when_it_is_complete(store: Store) -> None:
    city = City(store, *licensed()[::2], vouched=-1)
    ridden(city)
    assert city.queue == []

    city.vouch(-0.5)
    assert city.work() == []
    city.vouch(0)
    said = city.work()

    assert kinds(said) == [("raised", "vehicle_permit", "never")]
    assert said[0].event.because is not None
    assert said[0].event.because.kind == "heartbeat"


def test_a_change_while_an_order_is_on_its_way_is_not_missed(city: City) -> None:
    """The judge let go of it before it heard; the desk had the change before it had the order."""
    city.sitting.report(a_report())
    city.conclude()
    gone = city.sitting.book.forget(Keeping(arrived_before=minutes(100_000)))
    city.say(a_statement(period(state=REVOKED), certificate="v", sequence=2))
    city.work()
    assert city.queue == []
    for order in gone:
        city.sitting.book.load(order, None)  # type: ignore[arg-type] # only to be let go of again
    city.sitting.book._docket.strike([order.key for order in gone])

    city.let_go()

    assert kinds(city.work()) == [("raised", "vehicle_permit", "revoked")]


def test_a_change_that_is_asked_for_again_begins_anew_and_says_each_thing_once(city: City) -> None:
    for number in range(150):
        city.sitting.report(a_report(at=number / 10), f"order-{number:03d}")
    city.conclude()
    city.let_go()
    city.work()

    city.say(a_statement(period(state=REVOKED), certificate="v", sequence=2))
    said = [*(city.step() or ())]
    assert 0 < len(said) < 150
    with city.store.reading() as connection:
        assert RejudgementStore(connection).progress() == Progress(1, 150, 100)
    city.say(a_statement(period(end=7), certificate="v", sequence=3))
    said += city.work()

    assert len(standing(city.queue)) == sum(number / 10 >= 7 for number in range(150))
    with city.store.reading() as connection:
        assert RejudgementStore(connection).progress() == Progress(0, 0, 0)


def test_a_platforms_revocation_is_worked_off_step_by_step(city: City) -> None:
    for number in range(250):
        city.sitting.report(a_report(Stage.DEPART), f"order-{number:03d}")
    city.conclude()
    city.let_go()
    city.work()

    word = a_statement(subject=SUNNY, kind=LicenceKind.PLATFORM_PERMIT, certificate="p", sequence=2)
    city.say(word)

    with city.store.reading() as connection:
        assert RejudgementStore(connection).progress() == Progress(1, 250, 0)
    assert len(city.step() or ()) == 100
    with city.store.reading() as connection:
        assert RejudgementStore(connection).progress() == Progress(1, 250, 100)
    assert len(city.work()) == 150
    assert {event.kind for event in city.queue} == {EventKind.RAISED}
