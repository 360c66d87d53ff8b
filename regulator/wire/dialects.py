"""Which dialect a platform writes, and what reads it: the one place that knows all of them."""

from collections.abc import Callable, Mapping, Set

from regulator.config import Platform
from regulator.domain.feed import Dialect, FeedKind
from regulator.domain.limits import Limits
from regulator.judging.hearing import Border
from regulator.wire import guangzhou, ministry

_BORDERS: Mapping[Dialect, Callable[..., Border]] = {
    Dialect.MINISTRY: ministry.Border,
    Dialect.GUANGZHOU: guangzhou.Border,
}


def border_for(
    platform: Platform, kind: FeedKind, *, pseudonym_key: bytes, fillers: Set[str], limits: Limits
) -> Border:
    """Return what reads a platform's messages on one of its two topics.

    The configuration refuses a dialect that is none (``regulator.config``).
    """
    return _BORDERS[Dialect(platform.dialect)](
        companies=platform.companies, kind=kind, pseudonym_key=pseudonym_key, fillers=fillers, limits=limits
    )
