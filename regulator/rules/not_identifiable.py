"""A report names an identifiable car and driver (暂行办法 第十七、十八条: 线上线下一致).

Whoever is not identifiable is left to this rule alone: no register can be asked about nobody.
"""

from regulator.domain.findings import RuleId
from regulator.domain.orders import Stage
from regulator.rules.rule import COMPLIANT, Facts, Outcome, Rule, Verdict, the_case

_VEHICLE = Verdict(Outcome.VIOLATION, "vehicle")
_DRIVER = Verdict(Outcome.VIOLATION, "driver")
_BOTH = Verdict(Outcome.VIOLATION, "both")


def judge(facts: Facts, subject: str) -> Verdict:
    """Say which half of the pair cannot be identified."""
    report = facts.report
    if report.vehicle:
        return COMPLIANT if report.driver else _DRIVER
    return _VEHICLE if report.driver else _BOTH


RULE = Rule(
    id=RuleId("not_identifiable"),
    title="Vehicle or driver not identifiable",
    title_zh="车辆或驾驶员身份不明",
    stages=frozenset({Stage.LOGIN, Stage.MATCH, Stage.DEPART}),
    legal_basis=("网络预约出租汽车经营服务管理暂行办法 第三十五条第(一)(二)项",),
    subjects=the_case,
    judge=judge,
    asks_trip=False,
    only_in_doubt=True,
    asks_limits=frozenset(),
    asks_areas=False,
)
