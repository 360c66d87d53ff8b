"""What the page of the nightly comparison says, in Chinese and in English."""

from collections.abc import Mapping

from regulator.console.phrases import Both

RECONCILIATION_PHRASES: Mapping[str, Both] = {
    "reconciliation": ("核对与复判", "Reconciliation and re-judgement"),
    "reconciliation_explain": (
        "每晚把报送数据重新判定一遍，与数据库中的违规线索逐条核对。应当零差异；有差异即为系统缺陷，须排查。",
        "Every night what the platforms sent is judged anew and compared with the findings in the database. "
        "Nothing may differ; what differs is a fault of this system and must be looked into.",
    ),
    "reconciliation_never": (
        "尚未核对过。每日 3:30 自动运行，也可执行 regulator reconcile。",
        "Not compared yet. It runs by itself at 3:30, or now: regulator reconcile.",
    ),
    "reconciliation_last": (
        "上次核对：{day} 的订单，{at} 完成",
        "Last compared: orders of {day}, finished {at}",
    ),
    "reconciliation_equal": ("零差异", "Nothing differs"),
    "reconciliation_differs": ("{n} 条差异", "{n} differences"),
    "reconciliation_named": ("以下列出前 {n} 条。", "The first {n} are named."),
    "reconciliation_runs": ("历次核对", "Comparisons"),
    "reconciliation_day": ("订单日期", "Orders of"),
    "reconciliation_finished": ("完成时间", "Finished"),
    "reconciliation_orders": ("订单数", "Orders"),
    "reconciliation_findings": ("线索数", "Findings"),
    "reconciliation_not_comparable": ("不可比", "Not comparable"),
    "reconciliation_count": ("差异", "Differences"),
    "reconciliation_order": ("订单或上线记录", "Order or login"),
    "reconciliation_rule": ("事由", "Rule"),
    "reconciliation_subject": ("对象", "Subject"),
    "reconciliation_replayed": ("重新判定", "Judged anew"),
    "reconciliation_stored": ("数据库", "Database"),
    "reconciliation_nothing": ("无此线索", "nothing"),
    "reconciliation_disputed": ("有争议", "disputed"),
    "rejudgement": ("历史订单复判", "Re-judgement of past orders"),
    "rejudgement_none": (
        "没有待复判的订单。",
        "No past order waits to be judged again.",
    ),
    "rejudgement_progress": (
        "登记库变动涉及 {subjects} 个车、人或平台的历史订单：共 {total} 单，已复判 {done} 单，剩 {left} 单。",
        "The register changed about {subjects} cars, drivers or platforms with past orders: "
        "{done} of {total} judged again, {left} to go.",
    ),
    "rejudgement_limits": (
        "阈值已变更（{since}）：可能受影响的历史订单 {total} 单，已复判 {done} 单，剩 {left} 单。"
        "复判完成前，核对结果可能出现差异。",
        "Limits changed ({since}): of {total} past orders that may be judged otherwise {done} were judged "
        "again, {left} to go. Until then a comparison may differ.",
    ),
    "rejudgement_law": (
        "规则、区域或数据来源配置已变更（{since}）："
        "可能受影响的历史订单 {total} 单，已复判 {done} 单，剩 {left} 单。"
        "复判完成前，核对结果可能出现差异。",
        "Rules, areas or sources changed ({since}): of {total} past orders that may be judged otherwise "
        "{done} were judged again, {left} to go. Until then a comparison may differ.",
    ),
}
