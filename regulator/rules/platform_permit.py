"""A platform takes orders only under a 网络预约出租汽车经营许可证 (暂行办法 第五、八条)."""

from collections.abc import Sequence

from regulator.domain.findings import RuleId
from regulator.domain.licences import LicenceKind
from regulator.domain.orders import Stage
from regulator.rules.holding import judge_holding
from regulator.rules.rule import Facts, Rule, Verdict

_PERMIT = LicenceKind.PLATFORM_PERMIT


def subjects(facts: Facts) -> Sequence[str]:
    """The company whose order it is."""
    return (facts.company,)


def judge(facts: Facts, subject: str) -> Verdict:
    """Judge the company's permit as it stood at the report."""
    return judge_holding(_PERMIT, subject, facts)


RULE = Rule(
    id=RuleId("platform_permit"),
    title="Platform without permit",
    title_zh="平台无经营许可",
    stages=frozenset({Stage.MATCH, Stage.DEPART}),
    legal_basis=("网络预约出租汽车经营服务管理暂行办法 第三十四条",),
    subjects=subjects,
    judge=judge,
    asks_trip=False,
    only_in_doubt=True,
    asks_limits=frozenset(),
    asks_areas=False,
)
