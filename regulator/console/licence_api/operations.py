"""The one declaration of what can be asked: routes, OpenAPI document and page are made from it."""

from enum import StrEnum
from typing import Any

import msgspec

from regulator.console.licence_api import endpoints
from regulator.console.licence_api.endpoints import Endpoint
from regulator.console.licence_api.problems import ProblemKind
from regulator.console.licence_api.shapes import ManyAnswered, OneAnswered, Query
from regulator.console.licence_api.words import Words

BELOW = "/api/v1/licences/"


class KeyUse(StrEnum):
    """Whether an address wants a key."""

    OPTIONAL = "optional"
    NEEDED = "needed"


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the address. ``place``: ``path`` or ``query``."""

    name: str
    place: str
    means: Words
    example: str
    form: str = ""
    """A ``format`` of JSON Schema; blank: any text."""


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be asked. ``asks``: the body's shape, where there is a body."""

    name: str
    method: str
    path: str
    endpoint: Endpoint
    title: Words
    means: Words
    key: KeyUse
    parameters: tuple[Parameter, ...] = ()
    asks: type[Any] | None = None
    gives: type[Any]
    problems: tuple[ProblemKind, ...] = ()


_AT = Parameter(
    name="at",
    place="query",
    means=Words("问哪一时刻；不给则为现在", "the instant that is asked about; now if left out"),
    example="2026-03-02T08:15:30+08:00",
    form="date-time",
)
_KNOWN_BY = Parameter(
    name="known_by",
    place="query",
    means=Words("只按当时已知的登记作答；需要密钥", "answer from what was known by then; needs a key"),
    example="2026-03-03T00:00:00+08:00",
    form="date-time",
)
_ALWAYS = (
    ProblemKind.INVALID_REQUEST,
    ProblemKind.KEY_NOT_VALID,
    ProblemKind.TOO_MANY_REQUESTS,
    ProblemKind.DEFECT,
    ProblemKind.UNAVAILABLE,
)

OPERATIONS = (
    Operation(
        name="vehicle",
        method="GET",
        path=f"{BELOW}vehicles/{{plate}}",
        endpoint=endpoints.vehicle,
        title=Words("一辆车的运输证", "One vehicle's permit"),
        means=Words(
            "公众无需密钥，只得到是否有效、到何日、经营区域。",
            "The public needs no key and learns whether it is held, until when and for which areas.",
        ),
        key=KeyUse.OPTIONAL,
        parameters=(
            Parameter(name="plate", place="path", means=Words("号牌", "the plate"), example="沪AD12345"),
            _AT,
            _KNOWN_BY,
        ),
        gives=OneAnswered,
        problems=(*_ALWAYS, ProblemKind.KEY_NEEDED),
    ),
    Operation(
        name="driver",
        method="GET",
        path=f"{BELOW}drivers/{{driver}}",
        endpoint=endpoints.driver,
        title=Words("一名驾驶员的驾驶员证", "One driver's certificate"),
        means=Words(
            "以假名查询；机动车驾驶证号只可写在 query 的正文里，不可写进地址。",
            "By pseudonym. A driving-licence number is asked in the body of a query, never in an address.",
        ),
        key=KeyUse.NEEDED,
        parameters=(
            Parameter(
                name="driver",
                place="path",
                means=Words("驾驶员假名", "the driver's pseudonym"),
                example="3b19c912c058ebba1d0aba5754b1473a",
            ),
            _AT,
            _KNOWN_BY,
        ),
        gives=OneAnswered,
        problems=(*_ALWAYS, ProblemKind.KEY_NEEDED),
    ),
    Operation(
        name="platform",
        method="GET",
        path=f"{BELOW}platforms/{{company}}",
        endpoint=endpoints.platform,
        title=Words("一家平台公司的经营许可", "One platform's permit"),
        means=Words("平台只可查询自己的公司。", "A platform may ask about its own companies only."),
        key=KeyUse.NEEDED,
        parameters=(
            Parameter(
                name="company", place="path", means=Words("CompanyId", "CompanyId"), example="3101YPZCYS01"
            ),
            _AT,
            _KNOWN_BY,
        ),
        gives=OneAnswered,
        problems=(*_ALWAYS, ProblemKind.KEY_NEEDED),
    ),
    Operation(
        name="query",
        method="POST",
        path=f"{BELOW}query",
        endpoint=endpoints.query,
        title=Words("一次查询许多", "Many at once"),
        means=Words(
            "最多 10,000 个车辆、驾驶员、公司，可各有时刻；按次序作答，一个认不出不影响其他。",
            "As many as 10,000 cars, drivers and companies, each at its own instant, in their order. "
            "One that names nobody hurts no other.",
        ),
        key=KeyUse.NEEDED,
        asks=Query,
        gives=ManyAnswered,
        problems=(*_ALWAYS, ProblemKind.KEY_NEEDED, ProblemKind.TOO_LARGE),
    ),
)
