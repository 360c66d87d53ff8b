"""What the pages say, in Chinese and in English. ``tick_`` phrases go to the page's ticking clock."""

from collections.abc import Mapping

Both = tuple[str, str]

PHRASES: Mapping[str, Both] = {
    # Frame
    "title": ("网约车双证监管", "Ride-hailing enforcement"),
    "skip": ("跳到预警列表", "Skip to the alerts"),
    "other_language": ("English", "中文"),
    "officer": ("执法人员", "Officer"),
    "officer_none": ("登记身份", "Enter name"),
    "officer_change": ("更换", "Change"),
    "officer_explain": (
        "认领、查询都会记到您名下。请填写姓名和执法证号，本班次（12 小时）内有效。",
        "Claims and look-ups are recorded under your name. It is kept for this shift (12 hours).",
    ),
    "officer_name": ("姓名", "Name"),
    "officer_badge": ("执法证号", "Badge number"),
    "officer_wrong": (
        "请填写姓名和执法证号（各不超过 40 字）。",
        "Give a name and a badge number, 40 characters each at most.",
    ),
    "save": ("确定", "Save"),
    "cancel": ("取消", "Cancel"),
    "plate_find": ("查号牌", "Look up a plate"),
    "plate_hint": ("如 沪AD12345", "e.g. 沪AD12345"),
    "find": ("查询", "Look up"),
    "board": ("预警", "Alerts"),
    # Demonstration
    "demo_mark": ("演示城市", "Demonstration"),
    "demo_short": (
        "车辆、驾驶员、平台、号牌均为虚构；判定、时延、数据流均为真实运行。",
        "People, cars and plates are invented; judging and data flow are real.",
    ),
    "demo_more": ("哪些是真的", "What is real"),
    "demo_real": (
        "真实：旧金山出租车 2008 年的行车轨迹（平移到上海，时间改为现在）、许可到期日与状态的分布、"
        "Kafka 数据流、双证比对、到页面的时延、上海各区边界。",
        "Real: the movement of San Francisco taxis in 2008 (moved to Shanghai, stamped now), the spread "
        "of expiry dates and states of licences, the Kafka feed, the judging, the delay to this page, "
        "the districts.",
    ),
    "demo_unreal": (
        "不真实：地点、平台、号牌、驾驶员证号、许可证号、订单；每分钟另植入少量违规。与任何真实的人、车、企业无关。",
        "Not real: the places, platforms, plates, driver numbers, certificates and orders; a few violations "
        "are planted every minute. No real person, car or company is meant.",
    ),
    # Freshness and warnings
    "live": ("实时", "Live"),
    "connecting": ("连接中", "Connecting"),
    "broken": ("连接中断", "Disconnected"),
    "broken_long": (
        "与服务器的连接已中断，页面内容不再更新：没有新预警不等于没有违规。正在重新连接…",
        "The connection is broken and this page stands still: "
        "no new alert does not mean no violation. Reconnecting…",
    ),
    "database_long": (
        "数据库暂时无法读取，页面内容不再更新。预警仍在 Kafka 中积存，不会丢失。",
        "The database cannot be read and this page stands still. Alerts are kept on Kafka; none is lost.",
    ),
    "feed_long": (
        "平台报送已停顿：最后一条到达于 {at}。没有新预警不等于没有违规。",
        "The platforms' feed has stopped: the last record came at {at}. "
        "No new alert does not mean no violation.",
    ),
    "feed_never_long": ("尚未收到任何平台报送。", "No record has been received from any platform yet."),
    "register_long": (
        "{kind}登记库落后：只完整至 {at}。此后无证的判定暂缓，不会报出。",
        "The register of {kind} is behind: complete to {at} only. Later absences are not yet judged.",
    ),
    "register_never_long": (
        "{kind}登记库尚无完整性声明：无证的判定全部暂缓。",
        "Nobody vouches for the register of {kind} yet: no absence is judged.",
    ),
    "register_to": ("{kind}登记库至", "{kind} register to"),
    "feed_last": ("报送最新", "Feed at"),
    "no_script": (
        "此页需要 JavaScript 才能实时更新；现在看到的不会更新。",
        "This page needs JavaScript to be live; what you see stands still.",
    ),
    # Lists
    "road": ("途中", "On the way"),
    "desk": ("案头", "Desk"),
    "map": ("地图", "Map"),
    "road_empty": ("途中没有未处理的预警。", "No open alert on the way."),
    "desk_empty": ("没有待办的案头预警。", "No open alert for the desk."),
    "road_explain": ("按预计到达先后", "by expected arrival"),
    "desk_explain": ("已到达，最新在前", "arrived, newest first"),
    "cut": ("仅显示最先的 {shown} 张，共 {total} 张", "The first {shown} of {total} are shown"),
    "district": ("辖区", "District"),
    "district_all": ("全市", "Whole city"),
    # Card
    "card_of": ("{plate} 的预警", "Alert for {plate}"),
    "unreadable_plate": ("号牌不明", "no plate"),
    "driver_last4": ("驾驶员尾号 {last4}", "driver …{last4}"),
    "driver_unknown": ("驾驶员不明", "driver unknown"),
    "to": ("往", "to"),
    "destination_unknown": ("目的地未报", "destination not reported"),
    "arrival_unknown": ("到达时间未知", "no arrival time"),
    "arrives": ("预计到达", "Expected arrival"),
    "claim": ("认领", "Claim"),
    "release": ("放回", "Release"),
    "close": ("办结", "Close"),
    "claimed": ("已被认领", "Taken"),
    "claimed_by": ("{officer} 已认领", "Taken by {officer}"),
    "claimed_since": ("认领于 {at}", "since {at}"),
    "disputed": ("平台有异议", "disputed"),
    "dispute_accused": ("线索所依据的报送", "The finding rests on"),
    "dispute_otherwise": ("平台另报", "The platform also says"),
    "ruled": ("{ruling} · {by} · {at}", "{ruling} · {by} · {at}"),
    "ruled_before": ("此后线索有变，可重新裁定", "the finding has changed since: decide again"),
    "orders": ("{n} 单", "{n} orders"),
    "position": ("位置", "Position"),
    "position_none": ("无位置", "no position"),
    # Detail
    "details": ("详情", "Details"),
    "back": ("返回列表", "Back to the list"),
    "nothing_chosen": (
        "选择一张预警，查看双证、行程和依据。",
        "Choose an alert to see both licences, the trip and the grounds.",
    ),
    "licences": ("双证比对", "Both licences"),
    "licence_as_of": ("以 {at} 为准", "as of {at}"),
    "register_now": ("登记库现在：{verdict}", "register now: {verdict}"),
    "licence_not_judged": ("未比对", "not compared"),
    "licence_open": ("待定", "undecided"),
    "certificate": ("证号", "Certificate"),
    "valid_to": ("有效期至", "Valid to"),
    "ended_on": ("截止", "Ended"),
    "starts_on": ("生效日", "Starts"),
    "open_end": ("长期", "open"),
    "complete_to": ("登记库完整至", "Register complete to"),
    "violations": ("违规线索", "Findings"),
    "violations_n": ("违规线索 {n} 条", "Findings: {n}"),
    "trip": ("行程", "Trip"),
    "platform": ("平台", "Platform"),
    "phase": ("状态", "Phase"),
    "destination": ("目的地", "Destination"),
    "from_place": ("报送地点", "Reported at"),
    "speed": ("{n} km/h", "{n} km/h"),
    "show_on_map": ("在地图上看", "Show on the map"),
    "look_up_plate": ("查此号牌", "Look up this plate"),
    "order": ("订单", "Order"),
    "login": ("上线", "Login"),
    "legal_basis": ("依据", "Legal basis"),
    "evidence": ("记录来源", "Source records"),
    "opened": ("预警时间", "Opened"),
    "close_as": ("办结为", "Close as"),
    "not_verdict": (
        "线索由系统比对得出，不是处罚决定。处理前请现场核对证件。",
        "Findings are the machine's comparison, not a decision. Check the papers on the spot.",
    ),
    # What comes of a wish
    "gone_withdrawn": ("{plate} 的预警已撤回：{why}", "The alert for {plate} was withdrawn: {why}"),
    "gone_closed": ("{plate} 的预警已办结：{why}", "The alert for {plate} was closed: {why}"),
    "why_unknown": ("线索全部撤回", "all findings withdrawn"),
    "why_limits": ("阈值已变更", "the limits were changed"),
    "why_law": ("规则、区域或数据来源配置已变更", "rules, areas or sources were changed"),
    "why_stated": (
        "{source} 登记了{kind}",
        "{source} stated a {kind}",
    ),
    "taken": ("已被 {officer} 认领", "Already taken by {officer}"),
    "not_open": ("预警已不在列", "The alert is no longer open"),
    "not_yours": ("这张预警不在您名下", "The alert is not yours"),
    "failed": ("没有成功，请重试", "It did not work; try again"),
    "first_identity": ("请先登记身份", "First say who you are"),
    # Look-up
    "lookup": ("号牌查询", "Plate look-up"),
    "lookup_audited": ("每次查询都记录查询人、时间和号牌。", "Who looked up what, and when, is recorded."),
    "lookup_not_plate": ("“{plate}”不是一个号牌。", "“{plate}” is not a plate."),
    "lookup_now": ("现在", "Now"),
    "lookup_none": ("登记库没有记录。", "The register has nothing."),
    "lookup_alert": ("未结预警", "Open alert"),
    "lookup_no_alert": ("没有未结预警。", "No open alert."),
    "lookup_findings": ("现存违规线索", "Standing findings"),
    "lookup_no_findings": ("没有现存线索。", "No standing finding."),
    "lookup_position": ("最后位置", "Last position"),
    "lookup_no_position": ("没有位置报送。", "No position was reported."),
    "source": ("来源", "Source"),
    "period": ("期间", "Period"),
    "state": ("状态", "State"),
    "vehicle_description": ("车辆", "Vehicle"),
    "time": ("时间", "Time"),
    "rule": ("事项", "Rule"),
    # Map
    "zoom_in": ("放大", "Zoom in"),
    "zoom_out": ("缩小", "Zoom out"),
    "whole_city": ("全市", "Whole city"),
    "map_label": ("车辆位置图", "Map of cars"),
    "map_fresh": ("1 分钟内", "under 1 min"),
    "map_old": ("更早", "older"),
    "map_destination": ("目的地", "destination"),
    # The page that explains the licence query API
    "api_title": ("网约车许可查询接口", "Licence query API"),
    "api_key": (
        "密钥由主管部门发放，写在 Authorization: Bearer <密钥>。"
        "时刻为带时区的 RFC 3339；地址中的 + 写作 %2B。",
        "Keys are given by the authority and sent as Authorization: Bearer <key>. "
        "Instants are RFC 3339 with offset; in an address, + is written %2B.",
    ),
    "api_document": ("机器可读（OpenAPI 3.1）：", "For machines (OpenAPI 3.1):"),
    "api_asks": ("请求正文", "The body"),
    "api_gives": ("答复", "The answer"),
    "api_shapes": ("数据", "Shapes"),
    "api_problems": ("出错时", "When something is wrong"),
    "api_problems_form": (
        "正文为 application/problem+json（RFC 9457）："
        "type、title、status、detail，有所指时另有 pointer。语言随 Accept-Language。",
        "The body is application/problem+json (RFC 9457): type, title, status, detail, and pointer where "
        "there is a place to name. Its language follows Accept-Language.",
    ),
    # The watch list
    "offence_times": ("第 {n} 次", "time no. {n}"),
    "offence_episode": ("记录 {number}", "episode {number}"),
    # Ticking clock
    "tick_seconds": ("{n} 秒", "{n} s"),
    "tick_minutes": ("{n} 分", "{n} min"),
    "tick_hours": ("{n} 小时", "{n} h"),
    "tick_days": ("{n} 天", "{n} d"),
    "tick_ago": ("{t}前", "{t} ago"),
    "tick_until": ("{t}后到", "in {t}"),
    "tick_overdue": ("已过 {t}", "{t} over"),
    "tick_now": ("即将到", "now"),
    "tick_no_position": ("无位置", "no position"),
    "tick_live": ("实时", "Live"),
    "tick_connecting": ("连接中", "Connecting"),
    "tick_broken": ("连接中断", "Disconnected"),
    "tick_failed": ("没有成功，请重试", "It did not work; try again"),
    "tick_not_open": ("预警已不在列", "The alert is no longer open"),
    "tick_new": ("新预警 {plate}", "New alert {plate}"),
}
