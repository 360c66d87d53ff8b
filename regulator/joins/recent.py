"""Contents seen lately, for records that nothing else remembers."""

from collections.abc import Mapping

Origin = tuple[int, int]
"""Offset and index."""

News = Mapping[int, Origin | None]
"""By content: where it came from first; None for what is remembered no more."""


class Recent:
    """The first origin of the newest so many contents."""

    def __init__(self, most: int = 200_000) -> None:
        self._most = most
        self._first: dict[int, Origin] = {}
        self._news: dict[int, Origin | None] = {}

    def first(self, digest: int, origin: Origin) -> Origin:
        """Return where a content came from first: the origin given, if it is new."""
        first = self._first.setdefault(digest, origin)
        if first is origin:
            self._news[digest] = origin
            if len(self._first) > self._most:
                oldest = next(iter(self._first))
                del self._first[oldest]
                self._news[oldest] = None
        return first

    def repeats(self, digest: int, origin: Origin) -> bool:
        """Tell whether a content came first from elsewhere; one without a digest is never repeated."""
        return bool(digest) and self.first(digest, origin) != origin

    def remember(self, digest: int, origin: Origin) -> None:
        """Take back what was kept; the oldest comes first."""
        self._first[digest] = origin

    def news(self) -> News:
        """Return, and let go of, what is to be kept or forgotten since the last time."""
        news, self._news = self._news, {}
        return news
