"""A driver serves only with a 网络预约出租汽车驾驶员证 (暂行办法 第十五、十八条)."""

from collections.abc import Sequence

from regulator.domain.findings import RuleId
from regulator.domain.licences import LicenceKind
from regulator.domain.orders import Stage
from regulator.rules.holding import judge_holding
from regulator.rules.rule import Facts, Rule, Verdict

_CERTIFICATE = LicenceKind.DRIVER_CERTIFICATE


def subjects(facts: Facts) -> Sequence[str]:
    """The driver, where identifiable."""
    driver = facts.report.driver
    return (driver,) if driver else ()


def judge(facts: Facts, subject: str) -> Verdict:
    """Judge the driver's certificate as it stood at the report."""
    return judge_holding(_CERTIFICATE, subject, facts)


RULE = Rule(
    id=RuleId("driver_certificate"),
    title="Driver without certificate",
    title_zh="驾驶员无驾驶员证",
    stages=frozenset({Stage.LOGIN, Stage.MATCH, Stage.DEPART}),
    legal_basis=(
        "网络预约出租汽车经营服务管理暂行办法 第三十四条",
        "网络预约出租汽车经营服务管理暂行办法 第三十五条第(二)项",
    ),
    subjects=subjects,
    judge=judge,
    asks_trip=False,
    only_in_doubt=True,
    asks_limits=frozenset(),
    asks_areas=False,
)
