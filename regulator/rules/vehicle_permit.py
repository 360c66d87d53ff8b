"""A car serves only with a 网络预约出租汽车运输证 (暂行办法 第十三、十七条)."""

from regulator.domain.findings import RuleId
from regulator.domain.licences import LicenceKind
from regulator.domain.orders import Stage
from regulator.rules.holding import judge_holding
from regulator.rules.rule import Facts, Rule, Verdict, the_vehicle

_PERMIT = LicenceKind.VEHICLE_PERMIT


def judge(facts: Facts, subject: str) -> Verdict:
    """Judge the car's permit as it stood at the report."""
    return judge_holding(_PERMIT, subject, facts)


RULE = Rule(
    id=RuleId("vehicle_permit"),
    title="Vehicle without permit",
    title_zh="车辆无运输证",
    stages=frozenset({Stage.LOGIN, Stage.MATCH, Stage.DEPART}),
    legal_basis=(
        "网络预约出租汽车经营服务管理暂行办法 第三十四条",
        "网络预约出租汽车经营服务管理暂行办法 第三十五条第(一)项",
    ),
    subjects=the_vehicle,
    judge=judge,
    asks_trip=False,
    only_in_doubt=True,
    asks_limits=frozenset(),
    asks_areas=False,
)
