"""What to mend, in words: for each refusal and each flaw of a field, in Chinese and in English."""

from collections.abc import Mapping

from regulator.domain.feed import Flaw, FlawKind, Refusal
from regulator.wire.ministry.fields import Field, Kind
from regulator.wire.ministry.table import TYPES

_REFUSALS: Mapping[Refusal, tuple[str, str]] = {
    Refusal.UNREADABLE: (
        "不是 JSON 对象、OTIpc 或 OTIpcList，或超过 1 MiB（protobuf 512 KiB）、5,000 条",
        "is no JSON object, OTIpc or OTIpcList, or is over 1 MiB (512 KiB in protobuf) or 5,000 records",
    ),
    Refusal.UNKNOWN_TYPE: (
        "IPCType 须为 32 种之一，且须有同名载荷；城市方言：command 须为已知命令，且须有 records",
        "IPCType must be one of the 32, and a payload of that name must be there;"
        " in a city's dialect, command must be a known one, and records must be there",
    ),
    Refusal.WRONG_TOPIC: (
        "定位发往 positions，其余发往 orders",
        "positions go to the positions topic, everything else to orders",
    ),
    Refusal.FOREIGN: (
        "CompanyId（城市方言：company）不是本平台的",
        "CompanyId (in a city's dialect, company) is not one that this platform speaks for",
    ),
    Refusal.UNATTRIBUTABLE: (
        "无法归属：订单类须有 OrderId，上下线和定位须有号牌或驾驶员，基本信息须有自己的主键",
        "cannot be attributed: an order needs OrderId, a log-in or position a car or driver,"
        " a base record its own key",
    ),
    Refusal.DEFECT: ("我方程序出错，请联系我们", "our own code failed: please tell us"),
}
_FLAWS: Mapping[FlawKind, tuple[str, str]] = {
    FlawKind.MISSING_FIELD: ("缺少，应为", "is missing; expected"),
    FlawKind.BAD_FIELD: ("不可用，应为", "cannot be used; expected"),
    FlawKind.CONTRADICTION: ("早于上车时间", "lies before the departure"),
    FlawKind.PERSONAL_DATA: (
        "是乘客的个人信息，不应出现在这里",
        "is a passenger's data and has no business here",
    ),
    FlawKind.UNTIMELY: ("与到达时刻相差过大", "is too far from the arrival"),
    FlawKind.REPAIRED: ("已修正，应为", "was repaired; expected"),
}
_EXPECTING = (FlawKind.MISSING_FIELD, FlawKind.BAD_FIELD, FlawKind.REPAIRED)
_NOTHING = ("，应为", "; expected")
"""Left out where nothing is known of a field but its name."""
_FORMS: Mapping[Kind, tuple[str, str]] = {
    Kind.TEXT: ("字符串", "a text"),
    Kind.COUNT: ("非负整数", "a whole number from 0"),
    Kind.SIGNED: ("整数", "a whole number"),
    Kind.DECIMAL: ("数字", "a number"),
    Kind.MOMENT: ("北京时间 YYYYMMDDhhmmss", "a time YYYYMMDDhhmmss, Asia/Shanghai"),
    Kind.UNIX_TIME: ("1970 年以来的秒数", "seconds since 1970"),
    Kind.DAY: ("日期 YYYYMMDD", "a day YYYYMMDD"),
    Kind.BIRTHDAY: ("日期 YYYYMMDD", "a day YYYYMMDD"),
    Kind.MONTH: ("月份 YYYYMM", "a month YYYYMM"),
    Kind.LONGITUDE: ("东经百万分之一度，73°–136°", "millionths of a degree, 73°-136° E"),
    Kind.LATITUDE: ("北纬百万分之一度，3°–54°", "millionths of a degree, 3°-54° N"),
}
_FIELDS = {
    (message_type.name, field.name.lower()): field for message_type in TYPES for field in message_type.fields
}
"""By letters: a city's dialect calls most fields the same, beginning with a small letter."""


def of_refusal(reason: Refusal) -> str:
    """Say why a record is refused."""
    return " · ".join(_REFUSALS[reason])


def of_flaw(type_: str, flaw: Flaw) -> str:
    """Say what is wrong with a field and what it should hold."""
    words = _FLAWS[flaw.kind]
    field = _FIELDS.get((type_, flaw.field.lower()))
    if flaw.kind not in _EXPECTING:
        return " · ".join(words)
    if field is None:
        return " · ".join(
            word.removesuffix(expecting) for word, expecting in zip(words, _NOTHING, strict=True)
        )
    return " · ".join(f"{word} {form}" for word, form in zip(words, _expected(field), strict=True))


def _expected(field: Field) -> tuple[str, str]:
    zh, en = _FORMS[field.kind]
    if field.codes:
        codes = "、".join(map(str, field.codes))
        return f"{zh}：{codes} 之一", f"{en}: one of {codes.replace('、', ', ')}"
    if field.length is None or field.kind not in (Kind.TEXT, Kind.COUNT, Kind.SIGNED):
        return zh, en
    return (
        f"{zh}，{'恰好' if field.fixed else '至多'} {field.length} 位",
        f"{en} of {'exactly' if field.fixed else 'up to'} {field.length} characters or digits",
    )
