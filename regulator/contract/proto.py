"""The interface's messages as a ``.proto`` file, from the border's table."""

from collections.abc import Iterator

from regulator.contract.titles import TITLES
from regulator.wire.ministry.table import TYPES, MessageType

_HEAD = """\
// A message of the ministry's data interface (网络预约出租汽车监管信息交互平台).
// The bytes of one Kafka message are one OTIpc or one OTIpcList.

syntax = "proto2";

package regulator.ministry;
"""


def proto_file() -> str:
    """Return the file's text."""
    return "\n".join([_HEAD, *map(_message, TYPES), _envelope(), _list()])


def message_name(message_type: MessageType) -> str:
    """Name a type's message: the interface writes messages with a capital."""
    return message_type.name[0].upper() + message_type.name[1:]


def _message(message_type: MessageType) -> str:
    title_zh, title = TITLES[message_type.name]
    return "\n".join(
        [
            f"// {title_zh} · {title}",
            f"message {message_name(message_type)} {{",
            *_fields(message_type),
            "}",
            "",
        ]
    )


def _fields(message_type: MessageType) -> Iterator[str]:
    for field in message_type.fields:
        notes = " ".join(filter(None, (field.size, "" if field.required else "(optional)")))
        comment = f"  // {notes}" if notes else ""
        yield f"  optional {field.proto} {field.name} = {field.number};{comment}"


def _envelope() -> str:
    payloads = [
        f"  repeated {message_name(one)} {one.name} = {one.code};  // 0x{one.code:04x}" for one in TYPES
    ]
    return "\n".join(
        [
            "// The envelope; IPCType is the number of the one payload that is read.",
            "message OTIpc {",
            "  optional string CompanyId = 1;",
            "  optional string Source = 2;",
            "  optional uint32 IPCType = 3;",
            *payloads,
            "}",
            "",
        ]
    )


def _list() -> str:
    return "\n".join(["message OTIpcList {", "  repeated OTIpc otpic = 1;", "}", ""])
