"""The five platforms of the demonstration, and the company that never had a permit.

The names are invented; ``config/platforms.toml`` must name the same slugs and companies.
"""

from enum import StrEnum, auto
from functools import lru_cache

import msgspec

from streams.demo.chance import chance

UNLICENSED_COMPANY = "3101YPZCYS06"
"""Takes an order now and then, under the slug of the last platform."""


class Habit(StrEnum):
    """How a platform writes its envelopes."""

    JSON = auto()
    """One payload array, as the ministry's interface says."""
    JSON_OBJECT = auto()
    """A bare object where the payload holds one record, as some senders do."""
    PROTOBUF = auto()
    """``OTIpc``, positions in an ``OTIpcList``."""


class Platform(msgspec.Struct, frozen=True):
    """A platform: its slug, its company, its share of the cars, its habit, its names on paper.

    ``code`` is its unified social credit code: of a region that was never issued.
    """

    slug: str
    company: str
    share: float
    habit: Habit
    name: str
    code: str


PLATFORMS = (
    Platform("qinghe", "3101YPZCYS01", 0.34, Habit.JSON, "青禾出行（演示）", "91319900MA00000010"),
    Platform("yunqiao", "3101YPZCYS02", 0.24, Habit.JSON, "云桥约车（演示）", "91319900MA00000023"),
    Platform("xingdu", "3101YPZCYS03", 0.18, Habit.JSON_OBJECT, "星渡出行（演示）", "91319900MA00000036"),
    Platform("bailu", "3101YPZCYS04", 0.14, Habit.PROTOBUF, "白鹭专车（演示）", "91319900MA00000049"),
    Platform("mumian", "3101YPZCYS05", 0.10, Habit.JSON, "木棉快车（演示）", "91319900MA0000005C"),
)
LAST = PLATFORMS[-1]


@lru_cache(maxsize=1 << 15)
def platform_of(car: int) -> Platform:
    """Return the platform a car works for: for ever the same."""
    drawn = chance("platform", car)
    for platform in PLATFORMS:
        drawn -= platform.share
        if drawn < 0:
            return platform
    return LAST
