"""The quick way lets nothing pass of which anything is found, and asks little of what it lets pass."""

from collections.abc import Callable, Sequence
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulator.domain.episodes import Episode
from regulator.domain.instants import Instant, start_of
from regulator.domain.licences import LicenceKind, PeriodState, Statement
from regulator.domain.limits import Limits
from regulator.domain.orders import Booking, Ending, Report, Stage
from regulator.domain.register import Mileage
from regulator.joins.orders import Order
from regulator.judging.conclusions import NOTHING, judge
from regulator.judging.sieve import Sieve
from regulator.rules.catalogue import IN_FORCE
from regulator.rules.rule import COMPLIANT, DOES_NOT_APPLY, Facts, Rule, Verdict
from regulator.rules.vehicle_retired import retired_from, young
from tests.builders.law import (
    ABROAD,
    CAR,
    FEED,
    IN_CITY,
    LI,
    LIFTED,
    MOON,
    OTHER_CAR,
    PENALISED,
    REVOKED,
    SUNNY,
    WANG,
    Sitting,
    a_report,
    a_source,
    a_statement,
    an_episode,
    driven,
    minutes,
    period,
    sources,
)

PLATFORM, PERMIT, CERTIFICATE = LicenceKind
LICENSED = (
    a_statement(period(), kind=PLATFORM, subject=SUNNY, certificate="p"),
    a_statement(period(), kind=PERMIT, subject=CAR, certificate="v", area="310000"),
    a_statement(period(), kind=CERTIFICATE, subject=LI, certificate="d"),
)
IN_DOUBT = tuple(rule for rule in IN_FORCE if rule.only_in_doubt)


def an_order(*reports: Report, booking: Booking | None = None, arrived: Ending | None = None) -> Order:
    order = Order(company=SUNNY, arrival=minutes(0), number="order-1", booking=booking, arrived=arrived)  # type: ignore[arg-type]
    for offset, report in enumerate(reports):
        order.file(report, offset, 0)
    return order


def passes(sitting: Sitting, order: Order, known: int = 0) -> bool:
    return Sieve(sitting.law).passes(order, known=known)


def never_asked(rule: Rule) -> Rule:
    def judge(facts: Facts, subject: str) -> Verdict:
        raise AssertionError(f"{rule.id} was asked")

    return msgspec.structs.replace(rule, judge=judge)


def test_an_order_beyond_doubt_passes_and_no_rule_is_asked_that_asks_only_in_doubt() -> None:
    asked = [never_asked(rule) if rule.only_in_doubt else rule for rule in IN_FORCE]
    sitting = Sitting(*LICENSED, rules=asked)
    order = an_order(
        a_report(Stage.LOGIN), a_report(Stage.MATCH), a_report(Stage.DEPART), a_report(Stage.PAY)
    )

    assert passes(sitting, order)


def test_reports_that_are_known_are_asked_again_only_by_rules_that_ask_for_the_trip() -> None:
    asked = [rule if rule.asks_trip else never_asked(rule) for rule in IN_FORCE]
    sitting = Sitting(rules=asked)

    assert passes(sitting, an_order(a_report(Stage.MATCH), a_report(Stage.DEPART)), known=2)


def test_what_a_known_report_is_found_at_by_a_new_one_does_not_pass() -> None:
    sitting = Sitting(*LICENSED, a_statement(period(), kind=CERTIFICATE, subject=WANG, certificate="w"))
    order = an_order(a_report(Stage.DEPART), a_report(Stage.MATCH, driver=WANG))

    assert not passes(sitting, order, known=1)


def test_a_rule_that_is_not_of_ours_is_always_asked() -> None:
    rule = msgspec.structs.replace(IN_FORCE[0], only_in_doubt=False, subjects=lambda facts: (facts.case,))
    sitting = Sitting(*LICENSED, rules=[never_asked(rule)])

    with pytest.raises(AssertionError, match="was asked"):
        passes(sitting, an_order(a_report()))


def test_limits_that_change_are_heeded_when_it_is_told() -> None:
    limits = Limits()
    registered = a_statement(
        period(), kind=PERMIT, subject=CAR, certificate="v", first_registered=date(2024, 3, 2)
    )
    sitting = Sitting(*LICENSED, registered, limits=limits, rules=IN_DOUBT)
    sieve, order = Sieve(sitting.law), an_order(a_report())
    assert sieve.passes(order, known=0)

    limits.renew(Limits({"retirement_years": [(date(2020, 1, 1), 2)]}))
    sieve.renew()

    assert not sieve.passes(order, known=0)


