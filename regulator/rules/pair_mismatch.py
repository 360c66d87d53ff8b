"""Who departs is who was matched, and who is paid is who departed (暂行办法 第十七、十八条: 线上线下一致)."""

from regulator.domain.findings import RuleId
from regulator.domain.orders import Stage, Trip
from regulator.rules.rule import COMPLIANT, DOES_NOT_APPLY, Facts, Outcome, Rule, Verdict, the_case

_VEHICLE = Verdict(Outcome.VIOLATION, "vehicle_changed")
_DRIVER = Verdict(Outcome.VIOLATION, "driver_changed")
_BOTH = Verdict(Outcome.VIOLATION, "both_changed")


def judge(facts: Facts, subject: str) -> Verdict:
    """Compare the pair with every pair that was named before; one with a blank half is not compared."""
    report, trip = facts.report, facts.trip
    if not report.vehicle or not report.driver:
        return DOES_NOT_APPLY
    named = trip.pairs(_stage_before(report.stage, trip))
    if not named:
        return DOES_NOT_APPLY
    if (report.vehicle, report.driver) in named:
        return COMPLIANT
    if any(driver == report.driver for _, driver in named):
        return _VEHICLE
    return _DRIVER if any(vehicle == report.vehicle for vehicle, _ in named) else _BOTH


def _stage_before(stage: Stage, trip: Trip) -> Stage:
    """A pay is held against the depart, where there was one at all; else against the match."""
    return Stage.DEPART if stage is Stage.PAY and trip.has(Stage.DEPART) else Stage.MATCH


RULE = Rule(
    id=RuleId("pair_mismatch"),
    title="Car or driver is not who was matched",
    title_zh="人车不符",
    stages=frozenset({Stage.DEPART, Stage.PAY}),
    legal_basis=("网络预约出租汽车经营服务管理暂行办法 第三十五条第(一)(二)项",),
    subjects=the_case,
    judge=judge,
    asks_limits=frozenset(),
    asks_areas=False,
)
