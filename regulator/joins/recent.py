"""Contents seen lately, for records that nothing else remembers."""

Origin = tuple[int, int]
"""Offset and index."""


class Recent:
    """The first origin of the newest so many contents."""

    def __init__(self, most: int = 200_000) -> None:
        self._most = most
        self._first: dict[int, Origin] = {}

    def first(self, digest: int, origin: Origin) -> Origin:
        """Return where a content came from first: the origin given, if it is new."""
        first = self._first.setdefault(digest, origin)
        if len(self._first) > self._most:
            del self._first[next(iter(self._first))]
        return first
