"""A car leaves the trade after eight years or 600,000 km (暂行办法 第三十九条)."""

from datetime import MAXYEAR, date
from functools import lru_cache

from regulator.domain.findings import RuleId
from regulator.domain.instants import Instant, start_of
from regulator.domain.limits import Limits
from regulator.domain.orders import Stage
from regulator.domain.register import Young
from regulator.rules.rule import COMPLIANT, DOES_NOT_APPLY, Facts, Outcome, Rule, Verdict, the_vehicle

_AGE, _MILEAGE = "age", "mileage"
_YEARS, _KILOMETRES = "retirement_years", "retirement_kilometres"
_MONTHS = 12


def judge(facts: Facts, subject: str) -> Verdict:
    """Judge the car's age by its first registration, then how far it had been driven."""
    vehicle, at = facts.report.vehicle, facts.report.at
    registered = facts.register.first_registered(vehicle)
    mileages = facts.register.mileages(vehicle)
    if registered is not None and retired_from(registered, facts.limits.value(_YEARS, at)) <= at:
        return Verdict(Outcome.VIOLATION, _AGE, (registered,))
    if mileages:
        most = facts.limits.value(_KILOMETRES, at)
        if any(mileage.at <= at and mileage.kilometres >= most for mileage in mileages):
            return Verdict(Outcome.VIOLATION, _MILEAGE)
    return DOES_NOT_APPLY if registered is None and not mileages else COMPLIANT


def young(limits: Limits) -> Young:
    """Return what age and way no limit forbids at any time; a month is 31 days at most."""
    years = min(limits.least(_YEARS), MAXYEAR)
    return Young(days=round(years * 365) - 31, kilometres=limits.least(_KILOMETRES))


@lru_cache(maxsize=20_000)
def retired_from(registered: date, years: float) -> Instant:
    """Return the instant from which a car first registered on a day is too old."""
    return start_of(after(registered, months=round(years * _MONTHS)))


def after(day: date, *, months: int) -> date:
    """Return the day so many months later; where that month is too short, the first of the next.

    >>> after(date(2096, 2, 29), months=48)
    datetime.date(2100, 3, 1)
    """
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    if year > MAXYEAR:
        return date.max
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year, month + 2, 1)


RULE = Rule(
    id=RuleId("vehicle_retired"),
    title="Vehicle past retirement",
    title_zh="车辆达到退出年限",
    stages=frozenset({Stage.MATCH, Stage.DEPART}),
    legal_basis=("网络预约出租汽车经营服务管理暂行办法 第三十九条",),
    subjects=the_vehicle,
    judge=judge,
    asks_trip=False,
    only_in_doubt=True,
    asks_limits=frozenset({_YEARS, _KILOMETRES}),
    asks_areas=False,
)
