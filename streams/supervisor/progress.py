"""How long steps tell the reader what they do."""

from collections.abc import Callable

Say = Callable[[str], None]
"""Takes one line in plain words."""


def silent(line: str) -> None:
    """Tell nobody."""


def to_terminal(line: str) -> None:
    """Print at once, also into a pipe."""
    print(line, flush=True)