@pytest.mark.parametrize(
    "otherwise",
    [
        lambda sitting: sitting.say(a_statement(kind=PLATFORM, subject=SUNNY, certificate="p", sequence=2)),
        lambda sitting: sitting.say(a_statement(kind=PERMIT, subject=CAR, certificate="v", sequence=2)),
        lambda sitting: sitting.say(
            a_statement(period(state=REVOKED), kind=CERTIFICATE, subject=LI, certificate="d", sequence=2)
        ),
        lambda sitting: sitting.say(an_episode((PENALISED, -5), vehicle=CAR)),
        lambda sitting: sitting.say(an_episode((PENALISED, -5), (LIFTED, -4), vehicle="", driver=LI)),
        lambda sitting: sitting.tell(driven(600_000)),
        lambda sitting: sitting.say(
            a_statement(
                period(),
                kind=PERMIT,
                subject=CAR,
                certificate="v",
                sequence=2,
                first_registered=date(2018, 3, 1),
            )
        ),
    ],
)
def test_whatever_casts_a_doubt_sends_an_order_the_long_way(otherwise: Callable[[Sitting], None]) -> None:
    sitting = Sitting(*LICENSED)
    assert passes(sitting, an_order(a_report()))

    otherwise(sitting)

    assert not passes(sitting, an_order(a_report()))


@pytest.mark.parametrize("nobody", ["vehicle", "driver"])
def test_who_is_not_identifiable_goes_the_long_way(nobody: str) -> None:
    assert not passes(Sitting(*LICENSED), an_order(a_report(**{nobody: ""})))


def test_a_car_of_which_two_sources_speak_goes_the_long_way() -> None:
    """The first row that is found may be of the source that does not count."""
    county = a_statement(period(), kind=PERMIT, subject=CAR, certificate="v", source="county")
    city = a_statement(period(state=REVOKED), kind=PERMIT, subject=CAR, certificate="v")
    platform, _, driver = LICENSED
    declared = sources(a_source(), a_source("county", precedence=2))

    sitting = Sitting(platform, driver, county, declared=declared)
    assert passes(sitting, an_order(a_report()))
    sitting.say(city)
    assert not passes(sitting, an_order(a_report()))


@given(
    registered=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    years=st.floats(0, 60).map(lambda years: round(years, 2)),
)
def test_a_young_car_is_one_that_no_limit_retires(registered: date, years: float) -> None:
    limits = Limits({"retirement_years": [(date(2020, 1, 1), years)]})
    days = young(limits).days

    if days > 0:
        surely_young = Instant(start_of(registered) + (days - 1) * 24 * 3600 * 1_000_000)
        assert surely_young < retired_from(registered, years)


SAYINGS = st.lists(
    st.one_of(
        st.builds(
            a_statement,
            st.builds(period, st.sampled_from([-20, 0]), st.sampled_from([10, None])),
            kind=st.just(PERMIT),
            subject=st.sampled_from([CAR, OTHER_CAR]),
            certificate=st.sampled_from(["v", "w"]),
            source=st.sampled_from(["city", "county"]),
            area=st.sampled_from(["310000", "320500", ""]),
            first_registered=st.sampled_from([None, date(2018, 3, 2), date(2018, 3, 20), date(2023, 1, 1)]),
        ),
        st.builds(
            a_statement,
            st.builds(period, st.sampled_from([-20, 0]), state=st.sampled_from(list(PeriodState))),
            kind=st.just(CERTIFICATE),
            subject=st.sampled_from([LI, WANG]),
            certificate=st.sampled_from(["d", "e"]),
        ),
        st.builds(
            lambda at, vehicle: an_episode((PENALISED, at), vehicle=vehicle),
            st.sampled_from([-30, 5]),
            st.sampled_from([CAR, OTHER_CAR]),
        ),
        st.builds(driven, st.sampled_from([599_999, 600_000]), st.sampled_from([-1, 5])),
    ),
    max_size=6,
)
REPORTS = st.lists(
    st.builds(
        a_report,
        st.sampled_from(list(Stage)),
        st.sampled_from([-10, 0, 10]),
        vehicle=st.sampled_from([CAR, CAR, OTHER_CAR, ""]),
        driver=st.sampled_from([LI, LI, WANG, ""]),
        place=st.sampled_from([IN_CITY, ABROAD, None]),
    ),
    max_size=4,
)


@given(
    said=SAYINGS,
    reports=REPORTS,
    end=st.sampled_from([None, IN_CITY, ABROAD]),
    company=st.sampled_from([SUNNY, MOON]),
)
def test_nothing_passes_of_which_anything_is_found(
    said: Sequence[Statement | Episode | Mileage],
    reports: Sequence[Report],
    end: object,
    company: str,
) -> None:
    sitting = Sitting(*LICENSED, declared=sources(a_source(), a_source("county", precedence=2)))
    for message in said:
        if isinstance(message, Mileage):
            sitting.tell(message)
        else:
            sitting.say(message)
    order = an_order(*reports, arrived=Ending(at=minutes(20), place=end))  # type: ignore[arg-type]
    order.company = company  # type: ignore[assignment]

    if passes(sitting, order):
        assert judge(order, sitting.law, feed=FEED, partition=0) == NOTHING
        for report in reports:
            facts = msgspec.structs.replace(sitting.facts(report, *reports), company=order.company)
            asked = [rule for rule in IN_DOUBT if report.stage in rule.stages]
            verdicts = [rule.judge(facts, who) for rule in asked for who in rule.subjects(facts)]
            assert all(verdict in (COMPLIANT, DOES_NOT_APPLY) for verdict in verdicts)
