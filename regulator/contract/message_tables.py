"""All 32 message types as tables for people, from the border's table."""

from collections.abc import Iterator

from regulator.contract.titles import TITLES
from regulator.wire.ministry.fields import Field
from regulator.wire.ministry.table import TYPES, Key, MessageType

_HEAD = """\
# 报文字段 · message fields

由 `python -m regulator.contract` 生成，请勿手改。 Generated; do not edit.

`Vn`：至多 n 个字符或数字；`Fn`：恰好 n 个。时间为北京时间。经纬度为百万分之一度，坐标系见 `Encrypt`。
`Vn`: up to n characters or digits, `Fn`: exactly n. Times are Asia/Shanghai.
Degrees are millionths, in the datum of `Encrypt`.
"""
_KEYS = {
    Key.NONE: "–",
    Key.ORDER: "`OrderId`",
    Key.CAR_OR_DRIVER: "`VehicleNo` 或 or `LicenseId`",
}


def message_tables() -> str:
    """Return the document's text (Markdown)."""
    return "\n".join([_HEAD, *map(_table, TYPES)])


def _table(message_type: MessageType) -> str:
    title_zh, title = TITLES[message_type.name]
    key = _KEYS.get(message_type.key) or f"`{message_type.own_key or 'CompanyId'}`"
    facts = [f"代码 code {message_type.code} (0x{message_type.code:04x})", f"必须有 must name: {key}"]
    if message_type.timely_by:
        facts.append(f"及时性按 timely by: `{message_type.timely_by}`")
    return "\n".join(
        [
            f"## {message_type.name} · {title_zh} · {title}\n",
            "，".join(facts) + "\n",
            "| # | field | proto | size | 必填 required | codes |",
            "| --- | --- | --- | --- | --- | --- |",
            *_rows(message_type),
            "",
        ]
    )


def _rows(message_type: MessageType) -> Iterator[str]:
    for field in message_type.fields:
        yield (
            f"| {field.number} | `{field.name}` | {field.proto} | {field.size or '–'} |"
            f" {'是 yes' if field.required else '否 no'} | {_codes(field)} |"
        )


def _codes(field: Field) -> str:
    return ", ".join(map(str, field.codes)) if field.codes else f"{field.kind}"
