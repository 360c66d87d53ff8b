"""What the page of notices says, and the menu of pages, in Chinese and in English."""

from collections.abc import Mapping

NOTICE_PHRASES: Mapping[str, tuple[str, str]] = {
    "menu": ("页面", "Pages"),
    "notices": ("停派通知", "Notices"),
    "notices_explain": (
        "通知平台停止派单给某车或某驾驶员。通知写入平台自己的主题，平台在 24 小时内答复；"
        "发出、解除都会记到您名下。",
        "Tell a platform to stop dispatching a car or a driver. The notice goes to the platform's own topic; "
        "it answers within 24 hours. Issuing and lifting are recorded under your name.",
    ),
    "notice_waiting": ("{n} 件在等答复", "{n} wait for an answer"),
    "notice_none": ("还没有通知。", "No notice yet."),
    "notice_issue": ("通知平台停派", "Tell the platform to stop"),
    "notice_whom": ("停派对象", "Whom"),
    "notice_vehicle": ("车辆", "the car"),
    "notice_driver": ("驾驶员", "the driver"),
    "notice_days": ("期限", "For"),
    "notice_for": ("{n} 天", "{n} days"),
    "notice_for_a_day": ("1 天", "1 day"),
    "notice_until_lifted": ("至解除为止", "until it is lifted"),
    "notice_number": ("编号", "Number"),
    "notice_company": ("平台", "Platform"),
    "notice_why": ("事由", "Why"),
    "notice_issued": ("发出", "Issued"),
    "notice_until": ("到期", "Until"),
    "notice_state": ("答复", "Answer"),
    "notice_waits": ("等待答复，限 {at} 前", "waiting, due by {at}"),
    "notice_overdue": ("逾期未答复（应于 {at} 前）", "no answer (was due by {at})"),
    "notice_stopped": ("已停派 {at}", "stopped {at}"),
    "notice_not_ours": ("非本平台 {at}", "not ours {at}"),
    "notice_disputed": ("有异议 {at}", "disputed {at}"),
    "notice_lifted": ("已解除 {at} {by}", "lifted {at} {by}"),
    "notice_over": ("已到期，未答复", "over, never answered"),
    "notice_lift": ("解除", "Lift"),
    "notice_wrong": ("请选择停派对象和期限。", "Choose whom and for how long."),
    "notice_nothing": (
        "没有发出：该预警已无成立的线索，或对象身份不明。",
        "Nothing was sent: no finding stands on this alert, or nobody identifiable is meant.",
    ),
    "notice_gone": ("该通知已不在有效期内。", "The notice is not in force any more."),
}
