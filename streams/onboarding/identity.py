"""Who a platform is to the broker."""

import re

from regulator.config.platforms import OURS
from regulator.domain.errors import Misconfigured

_SLUG = re.compile(r"[a-z0-9-]{1,64}")


def checked(slug: str) -> str:
    """Return a slug that can be a platform's; raises Misconfigured."""
    if _SLUG.fullmatch(slug) is None:
        raise Misconfigured(f"{slug!r}: a platform's slug has small letters, digits and hyphens, 64 at most")
    if slug in OURS:
        raise Misconfigured(f"{slug!r} cannot be a platform's slug: feed.{slug}.… are not platforms' topics")
    return slug


def user_of(slug: str) -> str:
    """Return the name with which a platform logs in."""
    return f"platform-{slug}"


def principal_of(slug: str) -> str:
    """Return that name as permissions spell it."""
    return f"User:{user_of(slug)}"


def groups_of(slug: str) -> str:
    """Return how the names of a platform's consumer groups begin; no other platform's begin so."""
    return f"{user_of(slug)}."
