"""An account laid out in one language: sections of lines, for a page or a terminal alike."""

from collections.abc import Iterator, Sequence

import msgspec

_MARKS = {"failed": "✕", "held": "✓", "open": "?", "": "-"}


class Line(msgspec.Struct, frozen=True):
    """One line; ``mark`` is failed, held, open or nothing; ``depth`` 0 or 1; ``why``: what to ask next."""

    text: str
    mark: str = ""
    depth: int = 0
    why: str = ""


class Part(msgspec.Struct, frozen=True):
    """Lines under a title."""

    title: str
    lines: Sequence[Line]


class Outline(msgspec.Struct, frozen=True):
    """A whole account."""

    title: str
    parts: Sequence[Part]


def as_text(outline: Outline) -> Iterator[str]:
    """Yield the lines of a terminal."""
    yield outline.title
    for part in outline.parts:
        yield ""
        yield f"== {part.title}"
        for line in part.lines:
            yield f"{'    ' * line.depth}{_MARKS[line.mark]} {line.text}"
