"""What the page of data quality says, in Chinese and in English."""

from collections.abc import Mapping

from regulator.console.phrases import Both

WHY_NO_CARS = "quality_why_no_cars"
WHY_OTHER_DIALECT = "quality_why_other_dialect"
WHY_NO_DRIVERS = "quality_why_no_drivers"

QUALITY_PHRASES: Mapping[str, Both] = {
    "quality": ("数据质量", "Data quality"),
    "quality_own": (
        "以下指标由本系统自行定义，并非官方测评指标；官方公式与阈值未公开，本页不作评分。每个数字均列出分子与分母。",
        "These measures are this system's own and not official: the official formulas and thresholds are "
        "not public, and nothing is graded here. Each figure shows its numerator and denominator.",
    ),
    "quality_from": ("自", "From"),
    "quality_to": ("至", "To"),
    "quality_show": ("查看", "Show"),
    "quality_excel": ("导出 Excel", "Excel"),
    "quality_chart": ("曲线", "Chart"),
    "quality_by_platform": ("各平台", "By platform"),
    "quality_by_day": ("逐日", "By day"),
    "quality_by_district": (
        "按上车行政区（订单类指标）",
        "By the district of the start (measures on orders)",
    ),
    "quality_district": ("行政区", "District"),
    "quality_nowhere": ("区外或位置不明", "elsewhere or unknown"),
    "quality_platform": ("平台", "Platform"),
    "quality_day": ("日期", "Day"),
    "quality_feed": ("报送通道", "Feed"),
    "quality_feeds": ("报送通道现状", "Feeds now"),
    "quality_orders_feed": ("订单", "orders"),
    "quality_positions_feed": ("定位", "positions"),
    "quality_newest": ("最近到达", "Last message"),
    "quality_silence": ("已静默", "Silent for"),
    "quality_usual_gap": ("此时段通常间隔", "Usual gap at this hour"),
    "quality_late_share": ("近两小时迟报比例（通常）", "Untimely lately (usually)"),
    "quality_state": ("状态", "State"),
    "quality_silent": ("静默", "silent"),
    "quality_late": ("迟报", "late"),
    "quality_flows": ("正常", "as usual"),
    "quality_never": ("近 14 日无报送", "nothing in 14 days"),
    "quality_unlearnt": ("规律尚在学习，暂按固定阈值", "rhythm not known yet: plain limits"),
    "quality_completeness": ("完整性", "Completeness"),
    "quality_linkage": ("关联性", "Linkage"),
    "quality_conformance": ("规范性", "Conformance"),
    "quality_timeliness": ("及时性", "Timeliness"),
    "quality_truth": ("真实性", "Truth"),
    "quality_records": ("收到记录", "Records"),
    "quality_handled": ("处理", "handled"),
    "quality_repeated": ("重复", "repeated"),
    "quality_refused": ("拒收", "refused"),
    "quality_unreported": ("车或人未报基本信息", "Car or driver not reported"),
    "quality_unlicensed": ("无证或身份不明", "No licence or not identifiable"),
    "quality_pair_differs": ("人车不符", "Pair differs"),
    "quality_undetermined": ("登记库暂不能判定", "Register cannot tell yet"),
    "quality_fare_unreported": ("运价类型未报", "Fare not reported"),
    "quality_def_fare_unreported": (
        "下单所用运价类型（FareType）该平台从未报送或已撤回的订单数；不计入真实性",
        "orders booked at a FareType that the platform never reported or took back; no part of truth",
    ),
    "quality_flaws": ("瑕疵（按类型与字段）", "Flaws by type and field"),
    "quality_flaw": ("瑕疵", "Flaw"),
    "quality_type": ("报文类型", "Message type"),
    "quality_field": ("字段", "Field"),
    "quality_number": ("数量", "Number"),
    "quality_refusals": ("拒收（按原因）", "Refusals by reason"),
    "quality_reason": ("原因", "Reason"),
    "quality_gaps": ("断档（整点小时内无报送）", "Gaps (whole hours without a message)"),
    "quality_hours": ("时段", "Hours"),
    "quality_none": ("无", "None."),
    "quality_first": ("以下列出前 {n} 项，全部见 Excel。", "The first {n}; all are in the Excel file."),
    "quality_formulas": ("口径", "Definitions"),
    "quality_formula": ("公式", "Formula"),
    "quality_def_completeness": (
        "已填必填字段数 ÷ 应填必填字段数（已处理记录；必填以部颁接口字段表为准）",
        "required fields present ÷ required fields (of handled records; required by the interface's tables)",
    ),
    "quality_def_linkage": (
        "派单、发车、到达、结算齐全的订单 ÷ 已派单且未取消的订单（在途订单计入分母，当日数值偏低）",
        "orders with match, departure, arrival and payment ÷ matched orders not cancelled "
        "(rides under way count, so today's figure is low)",
    ),
    "quality_def_conformance": (
        "无“不合格值”且无“修正值”瑕疵的记录 ÷ 已处理记录",
        "records without an unusable or repaired value ÷ handled records",
    ),
    "quality_def_timeliness": (
        "按时到达的记录 ÷ 带有可用时间的记录（时限见 limits.toml）",
        "records in time ÷ records with a usable time of their own (limits.toml says what is in time)",
    ),
    "quality_def_truth": (
        "车和驾驶员均由该平台报过基本信息、登记库中证照无违规线索、且人车相符的订单 ÷ 能够判定的订单",
        "orders whose car and driver the platform reported, without a standing licence finding, whose pair "
        "agrees ÷ orders that can be decided",
    ),
    "quality_def_day": (
        "“日”为到达日（北京时间）；订单计入首次收到之日。记录类指标无法按行政区划分，故不列。重复记录只计一次，"
        "拒收记录不计入任何指标。",
        "A day is that of arrival in Asia/Shanghai; an order counts on the day it was first heard of. "
        "Measures on records know no district. A repetition counts once; refused records are in no measure.",
    ),
    WHY_NO_CARS: ("该平台未报送车辆基本信息", "the platform reported no cars"),
    WHY_NO_DRIVERS: ("该平台未报送驾驶员基本信息", "the platform reported no drivers"),
    WHY_OTHER_DIALECT: (
        "该平台不用部颁格式，无必填与时间字段表可依",
        "the platform writes another dialect, of whose fields no table says so",
    ),
    "quality_nothing": ("无数据", "nothing counted"),
}

QUALITY_TERMS: Mapping[str, Mapping[str, Both]] = {
    "flaw": {
        "missing_field": ("缺必填字段", "missing"),
        "bad_field": ("不合格值", "unusable"),
        "contradiction": ("前后矛盾", "contradiction"),
        "personal_data": ("夹带乘客信息", "passenger's data"),
        "untimely": ("迟报或早报", "untimely"),
        "repaired": ("修正值", "repaired"),
    },
    "refusal": {
        "unreadable": ("无法读取", "unreadable"),
        "unknown_type": ("类型未知", "unknown type"),
        "wrong_topic": ("通道错误", "wrong topic"),
        "foreign": ("非本平台", "foreign company"),
        "unattributable": ("无法归属", "unattributable"),
        "defect": ("系统缺陷", "our own defect"),
    },
}
