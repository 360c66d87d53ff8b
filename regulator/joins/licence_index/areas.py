"""Areas by number: there are some hundreds of codes, and millions of permits that name one."""


class Areas(dict[str, int]):
    """Gives every area that it is asked for a number; 0 is that none is named."""

    def __init__(self) -> None:
        self._names = [""]
        super().__init__({"": 0})

    def __missing__(self, area: str) -> int:
        self[area] = number = len(self._names)
        self._names.append(area)
        return number

    def name(self, number: int) -> str:
        """Return the area that has a number."""
        return self._names[number]
