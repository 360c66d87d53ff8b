"""The OpenAPI 3.1 document, made from the declaration.

``python -m regulator.console.licence_api.openapi > docs/openapi.json`` renews the published file.
"""

import sys
from functools import cache
from typing import Any

import msgspec

from regulator.console.licence_api.examples import ANSWERED, ASKED, as_json
from regulator.console.licence_api.operations import OPERATIONS, KeyUse, Operation, Parameter
from regulator.console.licence_api.problems import MEDIA_TYPE, ProblemDetails, ProblemKind
from regulator.console.licence_api.words import Words

_Json = dict[str, Any]
_REFERENCES = "#/components/schemas/{name}"
ABOUT = Words(
    "谁在何时持有何种许可。三值作答：held 有效；not_held 无效（登记有明文，或登记完整到该时刻而无记录）；"
    "undetermined 登记尚未完整到该时刻，过后再问。"
    "平台密钥只答本平台报送过的车辆和驾驶员，其余为 not_reported；"
    "认不出的号牌或证号为 not_identifiable。每次查询均留痕。",
    "Who holds which licence at which instant, in three values: held; not_held (a department says so, or "
    "the register is complete to that instant and has nothing); undetermined (the register is not complete "
    "to that instant yet: ask again later). A platform's key is answered about cars and drivers that the "
    "platform itself reported, of others it learns not_reported; what names nobody is not_identifiable. "
    "Every look-up is recorded.",
)


@cache
def document() -> bytes:
    """Return the document as JSON, the same on every machine."""
    return msgspec.json.format(msgspec.json.encode(_document()), indent=2) + b"\n"


def _document() -> _Json:
    shapes = [shape for one in OPERATIONS for shape in (one.asks, one.gives) if shape is not None]
    _, schemas = msgspec.json.schema_components([*shapes, ProblemDetails], ref_template=_REFERENCES)
    paths: _Json = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "网约车许可查询 · Licence query",
            "version": "1",
            "description": f"{ABOUT.zh}\n\n{ABOUT.en}",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(operation: Operation) -> _Json:
    described: _Json = {
        "operationId": operation.name,
        "summary": operation.title.both,
        "description": f"{operation.means.zh}\n\n{operation.means.en}",
        "security": [{"key": []}] if operation.key is KeyUse.NEEDED else [{}, {"key": []}],
    }
    if operation.parameters:
        described["parameters"] = [_parameter(one) for one in operation.parameters]
    if operation.asks is not None:
        described["requestBody"] = {"required": True, "content": _json(operation.asks, ASKED[operation.name])}
    described["responses"] = {
        "200": {
            "description": "答复 · the answer",
            "content": _json(operation.gives, ANSWERED[operation.name]),
        },
        **_problems(operation),
    }
    return described


def _parameter(one: Parameter) -> _Json:
    schema = {"type": "string", "format": one.form} if one.form else {"type": "string"}
    return {
        "name": one.name,
        "in": one.place,
        "required": one.place == "path",
        "description": one.means.both,
        "schema": schema,
        "example": one.example,
    }


def _problems(operation: Operation) -> _Json:
    titles: dict[int, list[str]] = {}
    for kind in sorted(operation.problems, key=lambda kind: (kind.status, kind.code)):
        titles.setdefault(kind.status, []).append(kind.title.both)
    return {str(status): _problem(status, said) for status, said in titles.items()}


def _problem(status: int, titles: list[str]) -> _Json:
    described: _Json = {
        "description": "; ".join(titles),
        "content": {MEDIA_TYPE: {"schema": {"$ref": _REFERENCES.format(name=ProblemDetails.__name__)}}},
    }
    if status in (ProblemKind.TOO_MANY_REQUESTS.status, ProblemKind.UNAVAILABLE.status):
        seconds = {"description": "秒 · seconds", "schema": {"type": "integer"}}
        described["headers"] = {"Retry-After": seconds}
    return described


def _json(shape: type[Any], example: msgspec.Struct) -> _Json:
    return {
        "application/json": {
            "schema": {"$ref": _REFERENCES.format(name=shape.__name__)},
            "example": as_json(example),
        }
    }


if __name__ == "__main__":
    sys.stdout.buffer.write(document())
